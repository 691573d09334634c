//! Imports that are one transaction, dry runs, and rows that a file leaves out.

use pathbridge::bulk::file::Part;
use serde_json::{Value as Json, json};

use super::world::{World, counts, keyed, ndjson, student, students};
use crate::{changes::story::waiting, support::both};

fn outcomes(result: &[Json]) -> Vec<&str> {
    result.iter().map(|line| line["outcome"].as_str().unwrap()).collect()
}

both! {
    async fn all_or_nothing_writes_all(app: TestApp) {
        let world = World::new(&app).await;
        let all = json!({ "errorPolicy": "REJECT_ALL" });
        let job = world.import(&students(700), &all).await;
        assert_eq!(job["state"], "COMPLETED", "{job:#}");
        assert_eq!(counts(&job), "processed 700, total 700, created 700");
        assert_eq!(world.count("students").await, 700);
        assert_eq!(world.result(job["id"].as_str().unwrap()).await.len(), 700);
        let changes = waiting(&app, 0).await;
        let rows = changes.iter().filter(|change| change.kind == "student");
        let transactions: std::collections::BTreeSet<_> = rows.map(|row| row.transaction_id).collect();
        assert_eq!(transactions.len(), 1);
    }

    async fn all_or_nothing_writes_nothing(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&ndjson(&[student("s0")]), &json!({})).await;
        let before = waiting(&app, 0).await.last().unwrap().seq;
        let bad = keyed("student", "bad", &json!({ "givenName": "Eve" }));
        let file = students(600) + &ndjson(&[bad.clone(), student("last")]);
        let all = json!({ "errorPolicy": "REJECT_ALL" });
        let job = world.import(&file, &all).await;
        assert_eq!((&job["state"], &job["failure"]), (&json!("FAILED"), &json!("ROWS_REJECTED")));
        assert_eq!(counts(&job), "processed 602, total 602, rejected 1, notWritten 601");
        assert_eq!(world.count("students").await, 1);
        let changes = waiting(&app, before).await;
        assert!(changes.iter().all(|change| change.kind == "job"));
        let id = job["id"].as_str().unwrap();
        let result = world.result(id).await;
        assert!(result[0]["id"].is_string() && result[1]["id"].is_null(), "{:#}", result[1]);
        let told = outcomes(&result);
        assert_eq!(told.iter().filter(|outcome| **outcome == "NOT_WRITTEN").count(), 601);
        assert_eq!(told[600], "REJECTED");
        assert_eq!(world.file(id, Part::Rejected).await, format!("{bad}\n"));
        assert!(job["rejectedUrl"].as_str().unwrap().ends_with("/rejected"));
    }

    async fn a_dry_run_tells_what_would_be_and_writes_nothing(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&ndjson(&[student("a"), student("b")]), &json!({})).await;
        let before = waiting(&app, 0).await.last().unwrap().seq;
        let file = ndjson(&[
            student("a"),
            keyed("student", "b", &json!({ "givenName": "Bea" })),
            student("c"),
            keyed("student", "d", &json!({})),
        ]);
        let job = world.import(&file, &json!({ "isDryRun": true })).await;
        assert_eq!(job["state"], "COMPLETED", "{job:#}");
        let expected = "processed 4, total 4, created 1, updated 1, unchanged 1, rejected 1";
        assert_eq!(counts(&job), expected);
        let result = world.result(job["id"].as_str().unwrap()).await;
        assert_eq!(outcomes(&result), ["UNCHANGED", "UPDATED", "CREATED", "REJECTED"]);
        assert!(result[1]["id"].is_string() && result[2]["id"].is_null());
        assert_eq!(world.count("students").await, 2);
        let changes = waiting(&app, before).await;
        assert!(changes.iter().all(|change| change.kind == "job"));
    }

    async fn what_the_file_leaves_out_is_marked(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&students(20), &json!({})).await;
        let by_others = json!([{ "key": { "externalId": { "system": "hr", "value": "x" } },
            "student": { "givenName": "Zoe", "familyName": "Z" } }]);
        world.import(&ndjson(by_others.as_array().unwrap()), &json!({})).await;
        let share = |share: f64| json!({ "deleteMissing": { "maxFraction": share } });
        let file = students(18);
        for (share, dry) in [(0.1, true), (0.1, false)] {
            let mut more = json!({ "deleteMissing": { "maxFraction": share }, "isDryRun": dry });
            more["clientReference"] = json!("roster");
            let job = world.import(&file, &more).await;
            assert_eq!(job["state"], "COMPLETED", "{job:#}");
            assert_eq!(counts(&job), "processed 18, total 18, unchanged 18, retired 2");
            let result = world.result(job["id"].as_str().unwrap()).await;
            assert_eq!(outcomes(&result)[18..], ["RETIRED", "RETIRED"]);
            assert!(result[18]["line"].is_null() && result[18]["id"].is_string());
            let inactive = "{ students(first: 250, where: { status: { eq: INACTIVE } }) {
                nodes { familyName } } }";
            let gone = world.sis.ok(inactive, json!({})).await["students"]["nodes"].take();
            let names: Vec<_> = gone.as_array().unwrap().iter().map(|row| &row["familyName"]).collect();
            let expected: &[&str] = if dry { &[] } else { &["Byron s18", "Byron s19"] };
            assert_eq!(json!(names), json!(expected));
        }
        let job = world.import(&students(16), &share(0.1)).await;
        assert_eq!((&job["state"], &job["failure"]), (&json!("FAILED"), &json!("TOO_MANY_MISSING")));
        assert!(job["failureMessage"].as_str().unwrap().contains("2 of 18"), "{job:#}");
        assert_eq!(counts(&job), "processed 16, total 18, unchanged 16".replace("18", "16"));
        // A line of which nobody can tell whose it is may be any of the missing.
        let blind = students(18) + "{}\n";
        let job = world.import(&blind, &share(1.0)).await;
        assert_eq!(job["failure"], "UNREADABLE_FILE", "{job:#}");
        // A row that is refused is there all the same, and so is one that goes by its id.
        let ids = "{ students(first: 1) { nodes { id } } }";
        let first = world.sis.ok(ids, json!({})).await["students"]["nodes"][0]["id"].clone();
        let rows: Vec<_> = (1..18).map(|at| student(&format!("s{at}"))).collect();
        let rest = [
            keyed("student", "s1", &json!({ "givenName": " " })),
            json!({ "key": { "id": first }, "student": {} }),
        ];
        let job = world.import(&(ndjson(&rows[1..]) + &ndjson(&rest)), &share(0.0)).await;
        assert_eq!(job["state"], "COMPLETED", "{job:#}");
        assert_eq!(counts(&job), "processed 18, total 18, unchanged 17, rejected 1");
    }

    async fn a_row_with_a_new_key_is_not_missing(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&students(2), &json!({})).await;
        let mut renamed = student("s1");
        renamed["newExternalId"] = json!({ "system": "sis", "value": "n1" });
        let more = json!({ "deleteMissing": { "maxFraction": 0 } });
        for expected in ["updated 1, unchanged 1", "unchanged 2"] {
            let job = world.import(&ndjson(&[student("s0"), renamed.clone()]), &more).await;
            assert_eq!(counts(&job), format!("processed 2, total 2, {expected}"), "{job:#}");
        }
    }

    async fn all_or_nothing_marks_nothing_when_too_much_is_missing(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&students(10), &json!({})).await;
        let more = json!({ "errorPolicy": "REJECT_ALL", "deleteMissing": {} });
        let file = ndjson(&[student("s0"), student("new")]);
        let job = world.import(&file, &more).await;
        assert_eq!(job["failure"], "TOO_MANY_MISSING", "{job:#}");
        assert_eq!(counts(&job), "processed 2, total 2, notWritten 2");
        assert_eq!(world.count("students").await, 10);
    }
}
