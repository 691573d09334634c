//! Every type that has a bulk mutation comes by file as well.

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;
use pathbridge::{
    auth::Tenant,
    bulk::reference::sample,
    graphql::model::{Kind, named},
};
use serde_json::{Value as Json, json};

use super::world::{World, counts, create, keyed, ndjson};
use crate::support::{both, shape::Shape};

/// `studentBulkUpsert` as `STUDENT`.
fn shouted(mutation: &str) -> Option<String> {
    let name = mutation.strip_suffix("BulkUpsert")?;
    let letters = name.chars().flat_map(|letter| {
        let gap = letter.is_uppercase().then_some('_');
        gap.into_iter().chain(letter.to_uppercase())
    });
    Some(letters.collect())
}

fn import_types(shape: &Shape) -> BTreeSet<String> {
    let Some(Kind::Enum(values)) = shape.model.kind("BulkImportType") else { panic!("an enum") };
    values.iter().cloned().collect()
}

#[test]
fn each_bulk_mutation_has_its_import() {
    let shape = Shape::read();
    let mutations = shape.roots(OperationType::Mutation).into_keys();
    let bulk: BTreeSet<_> = mutations.filter_map(shouted).collect();
    assert!(bulk.len() > 10);
    assert_eq!(import_types(&shape), bulk);
}

/// Imports one row twice, and gives its id.
async fn one(world: &World<'_>, kind: &str, noun: &str, fields: Json) -> String {
    let file = ndjson(&[keyed(noun, noun, &fields)]);
    let more = json!({ "type": kind });
    let job = world.import(&file, &more).await;
    let id = job["id"].as_str().unwrap().to_owned();
    let result = world.result(&id).await;
    assert_eq!(counts(&job), "processed 1, total 1, created 1", "{kind}: {result:#?} {job:#}");
    let again = world.import(&file, &more).await;
    assert_eq!(counts(&again), "processed 1, total 1, unchanged 1", "{kind} again");
    result[0]["id"].as_str().unwrap().to_owned()
}

/// What a student tells of interests.
async fn interests(world: &World<'_>, student: &str) {
    sample::load(&world.app.app).await.expect("the sample is loaded");
    let scores = json!({ "realistic": 10, "investigative": 20, "artistic": 5, "social": 35,
        "enterprising": 15, "conventional": 0 });
    let taken = json!({ "studentId": student, "instrument": "ONET_SHORT_FORM_60",
        "scores": scores, "takenOn": "2026-08-01" });
    one(world, "INTEREST_ASSESSMENT", "interestAssessment", taken).await;
    let survey = json!({ "title": "Grade 8" });
    let survey = one(world, "CAREER_SURVEY", "careerSurvey", survey).await;
    let nurse = "29-1141.00";
    let question = json!({ "surveyId": survey, "prompt": "To nurse?", "occupationCode": nurse });
    let question = one(world, "CAREER_SURVEY_QUESTION", "careerSurveyQuestion", question).await;
    let answer = json!({ "studentId": student, "questionId": question, "rating": 4,
        "answeredOn": "2026-08-02" });
    one(world, "CAREER_SURVEY_RESPONSE", "careerSurveyResponse", answer).await;
    let tour = json!({ "studentId": student, "kind": "TOUR", "title": "The ward",
        "occurredOn": "2026-08-03", "occupationCode": nurse, "rating": 5 });
    one(world, "CAREER_EXPOSURE", "careerExposure", tour).await;
    let goal = json!({ "studentId": student, "kind": "FOUR_YEAR_COLLEGE",
        "statement": "To be a nurse", "occupationCode": nurse, "setOn": "2026-08-04" });
    one(world, "CAREER_GOAL", "careerGoal", goal).await;
}

/// A pathway with a student on it, after the interests have loaded the clusters.
async fn pathways(world: &World<'_>, student: &str, course: &str) {
    let ask = "{ careerClusters(first: 1) { nodes { id } } }";
    let cluster = world.sis.ok(ask, json!({})).await["careerClusters"]["nodes"][0]["id"].take();
    let pathway = json!({ "name": "Nursing", "clusterId": cluster });
    let pathway = one(world, "PATHWAY", "pathway", pathway).await;
    let place = json!({ "pathwayId": pathway, "courseId": course, "position": 1 });
    one(world, "PATHWAY_COURSE", "pathwayCourse", place).await;
    let credential = json!({ "pathwayId": pathway, "name": "CNA" });
    one(world, "PATHWAY_CREDENTIAL", "pathwayCredential", credential).await;
    let on = json!({ "studentId": student, "pathwayId": pathway, "startedOn": "2026-08-20" });
    one(world, "PATHWAY_ENROLLMENT", "pathwayEnrollment", on).await;
    let definition = json!({ "jurisdiction": "US", "citation": "20 U.S.C. 2302",
        "effectiveFrom": "2026-07-01", "participantCourses": 1, "concentratorCourses": 2 });
    one(world, "PATHWAY_DEFINITION", "pathwayDefinition", definition).await;
}

