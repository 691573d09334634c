//! Every mutation of the schema is performed, and its change is found in the log.

mod house;
mod interests;
mod matching;
mod pathways;

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;
use pathbridge::auth::Tenant;
use serde_json::json;

use super::story::{Story, change, row};
use crate::support::both;

/// The rows that the stories share.
struct Roster {
    student: String,
    staff: String,
    course: String,
}

both! {
    async fn every_mutation_tells_what_it_changed(app: TestApp) {
        let mut operator = Story::begin(&app, Tenant::Platform).await;
        operator
            .perform(
                "districtCreate",
                json!({ "input": { "slug": "north", "name": "North", "kind": "DISTRICT",
                    "timeZone": "America/Denver" } }),
                &["CREATED district isSandbox,kind,name,slug,timeZone"],
            )
            .await;
        let district = app.district("alder").await;
        let mut story = Story::begin(&app, Tenant::District(district)).await;
        let roster = roster(&mut story).await;
        families(&mut story, &roster).await;
        interests::told(&app, &mut story, &roster.student).await;
        pathways::laid(&app, &mut story, &roster).await;
        let (partner, agreement) = partner(&mut story).await;
        let contact = people(&mut story, &partner).await;
        let opportunity = offers(&mut story, &partner).await;
        matching::wished(&mut story, &roster.student, &opportunity).await;
        placements(&mut story, &roster, [&opportunity, &contact, &partner]).await;
        story
            .perform("opportunityClose", json!({ "id": opportunity }), &["UPDATED opportunity state"])
            .await;
        story
            .perform(
                "affiliationAgreementTerminate",
                json!({ "id": agreement, "windDownUntil": "2026-09-20" }),
                &["UPDATED affiliation state,windDownUntil"],
            )
            .await;
        house::jobs(&mut story).await;
        house::webhooks(&mut story).await;
        house::sandboxes(&app, &mut story).await;
        let performed: BTreeSet<_> = operator.performed.union(&story.performed).cloned().collect();
        let all = story.shape.roots(OperationType::Mutation).into_keys();
        let missing: Vec<_> = all.filter(|name| !performed.contains(*name)).collect();
        assert!(missing.is_empty(), "give these mutations their place in the story: {missing:?}");
    }
}

async fn roster(story: &mut Story<'_>) -> Roster {
    let created = "CREATED school district,name,status";
    let school = row("school", "s", &json!({ "name": "East" }));
    let school = story.perform("schoolBulkUpsert", school, &[created]).await;
    let name = change(&school, &json!({ "name": "East High" }));
    story.perform("schoolUpdate", name, &["UPDATED school name"]).await;

    let year = json!({ "title": "2026–27", "kind": "SCHOOL_YEAR", "startDate": "2026-08-20",
        "endDate": "2027-06-10", "schoolYear": 2027 });
    let created = "CREATED session district,endDate,kind,schoolYear,startDate,status,title";
    let year = row("academicSession", "y", &year);
    let year = story.perform("academicSessionBulkUpsert", year, &[created]).await;
    let title = change(&year, &json!({ "title": "26–27" }));
    story.perform("academicSessionUpdate", title, &["UPDATED session title"]).await;

    let course = json!({ "title": "Analysis", "schoolId": school, "schoolYearId": year });
    let created = "CREATED course district,school,schoolYear,status,title";
    let course = story.perform("courseBulkUpsert", row("course", "c", &course), &[created]).await;
    let subject = change(&course, &json!({ "subject": "Mathematics" }));
    story.perform("courseUpdate", subject, &["UPDATED course subject"]).await;

    let staff = json!({ "givenName": "Mary", "familyName": "Lee", "kind": "COORDINATOR" });
    let created = "CREATED staff district,familyName,givenName,kind,status";
    let staff = story.perform("staffBulkUpsert", row("staff", "t", &staff), &[created]).await;
    let email = change(&staff, &json!({ "email": "mary@example.org" }));
    story.perform("staffUpdate", email, &["UPDATED staff email"]).await;

    let class = json!({ "title": "Analysis 1", "schoolId": school, "courseId": course,
        "sessionIds": [year], "teacherIds": [staff] });
    let created = "CREATED class course,district,kind,school,sessions,status,teachers,title";
    let class = story.perform("classBulkUpsert", row("class", "k", &class), &[created]).await;
    let both = change(&class, &json!({ "location": "B2", "teacherIds": [] }));
    story.perform("classUpdate", both, &["UPDATED class location,teachers"]).await;
    let teachers = change(&class, &json!({ "teacherIds": [staff] }));
    story.perform("classUpdate", teachers, &["UPDATED class teachers"]).await;

    let student = json!({ "givenName": "Ada", "familyName": "Byron", "schoolId": school });
    let created = "CREATED student district,familyName,givenName,school,status";
    let student = row("student", "a", &student);
    let student = story.perform("studentBulkUpsert", student, &[created]).await;
    let grade = change(&student, &json!({ "gradeLevel": "11" }));
    story.perform("studentUpdate", grade, &["UPDATED student gradeLevel"]).await;

    let seat = json!({ "classId": class, "studentId": student, "credits": "0.5" });
    let created = "CREATED enrollment class,credits,district,isPrimary,status,student";
    let seat =
        story.perform("enrollmentBulkUpsert", row("enrollment", "e", &seat), &[created]).await;
    let grade = change(&seat, &json!({ "resultGrade": "A" }));
    story.perform("enrollmentUpdate", grade, &["UPDATED enrollment resultGrade"]).await;
    Roster { student, staff, course }
}

