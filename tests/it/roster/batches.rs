//! What a batch does: it writes what differs, and nothing when something is wrong.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::world::{Ids, World, batch, refusals, row, send, update, written};
use crate::support::both;

/// Everything that the district has, with its version and the times of its writing.
const EVERYTHING: &str = "{
  schools(first: 9) { nodes { id version createdAt updatedAt } }
  academicSessions(first: 9) { nodes { id version createdAt updatedAt } }
  students(first: 9) { nodes { id version createdAt updatedAt } }
  guardians(first: 9) {
    nodes {
      id version createdAt updatedAt
      students(first: 9) { nodes { id version createdAt updatedAt } }
    }
  }
  staff(first: 9) { nodes { id version createdAt updatedAt } }
  courses(first: 9) { nodes { id version createdAt updatedAt } }
  classes(first: 9) { nodes { id version updatedAt sessions { id } teachers { id } } }
  enrollments(first: 9) { nodes { id version createdAt updatedAt } }
}";

both! {
    async fn a_second_run_writes_nothing(app: TestApp) {
        let world = World::new(&app, "north").await;
        let before = world.sis.ok(EVERYTHING, json!({})).await;
        let lists = before.as_object().unwrap().values();
        assert!(lists.clone().all(|list| list["nodes"].as_array().unwrap().len() == 1), "{before}");
        assert!(lists.clone().all(|list| list["nodes"][0]["version"] == "1"), "{before}");
        app.clock.advance(TimeDelta::minutes(1));
        Ids::write(&world.sis).await;
        assert_eq!(world.sis.ok(EVERYTHING, json!({})).await, before);
    }

    async fn only_what_differs_is_written(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        app.clock.advance(TimeDelta::minutes(1));
        let rows = vec![
            row("school", "s", &json!({ "name": "East High", "identifier": "0801" })),
            row("school", "new", &json!({ "name": "West High" })),
        ];
        let payload = batch(&sis, "school", rows.clone(), "REJECT_ALL").await;
        let counts = json!({ "created": 1, "updated": 1, "unchanged": 0, "rejected": 0 });
        assert_eq!(payload["counts"], counts);
        let first = &payload["results"][0]["row"];
        assert_eq!((&first["id"], &first["version"]), (&json!(ids.school), &json!("2")));
        assert_ne!(first["updatedAt"], first["createdAt"]);
        let payload = batch(&sis, "school", rows, "REJECT_ALL").await;
        assert_eq!(payload["counts"]["unchanged"], 2);
    }

    async fn absent_keeps_and_null_clears(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let id = format!("id: \"{}\"", ids.guardian);
        let payload = update(&sis, "guardian", &id, &json!({ "phone": "555" })).await;
        assert_eq!(payload["row"]["version"], "2");
        update(&sis, "guardian", &id, &json!({ "email": null })).await;
        let query = format!("{{ guardian({id}) {{
          givenName email phone students(first: 9) {{ nodes {{ relationship }} }}
        }} }}");
        let found = sis.ok(&query, json!({})).await;
        let expected = json!({ "givenName": "Anne", "email": null, "phone": "555",
            "students": { "nodes": [{ "relationship": "PARENT" }] } });
        assert_eq!(found["guardian"], expected);
    }

    async fn all_problems_are_told_at_once(app: TestApp) {
        let World { sis, .. } = World::new(&app, "north").await;
        let class = json!({ "title": " ", "period": "x".repeat(256) });
        let result = send(&sis, "class", "new", &class).await;
        assert_eq!(result["outcome"], "REJECTED");
        let expected = [
            ("REQUIRED", "courseId"), ("REQUIRED", "schoolId"), ("REQUIRED", "title"),
            ("TOO_LONG", "period"),
        ];
        assert_eq!(refusals(&result, 3), expected.map(|(code, at)| (code.into(), at.into())));
        let session = json!({ "startDate": "2026-09-01", "endDate": "2026-09-01",
            "schoolYear": 27, "title": "x".repeat(256) });
        let result = send(&sis, "academicSession", "new", &session).await;
        let expected = [
            ("OUT_OF_RANGE", "endDate"), ("OUT_OF_RANGE", "schoolYear"),
            ("REQUIRED", "kind"), ("TOO_LONG", "title"),
        ];
        assert_eq!(refusals(&result, 3), expected.map(|(code, at)| (code.into(), at.into())));
        let seat = json!({ "beginDate": "2026-09-01", "endDate": "2026-08-01",
            "completedOn": "2026-08-01", "credits": "100.01" });
        let result = send(&sis, "enrollment", "new", &seat).await;
        let expected = [
            ("OUT_OF_RANGE", "completedOn"), ("OUT_OF_RANGE", "credits"),
            ("OUT_OF_RANGE", "endDate"), ("REQUIRED", "classId"), ("REQUIRED", "studentId"),
        ];
        assert_eq!(refusals(&result, 3), expected.map(|(code, at)| (code.into(), at.into())));
    }

    async fn one_bad_row_holds_back_all_or_itself(app: TestApp) {
        let World { sis, .. } = World::new(&app, "north").await;
        let rows = vec![
            row("course", "1", &json!({ "title": "Algebra" })),
            row("course", "2", &json!({ "title": "" })),
            row("course", "1", &json!({ "title": "Geometry" })),
        ];
        let payload = batch(&sis, "course", rows.clone(), "REJECT_ALL").await;
        let outcomes = |payload: &Value| [0, 1, 2].map(|at| payload["results"][at]["outcome"].clone());
        assert_eq!(outcomes(&payload), ["NOT_WRITTEN", "REJECTED", "REJECTED"]);
        let twice = refusals(&payload["results"][2], 2);
        assert_eq!(twice, [("DUPLICATE_IN_INPUT".to_owned(), "key".to_owned())]);
        let count = "{ courses(first: 9) { totalCount { value } } }";
        assert_eq!(sis.ok(count, json!({})).await["courses"]["totalCount"]["value"], 1);
        let payload = batch(&sis, "course", rows, "REJECT_FAILED_ROWS").await;
        assert_eq!(outcomes(&payload), ["CREATED", "REJECTED", "REJECTED"]);
        assert_eq!(sis.ok(count, json!({})).await["courses"]["totalCount"]["value"], 2);
    }

    async fn a_stale_version_is_refused(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let fields = json!({ "title": "Calculus" });
        let at = |version: &str| format!("id: \"{}\", expectedVersion: \"{version}\"", ids.course);
        let fresh = update(&sis, "course", &at("1"), &fields).await;
        assert_eq!(fresh["row"]["version"], "2");
        let stale = update(&sis, "course", &at("1"), &json!({ "title": "Logic" })).await;
        assert_eq!(stale["row"], Value::Null);
        let error = json!([{ "__typename": "ConflictError", "code": "VERSION_CONFLICT",
            "path": ["expectedVersion"], "currentVersion": "2" }]);
        assert_eq!(stale["userErrors"], error);
        assert_eq!(written(&sis, "course", "c", &fields).await, ids.course);
        let mut seen = row("course", "c", &json!({ "title": "Logic" }));
        seen["expectedVersion"] = json!("1");
        let payload = batch(&sis, "course", vec![seen], "REJECT_ALL").await;
        let error = &payload["results"][0]["userErrors"][0];
        assert_eq!((&error["currentVersion"], &error["current"]["id"]), (&json!("2"), &json!(ids.course)));
    }
}
