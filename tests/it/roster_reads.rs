//! Students go in by your own keys and come back through every door.

use pathbridge::auth::Tenant;
use serde_json::json;

use crate::support::both;

const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) {
    counts { created updated unchanged rejected }
    results { outcome student { id givenName version externalIds { system value } } }
  }
}";

both! {
    async fn students_go_in_and_come_back(app: TestApp) {
        let sis = app.client(Tenant::District(app.district("north").await)).await;
        let student = |value: &str, given: &str, family: &str| json!({
            "key": { "externalId": { "system": "sis", "value": value } },
            "student": { "givenName": given, "familyName": family },
        });
        let input = json!({ "input": [student("1", "Ada", "Lovelace"), student("2", "Alan", "Turing")] });
        let first = sis.ok(UPSERT, input.clone()).await;
        assert_eq!(first["studentBulkUpsert"]["counts"]["created"], 2);
        let again = sis.ok(UPSERT, input).await;
        assert_eq!(again["studentBulkUpsert"]["counts"]["unchanged"], 2);
        assert_eq!(again["studentBulkUpsert"]["results"][0]["student"], first["studentBulkUpsert"]["results"][0]["student"]);

        let query = "{ students(first: 10, where: { familyName: { startsWith: \"L\" } }) {
            totalCount { value precision }
            nodes { givenName district { slug } externalIds { value } }
        } }";
        let found = sis.ok(query, json!({})).await;
        assert_eq!(found["students"]["totalCount"], json!({ "value": 1, "precision": "EXACT" }));
        assert_eq!(
            found["students"]["nodes"],
            json!([{ "givenName": "Ada", "district": { "slug": "north" }, "externalIds": [{ "value": "1" }] }]),
        );
    }
}