async fn families(story: &mut Story<'_>, roster: &Roster) {
    let student = &roster.student;
    let anne = json!({ "givenName": "Anne", "familyName": "Byron",
        "students": [{ "studentId": student, "relationship": "PARENT" }] });
    let told = [
        "CREATED guardian district,familyName,givenName,status,students",
        "CREATED guardianship guardian,relationship,student",
    ];
    let anne = story.perform("guardianBulkUpsert", row("guardian", "g", &anne), &told).await;
    let none = change(&anne, &json!({ "students": [] }));
    let told = ["DELETED guardianship", "UPDATED guardian students"];
    story.perform("guardianUpdate", none, &told).await;
    let created = "CREATED guardianship guardian,relationship,student";
    let tie = json!({ "input": { "studentId": student, "guardianId": anne,
        "relationship": "PARENT" } });
    let tie = story.perform("guardianshipSet", tie, &[created]).await;
    let other = change(&tie, &json!({ "relationship": "OTHER" }));
    story.perform("guardianshipUpdate", other, &["UPDATED guardianship relationship"]).await;
    let bill = row("guardian", "h", &json!({ "givenName": "Bill", "familyName": "Byron" }));
    let told = ["CREATED guardian district,familyName,givenName,status"];
    let bill = story.perform("guardianBulkUpsert", bill, &told).await;
    let tie = json!({ "studentId": student, "guardianId": bill, "relationship": "RELATIVE" });
    let created = "CREATED guardianship guardian,relationship,student";
    story.perform("guardianshipBulkUpsert", row("guardianship", "t", &tie), &[created]).await;
}

async fn partner(story: &mut Story<'_>) -> (String, String) {
    let mercy = json!({ "input": { "name": "Mercy", "kind": "CLINIC" } });
    let created = "CREATED partner kind,name,status";
    let mercy = story.perform("partnerCreate", mercy, &[created]).await;
    let forge = row("partner", "f", &json!({ "name": "Forge", "kind": "EMPLOYER" }));
    story.perform("partnerBulkUpsert", forge, &[created]).await;
    let site = change(&mercy, &json!({ "website": "https://mercy.example" }));
    story.perform("partnerUpdate", site, &["UPDATED partner website"]).await;
    let main = json!({ "partnerId": mercy, "name": "Main", "country": "US" });
    let created = "CREATED site country,name,partner,status";
    let main = story.perform("partnerSiteBulkUpsert", row("site", "m", &main), &[created]).await;
    let city = change(&main, &json!({ "city": "Aurora" }));
    story.perform("partnerSiteUpdate", city, &["UPDATED site city"]).await;

    let terms = json!({ "input": { "partnerId": mercy, "startsOn": "2026-08-01",
        "endsOn": "2027-06-30" } });
    let created = "CREATED affiliation district,endsOn,partner,startsOn,state";
    let agreement = story.perform("affiliationAgreementCreate", terms, &[created]).await;
    let moved = "UPDATED affiliation state";
    for step in ["Negotiate", "Redraft"] {
        let name = format!("affiliationAgreement{step}");
        story.perform(&name, json!({ "id": agreement }), &[moved]).await;
    }
    let cover = json!({ "maxStudents": 9, "insuranceAmount": "1000.00",
        "insuranceCurrency": "USD" });
    let told = ["UPDATED affiliation insuranceAmount,insuranceCurrency,maxStudents"];
    story.perform("affiliationAgreementUpdate", change(&agreement, &cover), &told).await;
    story.perform("affiliationAgreementActivate", json!({ "id": agreement }), &[moved]).await;
    (mercy, agreement)
}

async fn people(story: &mut Story<'_>, partner: &str) -> String {
    let grace = json!({ "partnerId": partner, "givenName": "Grace", "familyName": "Hopper",
        "role": "SUPERVISOR" });
    let created = "CREATED contact familyName,givenName,partner,role,status";
    let grace = row("contact", "p", &grace);
    let grace = story.perform("partnerContactBulkUpsert", grace, &[created]).await;
    let title = change(&grace, &json!({ "title": "Head nurse" }));
    story.perform("partnerContactUpdate", title, &["UPDATED contact title"]).await;
    grace
}

