//! Days and instants that no calendar has.

use serde_json::{Value as Json, json};

use super::{Case, asks, check, client};
use crate::support::both;

const UPSERT: &str = "mutation($d: Date) {
  studentBulkUpsert(input: [{
    key: { externalId: { system: \"sis\", value: \"1\" } },
    student: { givenName: \"A\", familyName: \"B\", birthDate: $d }
  }]) { results { outcome student { birthDate } userErrors { code path } } }
}";
const SINCE: &str = "query($t: DateTime!) {
  students(first: 1, where: { updatedAt: { gt: $t } }) { nodes { id } }
}";

fn cases() -> Vec<Case> {
    let days = [
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "-001-01-01",
        "99999-01-01",
        "+9999-01-01",
        "2026-1-1",
        "2026-01-01T00:00:00Z",
        "yesterday",
        "",
        "٢٠٢٦-٠١-٠١",
    ];
    let instants = [
        "2026-02-30T00:00:00Z",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T25:00:00Z",
        "0000-12-31T23:59:59Z",
        "9999-12-31T23:59:59-01:00",
        "99999-01-01T00:00:00Z",
        "now",
        "",
    ];
    let day = |text: &str| asks(text, UPSERT, &json!({ "d": text }), 400, "BAD_USER_INPUT");
    let instant = |text: &str| asks(text, SINCE, &json!({ "t": text }), 400, "BAD_USER_INPUT");
    let mut cases: Vec<_> =
        days.into_iter().map(day).chain(instants.into_iter().map(instant)).collect();
    let number = |name, query, member: &str| {
        asks(name, query, &json!({ member: 20_260_101 }), 400, "BAD_USER_INPUT")
    };
    cases.extend([
        number("a day as a number", UPSERT, "d"),
        number("an instant as a number", SINCE, "t"),
    ]);
    let literal = r#"{ students(first: 1, where: { updatedAt: { gt: "2026-02-30T00:00:00Z" } }) { nodes { id } } }"#;
    cases.push(asks("a literal", literal, &Json::Null, 400, "GRAPHQL_VALIDATION_FAILED"));
    cases
}

both! {
    async fn a_day_that_does_not_exist_is_refused(app: TestApp) {
        check(&app, &client(&app).await, cases()).await;
    }

    async fn the_ends_of_time_are_instants_like_others(app: TestApp) {
        let actor = client(&app).await;
        for (instant, count) in [
            ("0001-01-01T00:00:00Z", 1),
            ("1969-12-31T23:59:59.999999Z", 1),
            ("2026-09-01T07:59:59.999999Z", 1),
            ("2026-09-01T12:59:59+05:00", 1),
            ("2026-09-01T08:00:00Z", 0),
            ("9999-12-31T23:59:59Z", 0),
        ] {
            actor.ok(UPSERT, json!({})).await;
            let found = actor.ok(SINCE, json!({ "t": instant })).await;
            let nodes = found["students"]["nodes"].as_array().expect("a list").len();
            assert_eq!(nodes, count, "{instant}");
        }
    }

    async fn a_day_before_there_were_schools_is_a_problem_of_its_field(app: TestApp) {
        let actor = client(&app).await;
        for day in ["0001-01-01", "9999-12-31"] {
            let found = actor.ok(UPSERT, json!({ "d": day })).await;
            let result = &found["studentBulkUpsert"]["results"][0];
            assert_eq!(result["userErrors"][0]["code"], "OUT_OF_RANGE", "{day}: {result}");
        }
    }
}
