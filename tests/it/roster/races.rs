//! Writers at the same key at the same time: one makes the row, the others meet it.

use futures_util::future::join_all;
use pathbridge::auth::Tenant;
use serde_json::{Value, json};

use super::world::{World, batch, row, send, written};
use crate::support::both;

const ROUNDS: usize = 12;
const RUNNERS: usize = 6;

/// The outcomes of one round, sorted.
fn outcomes(results: &[Value]) -> Vec<&str> {
    let outcome = |result: &Value| result["outcome"].as_str().expect("an outcome").to_owned();
    let mut outcomes: Vec<_> = results.iter().map(outcome).collect();
    outcomes.sort();
    let known = ["CREATED", "REJECTED", "UNCHANGED", "UPDATED"];
    let known = |outcome: String| *known.iter().find(|known| **known == outcome).expect("known");
    outcomes.into_iter().map(known).collect()
}

fn one_created_and(others: &'static str) -> Vec<&'static str> {
    [vec!["CREATED"], vec![others; RUNNERS - 1]].concat()
}

both! {
    async fn of_many_who_seat_a_student_one_does_and_the_others_are_told_who(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        for round in 0..ROUNDS {
            let person = json!({ "givenName": "Alan", "familyName": "Turing" });
            let student = written(&sis, "student", &format!("r{round}"), &person).await;
            let seat = json!({ "classId": ids.class, "studentId": student });
            let keys: Vec<_> = (0..RUNNERS).map(|one| format!("{round}-{one}")).collect();
            let race = keys.iter().map(|key| send(&sis, "enrollment", key, &seat));
            let results = join_all(race).await;
            assert_eq!(outcomes(&results), one_created_and("REJECTED"));
            let winner = results.iter().find(|result| result["outcome"] == "CREATED").unwrap();
            let told = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
                "path": ["input", "0", "enrollment", "studentId"],
                "existing": { "id": winner["row"]["id"] } }]);
            for loser in results.iter().filter(|result| result["outcome"] == "REJECTED") {
                assert_eq!(loser["userErrors"], told);
            }
        }
    }

    async fn an_upsert_that_comes_second_finds_the_row_of_the_first(app: TestApp) {
        let World { sis, .. } = World::new(&app, "north").await;
        for round in 0..ROUNDS {
            let key = format!("r{round}");
            let same = json!({ "givenName": "Alan", "familyName": "Turing" });
            let race = (0..RUNNERS).map(|_| send(&sis, "student", &key, &same));
            let results = join_all(race).await;
            assert_eq!(outcomes(&results), one_created_and("UNCHANGED"));
            let id = |result: &Value| result["row"]["id"].as_str().unwrap().to_owned();
            assert!(results.iter().all(|result| id(result) == id(&results[0])));
        }
    }

    async fn an_upsert_that_comes_second_is_written_over_the_first(app: TestApp) {
        let World { sis, .. } = World::new(&app, "north").await;
        for round in 0..ROUNDS {
            let key = format!("r{round}");
            let wanted = |one: usize| json!({ "givenName": format!("{one}"), "familyName": "T" });
            let wanted: Vec<_> = (0..RUNNERS).map(wanted).collect();
            let race = wanted.iter().map(|wanted| send(&sis, "student", &key, wanted));
            let results = join_all(race).await;
            assert_eq!(outcomes(&results), one_created_and("UPDATED"));
            let mut versions: Vec<_> =
                results.iter().map(|result| result["row"]["version"].as_str().unwrap()).collect();
            versions.sort_unstable();
            assert_eq!(versions, ["1", "2", "3", "4", "5", "6"]);
        }
    }

    async fn batches_that_meet_head_on_are_all_written(app: TestApp) {
        let World { sis, .. } = World::new(&app, "north").await;
        for round in 0..3 {
            let person = json!({ "givenName": "Alan", "familyName": "Turing" });
            let there = (0..40).map(|one| row("student", &format!("{round}-{one}"), &person));
            let there: Vec<_> = there.collect();
            let back: Vec<_> = there.iter().rev().cloned().collect();
            let race = [there, back].map(|rows| batch(&sis, "student", rows, "REJECT_ALL"));
            let counts = join_all(race).await;
            let count = |name: &str| -> i64 {
                counts.iter().map(|payload| payload["counts"][name].as_i64().unwrap()).sum()
            };
            assert_eq!((count("created"), count("unchanged")), (40, 40));
        }
    }

    async fn of_many_ties_between_two_people_there_is_one(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let query = "mutation($input: GuardianshipSetInput!) { guardianshipSet(input: $input) {
          guardianship { id relationship } userErrors { code }
        } }";
        for round in 0..ROUNDS {
            let person = json!({ "givenName": "Alan", "familyName": "Turing" });
            let student = written(&sis, "student", &format!("r{round}"), &person).await;
            let input = json!({ "studentId": student, "guardianId": ids.guardian,
                "relationship": "RELATIVE" });
            let race = (0..RUNNERS).map(|_| sis.ok(query, json!({ "input": input })));
            let ties = join_all(race).await;
            assert_ne!(ties[0]["guardianshipSet"]["guardianship"], Value::Null);
            assert!(ties.iter().all(|tie| *tie == ties[0]), "{ties:?}");
        }
    }

    async fn of_many_districts_with_one_short_name_there_is_one(app: TestApp) {
        let operator = app.client(Tenant::Platform).await;
        let query = "mutation($input: DistrictCreateInput!) { payload: districtCreate(input: $input) {
          district { id }
          userErrors { __typename code path ... on DuplicateError { existing { id } } }
        } }";
        for round in 0..ROUNDS {
            let input = json!({ "slug": format!("r{round}"), "name": "R", "kind": "DISTRICT",
                "timeZone": "America/Denver" });
            let race = (0..RUNNERS).map(|_| operator.ok(query, json!({ "input": input })));
            let answers = join_all(race).await;
            let (made, refused): (Vec<_>, Vec<_>) =
                answers.iter().partition(|answer| answer["payload"]["district"].is_object());
            assert_eq!((made.len(), refused.len()), (1, RUNNERS - 1));
            let told = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
                "path": ["input", "slug"], "existing": made[0]["payload"]["district"] }]);
            assert!(refused.iter().all(|answer| answer["payload"]["userErrors"] == told));
        }
    }
}