async fn offers(story: &mut Story<'_>, partner: &str) -> String {
    let offer = json!({ "partnerId": partner, "title": "Ward aide", "kind": "INTERNSHIP",
        "seats": 5, "isPaid": true, "hourlyWage": "17.50", "wageCurrency": "USD" });
    let created = "CREATED opportunity hourlyWage,isPaid,kind,partner,seats,seatsTaken,state,\
                   title,wageCurrency";
    let kept = row("opportunity", "o", &offer);
    story.perform("opportunityBulkUpsert", kept, &[created]).await;
    let offer = story.perform("opportunityCreate", json!({ "input": offer }), &[created]).await;
    let title = change(&offer, &json!({ "title": "Ward helper" }));
    story.perform("opportunityUpdate", title, &["UPDATED opportunity title"]).await;
    let open = "UPDATED opportunity state";
    story.perform("opportunityOpen", json!({ "id": offer }), &[open]).await;
    offer
}

async fn placements(story: &mut Story<'_>, roster: &Roster, [offer, approver, partner]: [&str; 3]) {
    let terms = json!({ "studentId": roster.student, "opportunityId": offer,
        "coordinatorId": roster.staff, "startsOn": "2026-09-01", "endsOn": "2026-12-01" });
    let created = "CREATED placement coordinator,district,endsOn,hourlyWage,isPaid,kind,\
                   opportunity,partner,startsOn,state,student,wageCurrency";
    let seat = "UPDATED opportunity seatsLeft,seatsTaken";
    let moved = "UPDATED placement state";
    let started = "UPDATED placement startedOn,state";
    let propose = json!({ "input": terms });
    let first = story.perform("placementPropose", propose.clone(), &[created]).await;
    let course = change(&first, &json!({ "courseId": roster.course }));
    story.perform("placementUpdate", course, &["UPDATED placement course"]).await;
    story.perform("placementMatch", json!({ "id": first }), &[moved, seat]).await;
    story.perform("placementStart", json!({ "id": first }), &[started]).await;
    hours(story, &first, approver).await;
    let ended = "UPDATED placement endedOn,state";
    story.perform("placementComplete", json!({ "id": first }), &[ended]).await;

    let second = story.perform("placementPropose", propose, &[created]).await;
    story.perform("placementMatch", json!({ "id": second }), &[moved, seat]).await;
    story.perform("placementStart", json!({ "id": second }), &[started]).await;
    let why = change(&second, &json!({ "reason": "The ward closed." }));
    let told = ["UPDATED placement endedOn,state,stateReason", seat];
    story.perform("placementTerminate", why, &told).await;

    let third = json!({ "studentId": roster.student, "partnerId": partner, "kind": "JOB_SHADOW",
        "startsOn": "2026-09-01", "endsOn": "2026-12-01" });
    let created = "CREATED placement district,endsOn,isPaid,kind,partner,startsOn,state,student";
    let third = row("placement", "p", &third);
    let third = story.perform("placementBulkUpsert", third, &[created]).await;
    let why = change(&third, &json!({ "reason": "Found another one." }));
    story.perform("placementCancel", why, &["UPDATED placement state,stateReason"]).await;
}

async fn hours(story: &mut Story<'_>, placement: &str, approver: &str) {
    let day = |from: &str, to: &str| {
        json!({ "placementId": placement, "workedOn": "2026-09-01", "startsAt": from,
            "endsAt": to, "category": "DIRECT" })
    };
    let created = "CREATED hours breakMinutes,category,endsAt,minutes,placement,startsAt,\
                   state,workedOn";
    let morning = json!({ "input": day("01:00:00", "02:00:00") });
    let entry = story.perform("timeEntrySubmit", morning, &[created]).await;
    let why = change(&entry, &json!({ "reason": "Too early." }));
    let told = ["UPDATED hours returnedReason,state"];
    story.perform("timeEntryReturn", why, &told).await;
    let note = change(&entry, &json!({ "note": "Night shift" }));
    let told = ["UPDATED hours note,returnedReason,state"];
    story.perform("timeEntryResubmit", note, &told).await;
    let by = change(&entry, &json!({ "approverId": approver }));
    let told = ["UPDATED hours approvedAt,approvedBy,state"];
    story.perform("timeEntryApprove", by, &told).await;
    let later = change(&entry, &json!({ "endsAt": "02:30:00" }));
    let again = "CREATED hours breakMinutes,category,corrects,endsAt,minutes,note,placement,\
                 startsAt,state,workedOn";
    let told = ["UPDATED hours state", again];
    story.perform("timeEntryCorrect", later, &told).await;
    let second = row("timeEntry", "h", &day("03:00:00", "04:00:00"));
    story.perform("timeEntryBulkUpsert", second, &[created]).await;
}