both! {
    async fn every_type_comes_by_file(app: TestApp) {
        let world = World::new(&app).await;
        let name = |name: &str| json!({ "givenName": name, "familyName": "Byron" });
        let with = |mut fields: Json, more: Json| {
            fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            fields
        };
        let school = one(&world, "SCHOOL", "school", json!({ "name": "East" })).await;
        let year = json!({ "title": "2026", "kind": "SCHOOL_YEAR", "startDate": "2026-08-20",
            "endDate": "2027-06-10", "schoolYear": 2027 });
        let year = one(&world, "ACADEMIC_SESSION", "academicSession", year).await;
        let course = json!({ "title": "Analysis", "schoolId": school, "schoolYearId": year });
        let course = one(&world, "COURSE", "course", course).await;
        let staff = with(name("Mary"), json!({ "kind": "COORDINATOR" }));
        let staff = one(&world, "STAFF", "staff", staff).await;
        let class = json!({ "title": "Analysis 1", "schoolId": school, "courseId": course,
            "sessionIds": [year], "teacherIds": [staff] });
        let class = one(&world, "CLASS", "class", class).await;
        let student = one(&world, "STUDENT", "student", name("Ada")).await;
        let seat = json!({ "classId": class, "studentId": student, "credits": "0.5" });
        one(&world, "ENROLLMENT", "enrollment", seat).await;
        let guardian = one(&world, "GUARDIAN", "guardian", name("Anne")).await;
        let tie = json!({ "studentId": student, "guardianId": guardian, "relationship": "PARENT" });
        one(&world, "GUARDIANSHIP", "guardianship", tie).await;
        let mercy = json!({ "name": "Mercy", "kind": "CLINIC" });
        let partner = one(&world, "PARTNER", "partner", mercy).await;
        let site = json!({ "partnerId": partner, "name": "Main", "country": "US" });
        one(&world, "PARTNER_SITE", "site", site).await;
        let terms = json!({ "input": { "partnerId": partner, "startsOn": "2026-08-01",
            "endsOn": "2027-06-30", "maxStudents": 9, "insuranceAmount": "1000.00",
            "insuranceCurrency": "USD" } });
        let agreement = "mutation($input: AffiliationAgreementCreateInput!) {
            affiliationAgreementCreate(input: $input) { affiliationAgreement { id } userErrors { message } } }";
        let made = world.sis.ok(agreement, terms).await["affiliationAgreementCreate"].take();
        let agreement = made["affiliationAgreement"]["id"].clone();
        for step in ["Negotiate", "Activate"] {
            let field = format!("affiliationAgreement{step}");
            let step = format!("mutation($id: ID!) {{ {field}(id: $id) {{ userErrors {{ message }} }} }}");
            let done = world.sis.ok(&step, json!({ "id": agreement })).await;
            assert_eq!(done[&field]["userErrors"], json!([]));
        }
        let grace = with(name("Grace"), json!({ "partnerId": partner, "role": "SUPERVISOR" }));
        one(&world, "PARTNER_CONTACT", "contact", grace).await;
        let offer = json!({ "partnerId": partner, "title": "Aide", "kind": "INTERNSHIP", "seats": 2 });
        let offer = one(&world, "OPPORTUNITY", "opportunity", offer).await;
        let line = json!({ "studentId": student, "opportunityId": offer, "rank": 1 });
        one(&world, "PLACEMENT_PREFERENCE", "placementPreference", line).await;
        let placement = json!({ "studentId": student, "partnerId": partner, "kind": "JOB_SHADOW",
            "startsOn": "2026-09-01", "endsOn": "2026-12-01" });
        let placement = one(&world, "PLACEMENT", "placement", placement).await;
        for step in ["placementMatch", "placementStart"] {
            let step_ = format!("mutation($id: ID!) {{ {step}(id: $id) {{ userErrors {{ message }} }} }}");
            let done = world.sis.ok(&step_, json!({ "id": placement })).await;
            assert_eq!(done[step]["userErrors"], json!([]));
        }
        let hours = json!({ "placementId": placement, "workedOn": "2026-09-01",
            "startsAt": "01:00:00", "endsAt": "02:00:00", "category": "DIRECT" });
        one(&world, "TIME_ENTRY", "timeEntry", hours).await;
        interests(&world, &student).await;
        pathways(&world, &student, &course).await;
        let done = world.sis.ok("{ jobs(first: 250) { nodes { state } } }", json!({})).await;
        assert_eq!(done["jobs"]["nodes"].as_array().unwrap().len(), 2 * import_types(&Shape::read()).len());
    }

    async fn rows_can_be_missing_where_they_have_a_status(app: TestApp) {
        let world = World::new(&app).await;
        let shape = Shape::read();
        for (mutation, field) in shape.roots(OperationType::Mutation) {
            let Some(kind) = shouted(mutation) else { continue };
            let rows = field.arguments.iter().find(|one| one.name == "input").unwrap();
            let Some(Kind::Input(row)) = shape.model.kind(named(&rows.ty)) else { panic!("rows") };
            let has_status = row.fields.iter().any(|field| {
                let inner = shape.model.kind(named(&field.ty));
                matches!(inner, Some(Kind::Input(inner)) if inner.fields.iter().any(|one| one.name == "status"))
            });
            let more = json!({ "type": kind, "deleteMissing": {} });
            // A client of its own for each, so that none has too many jobs.
            let actor = app.client(Tenant::District(world.district)).await;
            let answer = create(&actor, b"x", &more).await;
            assert_eq!(answer["userErrors"] == json!([]), has_status, "{kind}: {answer:#}");
        }
    }
}
