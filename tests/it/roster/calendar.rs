//! Sessions contain sessions, and never themselves.

use serde_json::json;

use super::world::{World, batch, refusals, update, written, year};
use crate::support::both;

both! {
    async fn a_session_never_contains_itself(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let mut half = year();
        half["kind"] = json!("SEMESTER");
        half["parentId"] = json!(ids.session);
        let half = written(&sis, "academicSession", "half", &half).await;
        let refused = [("OUT_OF_RANGE".to_owned(), "input.parentId".to_owned())];
        for parent in [&ids.session, &half] {
            let id = format!("id: \"{}\"", ids.session);
            let payload = update(&sis, "academicSession", &id, &json!({ "parentId": parent })).await;
            assert_eq!(refusals(&payload, 0), refused, "{parent}");
        }
    }

    async fn a_batch_cannot_close_a_circle(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let other = written(&sis, "academicSession", "other", &year()).await;
        let row = |id: &str, parent: &str| {
            json!({ "key": { "id": id }, "academicSession": { "parentId": parent } })
        };
        let rows = vec![row(&ids.session, &other), row(&other, &ids.session)];
        let payload = batch(&sis, "academicSession", rows, "REJECT_FAILED_ROWS").await;
        assert_eq!(payload["counts"]["rejected"], 2);
        let payload = batch(&sis, "academicSession", vec![row(&other, &ids.session)], "REJECT_ALL");
        assert_eq!(payload.await["counts"]["updated"], 1);
        let query = "query($id: ID!) { academicSession(id: $id) {
          parent { id } children(first: 9) { nodes { id parent { id } } }
        } }";
        let found = sis.ok(query, json!({ "id": ids.session })).await;
        let children = json!({ "nodes": [{ "id": other, "parent": { "id": ids.session } }] });
        assert_eq!(found["academicSession"], json!({ "parent": null, "children": children }));
    }

    async fn an_end_is_held_against_the_stored_start(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let id = format!("id: \"{}\"", ids.session);
        let payload = update(&sis, "academicSession", &id, &json!({ "endDate": "2026-08-20" })).await;
        assert_eq!(refusals(&payload, 0), [("OUT_OF_RANGE".to_owned(), "input.endDate".to_owned())]);
        let payload = update(&sis, "academicSession", &id, &json!({ "endDate": "2026-08-21" })).await;
        assert_eq!(payload["row"]["version"], "2");
    }
}
