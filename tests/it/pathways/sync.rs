//! Writing pathways: what is kept in which order, and what is refused in which words.

use chrono::NaiveDate;
use entity::reference_release::ReferenceDataset;
use pathbridge::{
    auth::Tenant,
    reference::service::load::{self, NewCipSoc, NewRelease},
};
use serde_json::{Value as Json, json};

use super::world::{World, keyed, refusals, upsert};
use crate::support::{TestApp, both};

const HEALTH: &str = "healthcare-human-services";

both! {
    async fn a_pathway_has_its_courses_in_order_and_its_credentials(app: TestApp) {
        let world = World::new(&app, 1).await;
        let pathway = world.pathway("nursing", HEALTH, &[2, 0, 1]).await;
        let more = json!({ "code": "HLTH-1", "cipCode": "51.3801", "wblMinutes": 4800,
            "description": "To nurse." });
        world.put("pathway", "nursing", more).await.unwrap();
        let credential = json!({ "pathwayId": pathway, "name": "CNA", "issuer": "State board" });
        world.put("pathwayCredential", "cna", credential).await.unwrap();
        let ask = "query($id: ID!) { pathway(id: $id) { name code cipCode wblMinutes description status
            cluster { code framework } district { slug } externalIds { system value }
            courses(first: 9, orderBy: { field: POSITION }) { nodes { position isRequired course { id } } }
            credentials(first: 9) { nodes { name issuer } } } }";
        let found = world.sis.ok(ask, json!({ "id": pathway })).await["pathway"].take();
        let place = |position: usize, course: usize, is_required: bool| json!({
            "position": position, "isRequired": is_required, "course": { "id": world.courses[course] } });
        assert_eq!(found, json!({ "name": "Pathway nursing", "code": "HLTH-1", "cipCode": "51.3801",
            "wblMinutes": 4800, "description": "To nurse.", "status": "ACTIVE",
            "cluster": { "code": HEALTH, "framework": "CAREER_CLUSTERS_2024" },
            "district": { "slug": "mesa" },
            "externalIds": [{ "system": "sis", "value": "nursing" }],
            "courses": { "nodes": [place(1, 2, true), place(2, 0, true), place(3, 1, false)] },
            "credentials": { "nodes": [{ "name": "CNA", "issuer": "State board" }] } }));
        // The other way round: the course knows its places.
        let ask = "query($id: ID!) { course(id: $id) { pathwayCourses(first: 2) { nodes { pathway { id } } } } }";
        let found = world.sis.ok(ask, json!({ "id": world.courses[0] })).await;
        assert_eq!(found["course"]["pathwayCourses"]["nodes"], json!([{ "pathway": { "id": pathway } }]));
    }

    async fn the_same_rows_again_write_nothing_and_places_can_change(app: TestApp) {
        let world = World::new(&app, 0).await;
        let pathway = world.pathway("p", HEALTH, &[0, 1]).await;
        let batch = |first: i32, second: i32| {
            let place = |position: i32| json!({ "pathwayId": pathway, "position": position });
            json!([keyed("p-0", "pathwayCourse", place(first)), keyed("p-1", "pathwayCourse", place(second))])
        };
        for (rows, outcome) in [(batch(1, 2), "UNCHANGED"), (batch(2, 1), "UPDATED"), (batch(2, 1), "UNCHANGED")] {
            let written = upsert(&world.sis, "pathwayCourse", rows).await;
            let outcomes: Vec<_> = written.iter().map(|row| row["outcome"].clone()).collect();
            assert_eq!(outcomes, [outcome, outcome]);
        }
        let update = "mutation($id: ID!, $name: String!) { pathwayUpdate(id: $id, input: { name: $name }, expectedVersion: \"1\") {
            pathway { name } userErrors { code } } }";
        let done = world.sis.ok(update, json!({ "id": pathway, "name": "New" })).await;
        assert_eq!(done["pathwayUpdate"], json!({ "pathway": { "name": "New" }, "userErrors": [] }));
        let stale = world.sis.ok(update, json!({ "id": pathway, "name": "Newer" })).await;
        assert_eq!(stale["pathwayUpdate"]["userErrors"], json!([{ "code": "VERSION_CONFLICT" }]));
    }

    async fn what_a_pathway_cannot_be_is_refused_with_its_place(app: TestApp) {
        let world = World::new(&app, 0).await;
        let cluster = world.cluster(HEALTH).await;
        let unknown = "cluster_01jd0000000000000000000000";
        for (fields, expected) in [
            (json!({}), vec!["REQUIRED name", "REQUIRED clusterId"]),
            (json!({ "name": " ", "clusterId": cluster }), vec!["REQUIRED name"]),
            (json!({ "name": "N", "clusterId": unknown }), vec!["REFERENCE_NOT_FOUND clusterId"]),
            (json!({ "name": "N", "clusterId": world.school }), vec!["INVALID_FORMAT clusterId"]),
            (json!({ "name": "N", "clusterId": cluster, "cipCode": "51.38" }), vec!["INVALID_FORMAT cipCode"]),
            (json!({ "name": "N", "clusterId": cluster, "cipCode": "29-1141" }), vec!["INVALID_FORMAT cipCode"]),
            (json!({ "name": "N", "clusterId": cluster, "wblMinutes": -1 }), vec!["OUT_OF_RANGE wblMinutes"]),
            (json!({ "name": "N".repeat(256), "clusterId": cluster }), vec!["TOO_LONG name"]),
        ] {
            assert_eq!(world.refused("pathway", "x", fields.clone()).await, expected, "{fields}");
        }
        // The sample lists some programmes only, so that the form has to do; a whole crosswalk knows.
        let by_form = json!({ "name": "N", "clusterId": cluster, "cipCode": "99.9998" });
        world.put("pathway", "f", by_form.clone()).await.unwrap();
        load_crosswalk(&app).await;
        assert_eq!(world.refused("pathway", "x", by_form).await, ["REFERENCE_NOT_FOUND cipCode"]);
        let listed = json!({ "name": "N", "clusterId": cluster, "cipCode": "51.3801" });
        world.put("pathway", "x", listed).await.unwrap();
    }

    async fn a_course_stands_in_a_pathway_once_and_is_one_of_the_district(app: TestApp) {
        let world = World::new(&app, 0).await;
        let pathway = world.pathway("p", HEALTH, &[0]).await;
        let other = app.district("north").await;
        let other = app.client(Tenant::District(other)).await;
        let foreign = upsert(&other, "course", json!([keyed("c", "course", json!({ "title": "Far" }))])).await;
        let foreign = foreign[0]["row"]["id"].clone();
        let place = |course: &Json, position: i32| json!({ "pathwayId": pathway, "courseId": course, "position": position });
        let own = |at: usize| json!(world.courses[at]);
        for (fields, expected) in [
            (place(&own(0), 2), vec!["ALREADY_EXISTS courseId"]),
            (place(&foreign, 2), vec!["REFERENCE_NOT_FOUND courseId"]),
            (place(&own(1), 0), vec!["OUT_OF_RANGE position"]),
            (json!({ "pathwayId": pathway, "courseId": own(1), "position": 1, "credits": "100.01" }), vec!["OUT_OF_RANGE credits"]),
            (json!({ "position": 1 }), vec!["REQUIRED pathwayId", "REQUIRED courseId"]),
        ] {
            assert_eq!(world.refused("pathwayCourse", "x", fields.clone()).await, expected, "{fields}");
        }
        let moved = json!({ "courseId": own(1) });
        assert_eq!(world.refused("pathwayCourse", "p-0", moved).await, ["READ_ONLY courseId"]);
        let twice = json!([keyed("a", "pathwayCourse", place(&own(1), 2)), keyed("b", "pathwayCourse", place(&own(1), 3))]);
        let written = upsert(&world.sis, "pathwayCourse", twice).await;
        assert_eq!(refusals(&written[1]["userErrors"]), ["DUPLICATE_IN_INPUT courseId"]);
        let credential = json!({ "pathwayId": pathway, "name": "" });
        assert_eq!(world.refused("pathwayCredential", "x", credential).await, ["REQUIRED name"]);
    }

    async fn times_on_a_pathway_do_not_overlap(app: TestApp) {
        let world = World::new(&app, 2).await;
        let pathway = world.pathway("p", HEALTH, &[0]).await;
        let elsewhere = world.pathway("q", HEALTH, &[0]).await;
        let on = |student: usize, pathway: &str, from: &str, to: Option<&str>| json!({
            "studentId": world.students[student], "pathwayId": pathway, "startedOn": from, "endedOn": to });
        world.put("pathwayEnrollment", "1", on(0, &pathway, "2025-08-20", Some("2026-01-10"))).await.unwrap();
        for (fields, expected) in [
            (on(0, &pathway, "2026-01-10", None), vec!["OVERLAPPING_PERIOD startedOn"]),
            (on(0, &pathway, "2025-01-10", None), vec!["OVERLAPPING_PERIOD startedOn"]),
            (on(0, &pathway, "2026-03-01", Some("2026-02-28")), vec!["OUT_OF_RANGE endedOn"]),
            (on(0, &pathway, "1989-03-01", Some("1989-03-02")), vec!["OUT_OF_RANGE startedOn"]),
            (json!({ "studentId": world.students[0], "pathwayId": pathway, "startedOn": "2026-03-01",
                "exitReason": "WITHDREW" }), vec!["REQUIRED endedOn"]),
            (json!({}), vec!["REQUIRED studentId", "REQUIRED pathwayId", "REQUIRED startedOn"]),
        ] {
            assert_eq!(world.refused("pathwayEnrollment", "x", fields.clone()).await, expected, "{fields}");
        }
        world.put("pathwayEnrollment", "2", on(0, &pathway, "2026-01-11", None)).await.unwrap();
        // Another student, another pathway, and what does not count are in nobody's way.
        world.put("pathwayEnrollment", "3", on(1, &pathway, "2025-09-01", None)).await.unwrap();
        world.put("pathwayEnrollment", "4", on(0, &elsewhere, "2025-09-01", None)).await.unwrap();
        let reopened = json!({ "endedOn": null });
        assert_eq!(world.refused("pathwayEnrollment", "1", reopened.clone()).await, ["OVERLAPPING_PERIOD startedOn"]);
        world.put("pathwayEnrollment", "2", json!({ "status": "RETIRED" })).await.unwrap();
        world.put("pathwayEnrollment", "1", reopened).await.unwrap();
        let moved = json!({ "pathwayId": elsewhere });
        assert_eq!(world.refused("pathwayEnrollment", "3", moved).await, ["READ_ONLY pathwayId"]);
        // One batch may hand over from one row to the next.
        let batch = json!([keyed("3", "pathwayEnrollment", json!({ "endedOn": "2026-05-31", "exitReason": "WITHDREW" })),
            keyed("5", "pathwayEnrollment", on(1, &pathway, "2026-06-01", None)),
            keyed("6", "pathwayEnrollment", on(1, &pathway, "2026-07-01", None))]);
        let written = upsert(&world.sis, "pathwayEnrollment", batch).await;
        let refused: Vec<_> = written.iter().map(|row| refusals(&row["userErrors"])).collect();
        assert_eq!(refused, [vec![], vec![], vec!["OVERLAPPING_PERIOD startedOn".to_owned()]]);
    }

    async fn one_definition_is_in_force_at_a_time(app: TestApp) {
        let world = World::new(&app, 0).await;
        let definition = |from: &str, more: Json| {
            let mut whole = json!({ "jurisdiction": "US-CO", "citation": "State plan", "effectiveFrom": from,
                "participantCourses": 1, "concentratorCourses": 2 });
            whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            whole
        };
        let first = definition("2024-07-01", json!({ "effectiveTo": "2025-06-30" }));
        world.put("pathwayDefinition", "1", first).await.unwrap();
        for (fields, expected) in [
            (definition("2025-06-30", json!({})), vec!["OVERLAPPING_PERIOD effectiveFrom"]),
            (definition("2025-07-01", json!({ "effectiveTo": "2025-06-30" })), vec!["OUT_OF_RANGE effectiveTo"]),
            (definition("2025-07-01", json!({ "participantCourses": 0 })), vec!["OUT_OF_RANGE participantCourses"]),
            (definition("2025-07-01", json!({ "concentratorCourses": null })), vec!["REQUIRED concentratorCourses"]),
            (definition("2025-07-01", json!({ "citation": "" })), vec!["REQUIRED citation"]),
        ] {
            assert_eq!(world.refused("pathwayDefinition", "x", fields.clone()).await, expected, "{fields}");
        }
        let by_credits = json!({ "concentratorCourses": null, "concentratorCredits": "12.00" });
        world.put("pathwayDefinition", "2", definition("2025-07-01", by_credits)).await.unwrap();
        let ask = "{ pathwayDefinitions(first: 9, orderBy: { field: EFFECTIVE_FROM }) { nodes {
            effectiveFrom effectiveTo concentratorCourses concentratorCredits } } }";
        let found = world.sis.ok(ask, json!({})).await;
        assert_eq!(found["pathwayDefinitions"]["nodes"], json!([
            { "effectiveFrom": "2024-07-01", "effectiveTo": "2025-06-30", "concentratorCourses": 2, "concentratorCredits": null },
            { "effectiveFrom": "2025-07-01", "effectiveTo": null, "concentratorCourses": null, "concentratorCredits": "12.00" },
        ]));
    }
}

/// A crosswalk that claims to be whole.
async fn load_crosswalk(app: &TestApp) {
    let release = NewRelease {
        dataset: ReferenceDataset::CipSoc,
        name: "2020-to-2018".to_owned(),
        released_on: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        source: "https://example.org/crosswalk",
        licence: "Public domain",
        attribution: "None",
        is_sample: false,
        cip_version: Some("2020".to_owned()),
        soc_version: Some("2018".to_owned()),
    };
    let pairs = NewCipSoc {
        programs: [("51.3801".to_owned(), "Registered Nursing".to_owned())].into(),
        occupations: [("29-1141".to_owned(), "Registered Nurses".to_owned())].into(),
        pairs: [("51.3801".to_owned(), "29-1141".to_owned())].into(),
    };
    load::cip_soc(&app.app, &release, &pairs).await.expect("it is loaded");
}
