//! Imports of lines: what is written, what is refused, and what is told of either.

use pathbridge::bulk::file::Part;
use serde_json::json;

use super::world::{World, counts, keyed, ndjson, refusal, student, students};
use crate::{changes::story::waiting, support::both};

both! {
    async fn lines_become_rows(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(1_203);
        let job = world.import(&file, &json!({ "clientReference": "nightly" })).await;
        assert_eq!(job["state"], "COMPLETED", "{job:#}");
        assert_eq!(counts(&job), "processed 1203, total 1203, created 1203");
        assert_eq!(job["clientReference"], "nightly");
        assert_eq!(job["uploadUrl"], json!(null));
        assert!(job["resultUrl"].as_str().unwrap().ends_with(job["id"].as_str().unwrap()));
        assert_eq!(job["rejectedUrl"], json!(null));
        assert!(job["startedAt"].is_string() && job["completedAt"].is_string());
        assert_eq!(world.count("students").await, 1_203);
        let id = job["id"].as_str().unwrap();
        let result = world.result(id).await;
        assert_eq!(result.len(), 1_203);
        for (at, line) in result.iter().enumerate() {
            assert_eq!(line["line"], json!(at + 1));
            assert_eq!((&line["outcome"], &line["userErrors"]), (&json!("CREATED"), &json!([])));
            assert!(line["id"].as_str().unwrap().starts_with("student_"));
        }
        assert_eq!(world.file(id, Part::Upload).await, "", "what was sent is needed no more");
        let size = world.file(id, Part::Result).await.len();
        assert_eq!(job["resultBytes"], json!(size.to_string()));
    }

    async fn the_same_file_again_writes_nothing(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(30);
        world.import(&file, &json!({})).await;
        let before = waiting(&app, 0).await;
        let job = world.import(&file, &json!({})).await;
        assert_eq!(counts(&job), "processed 30, total 30, unchanged 30");
        let after = waiting(&app, before.last().unwrap().seq).await;
        assert!(after.iter().all(|change| change.kind == "job"), "the job alone has changed");
        let steps: Vec<_> = after.iter().map(|change| change.version).collect();
        assert_eq!(steps, [1, 2, 3, 4], "made, queued, running, completed: progress is not told");
    }

    async fn values_become_rows_as_their_columns_say(app: TestApp) {
        let world = World::new(&app).await;
        let file = "\u{feff}key.externalId.system,key.externalId.value,student.givenName,student.familyName,student.gradeLevel,student.birthDate,expectedVersion\r\n\
                    sis,1,Ada,\"Byron, \"\"the\r\nCountess\"\"\",11,2010-02-03,\r\n\
                    \r\n\
                    sis,2,Bill,Byron,,,\n\
                    sis,3,,Byron,,,\n\
                    sis,4,Clara,Byron\n\
                    sis,5,Dora,Byron,9,tomorrow,\n";
        let job = world.import(file, &json!({ "format": "CSV" })).await;
        assert_eq!(counts(&job), "processed 5, total 5, created 2, rejected 3", "{job:#}");
        let id = job["id"].as_str().unwrap();
        let told: Vec<_> = world.result(id).await.iter().map(|line| line["line"].clone()).collect();
        assert_eq!(told, [2, 5, 6, 7, 8].map(|line| json!(line)));
        let result = world.result(id).await;
        assert_eq!(refusal(&result[2]), "REQUIRED student.givenName");
        assert_eq!(refusal(&result[3]), "INVALID_FORMAT");
        assert_eq!(refusal(&result[4]), "INVALID_FORMAT student.birthDate");
        let again = world.file(id, Part::Rejected).await;
        let (header, lines) = again.split_once('\n').unwrap();
        assert_eq!(format!("{header}\n"), file.split_inclusive('\n').next().unwrap());
        assert_eq!(lines, "sis,3,,Byron,,,\nsis,4,Clara,Byron\nsis,5,Dora,Byron,9,tomorrow,\n");
        let by_key = "query($key: KeyInput!) { studentByKey(key: $key) { familyName gradeLevel } }";
        let key = json!({ "key": { "externalId": { "system": "sis", "value": "1" } } });
        let ada = world.sis.ok(by_key, key.clone()).await["studentByKey"].take();
        assert_eq!(ada, json!({ "familyName": "Byron, \"the\r\nCountess\"", "gradeLevel": "11" }));
        let cleared = "key.externalId.system,key.externalId.value,student.gradeLevel\nsis,1,\\N\n";
        let job = world.import(cleared, &json!({ "format": "CSV" })).await;
        assert_eq!(counts(&job), "processed 1, total 1, updated 1");
        let ada = world.sis.ok(by_key, key).await["studentByKey"].take();
        assert_eq!(ada["gradeLevel"], json!(null));
        // What was refused can be sent again once it is put right.
        let right = again.replace("sis,3,,", "sis,3,Eve,").replace("tomorrow", "2011-01-01");
        let job = world.import(&right, &json!({ "format": "CSV" })).await;
        assert_eq!(counts(&job), "processed 3, total 3, created 2, rejected 1", "{job:#}");
    }

    async fn a_header_that_names_nothing_fails_the_job(app: TestApp) {
        let world = World::new(&app).await;
        let good = "key.externalId.system,key.externalId.value";
        for header in [
            "sis,1,Ada",
            &format!("{good},student.nickname"),
            &format!("{good},student.givenName.first"),
            &format!("{good},student.givenName,student.givenName"),
            "\"",
        ] {
            let job = world.import(&format!("{header}\nx,y,z\n"), &json!({ "format": "CSV" })).await;
            assert_eq!((&job["state"], &job["failure"]), (&json!("FAILED"), &json!("UNREADABLE_FILE")), "{header}: {job:#}");
            assert!(!job["failureMessage"].as_str().unwrap().contains("nickname"), "{job:#}");
        }
        assert_eq!(world.count("students").await, 0);
    }

    async fn a_bad_line_is_refused_and_the_others_go_in(app: TestApp) {
        let world = World::new(&app).await;
        let long = format!("{{\"key\":\"{}\"}}", "x".repeat(1_100_000));
        let mut file = Vec::new();
        let mut line = |bytes: &[u8]| {
            file.extend(bytes);
            file.push(b'\n');
        };
        line(student("1").to_string().as_bytes());
        line(b"not JSON");
        line(b"{\"key\": ");
        line(b"{\"key\": \"\xff\"}");
        line(long.as_bytes());
        line(b"[]");
        line(b"{}");
        line(br#"{"key":{"id":"a"},"student":{"nickname":"x"}}"#);
        line(br#"{"key":{"id":"school_0"},"student":{}}"#);
        line(br#"{"key":{"externalId":{"system":"","value":"1"}},"student":{"givenName":null,"schoolId":"x"}}"#);
        line(br#"{"key":{"externalId":{"system":"sis","value":"9"}},"student":{"givenName":" ","familyName":"B"}}"#);
        line(b"  ");
        line(student("2").to_string().as_bytes());
        let id = world.queued(&file, &json!({})).await;
        world.work().await;
        let job = world.job(&id).await;
        assert_eq!(job["state"], "COMPLETED");
        assert_eq!(counts(&job), "processed 12, total 12, created 2, rejected 10");
        let result = world.result(&id).await;
        let refused: Vec<_> = result
            .iter()
            .filter(|line| line["outcome"] == "REJECTED")
            .map(|line| format!("{} {}", line["line"], refusal(line)))
            .collect();
        assert_eq!(refused, [
            "2 INVALID_FORMAT",
            "3 INVALID_FORMAT",
            "4 INVALID_FORMAT",
            "5 TOO_LONG",
            "6 INVALID_FORMAT",
            "7 REQUIRED key",
            "8 INVALID_FORMAT student",
            "9 INVALID_FORMAT key.id",
            "10 REQUIRED key.externalId.system",
            "11 REQUIRED student.givenName",
        ]);
        assert!(result.iter().all(|line| !line.to_string().contains("nickname\":")));
    }

    async fn a_key_that_comes_again_is_a_later_word_on_its_row(app: TestApp) {
        let world = World::new(&app).await;
        let later = keyed("student", "1", &json!({ "givenName": "Augusta" }));
        let job = world.import(&ndjson(&[student("1"), student("2"), later]), &json!({})).await;
        assert_eq!(counts(&job), "processed 3, total 3, created 2, updated 1");
    }

    async fn rows_that_cannot_both_be_are_told_apart(app: TestApp) {
        let world = World::new(&app).await;
        world.import(&ndjson(&[student("1")]), &json!({})).await;
        let guardian = keyed("guardian", "g", &json!({ "givenName": "Anne", "familyName": "Byron" }));
        let more = json!({ "type": "GUARDIAN" });
        let job = world.import(&ndjson(&[guardian]), &more).await;
        let anne = world.result(job["id"].as_str().unwrap()).await[0]["id"].clone();
        let ids = world.sis.ok("{ students(first: 1) { nodes { id } } }", json!({})).await;
        let ada = ids["students"]["nodes"][0]["id"].clone();
        let tie = |key: &str| keyed("guardianship", key, &json!({
            "studentId": ada, "guardianId": anne, "relationship": "PARENT" }));
        let more = json!({ "type": "GUARDIANSHIP" });
        let job = world.import(&ndjson(&[tie("a"), tie("b")]), &more).await;
        assert_eq!(job["state"], "COMPLETED", "{job:#}");
        assert_eq!(counts(&job), "processed 2, total 2, created 1, rejected 1");
    }
}
