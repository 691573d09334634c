//! Files on their way in: in one piece, in many, again, and not at all.

use axum::{
    body::Body,
    http::{Method, Request},
};
use chrono::TimeDelta;
use pathbridge::{
    auth::{Scope, Scopes, Tenant},
    bulk::file::PIECE,
    typeid,
};
use serde_json::json;

use super::world::{World, counts, create, sha256, students};
use crate::support::{Raw, both};

fn offset(answer: &Raw) -> &str {
    answer.headers["upload-offset"].to_str().unwrap()
}

both! {
    async fn pieces_make_the_file_whatever_comes_again(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(9_000);
        let (bytes, size) = (file.as_bytes(), file.len());
        assert!(size > PIECE + 300_000);
        let id = world.waiting(bytes, &json!({})).await;
        let look = world.send(Method::HEAD, &id, &world.sis, &[], "").await;
        assert_eq!((look.status.as_u16(), offset(&look)), (200, "0"));
        assert!(!look.headers.contains_key("range"));
        for (start, end) in [(0, 10), (10, 300_000), (5, 200), (299_999, PIECE + 100_000)] {
            let range = format!("bytes {start}-{}/{size}", end - 1);
            let sent = world.put_range(&id, &range, &bytes[start..end]).await;
            assert_eq!(sent.status, 202, "{}", sent.text);
        }
        let has = PIECE + 100_000;
        let look = world.send(Method::GET, &id, &world.sis, &[], "").await;
        assert_eq!(look.status, 202);
        assert_eq!(look.json(), json!({ "id": id, "state": "WAITING_FOR_FILE",
            "receivedBytes": has, "sizeBytes": size }));
        assert_eq!(look.headers["range"], format!("bytes=0-{}", has - 1));
        let range = format!("bytes {}-{}/{size}", has + 1, size - 1);
        let hole = world.put_range(&id, &range, &bytes[has + 1..]).await;
        assert_eq!(hole.refusal(), (416, "BAD_USER_INPUT".to_owned()));
        assert_eq!(offset(&hole), has.to_string());
        assert_eq!(hole.headers["range"], format!("bytes=0-{}", has - 1));
        let last = format!("bytes {has}-{}/{size}", size - 1);
        let sent = world.put_range(&id, &last, &bytes[has..]).await;
        assert_eq!((sent.status.as_u16(), &sent.json()["state"]), (200, &json!("QUEUED")), "{}", sent.text);
        let again = world.put_range(&id, &last, &bytes[has..]).await;
        assert_eq!((again.status.as_u16(), &again.json()["state"]), (200, &json!("QUEUED")));
        world.work().await;
        let job = world.job(&id).await;
        assert_eq!(counts(&job), "processed 9000, total 9000, created 9000");
        let late = world.put(&id, bytes).await;
        assert_eq!((late.status.as_u16(), &late.json()["state"]), (200, &json!("COMPLETED")));
    }

    async fn a_wrong_checksum_discards_the_file(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(3);
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        let other = file.replace("Ada", "Eve");
        let sent = world.put(&id, other.as_bytes()).await;
        assert_eq!(sent.refusal(), (422, "BAD_USER_INPUT".to_owned()));
        assert!(sent.text.contains("SHA-256") && !sent.text.contains("Eve"), "{}", sent.text);
        assert_eq!(offset(&sent), "0");
        let job = world.job(&id).await;
        assert_eq!(job["state"], "WAITING_FOR_FILE");
        assert_eq!(world.put(&id, file.as_bytes()).await.json()["state"], "QUEUED");
    }

    async fn a_request_that_contradicts_itself_is_refused(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(3);
        let (bytes, size) = (file.as_bytes(), file.len());
        let id = world.waiting(bytes, &json!({})).await;
        let refused = |answer: Raw| answer.refusal();
        let code = "BAD_USER_INPUT".to_owned();
        let length = (size - 1).to_string();
        let short = [("content-length", length.as_str())];
        let answer = world.send(Method::PUT, &id, &world.sis, &short, bytes[1..].to_vec()).await;
        assert_eq!(refused(answer), (422, code.clone()));
        let ranges = [
            ("bytes 0-9".to_owned(), 10),
            (format!("bytes 0-9/{}", size + 1), 10),
            (format!("bytes 0-{size}/{size}"), size),
            (format!("bytes 9-0/{size}"), 10),
            (format!("bytes 0-9/{size}"), 9),
            (format!("bytes 0-9/{size}"), 11),
            ("octets 0-9/10".to_owned(), 10),
        ];
        for (range, length) in ranges {
            let answer = world.put_range(&id, &range, &bytes[..length.min(size)]).await;
            assert_eq!(refused(answer), (400, code.clone()), "{range} with {length}");
        }
        // Without a length in front the bytes are counted as they come.
        for (count, expected) in [(size + 1, 400), (size - 1, 400)] {
            let chunk = bytes.iter().copied().chain([b' ']).take(count).collect::<Vec<_>>();
            let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(chunk)]);
            let answer = world.send(Method::PUT, &id, &world.sis, &[], Body::from_stream(stream)).await;
            assert_eq!(refused(answer), (expected, code.clone()), "{count} of {size}");
        }
        let zipped = [("content-encoding", "gzip")];
        let answer = world.send(Method::PUT, &id, &world.sis, &zipped, bytes.to_vec()).await;
        assert_eq!(refused(answer), (415, code.clone()));
        let answer = world.send(Method::POST, &id, &world.sis, &[], "").await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.headers["allow"], "PUT, GET, HEAD");
        let answer = world.put_range(&id, &format!("bytes */{size}"), b"").await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        let broken = futures_util::stream::iter([
            Ok(bytes[..4].to_vec()),
            Err(std::io::Error::other("the line is dead")),
        ]);
        let answer = world.send(Method::PUT, &id, &world.sis, &[], Body::from_stream(broken)).await;
        assert_eq!(refused(answer), (400, code));
        assert_eq!(world.put(&id, bytes).await.json()["state"], "QUEUED");
    }

    async fn only_the_client_of_a_job_gets_at_its_file(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(1);
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        let others = [
            world.other(Scopes::all()).await,
            app.client(Tenant::Platform).await,
            app.client(Tenant::District(app.district("birch").await)).await,
        ];
        for other in &others {
            for method in [Method::PUT, Method::GET, Method::HEAD] {
                let answer = world.send(method.clone(), &id, other, &[], file.clone()).await;
                assert_eq!(answer.status, 404, "{method}");
            }
        }
        for unknown in ["x", "student_0", &typeid::with_prefix("job", uuid::Uuid::nil())] {
            let answer = world.send(Method::GET, unknown, &world.sis, &[], "").await;
            assert_eq!(answer.refusal(), (404, "NOT_FOUND".to_owned()), "{unknown}");
        }
        let weak = app.client_with(world.sis.caller.tenant, Scopes::from_iter([Scope::StudentsWrite]));
        let answer = world.send(Method::PUT, &id, &weak.await, &[], file.clone()).await;
        assert_eq!(answer.refusal(), (403, "FORBIDDEN".to_owned()));
        let nobody = Request::put(format!("/bulk/uploads/{id}")).body(Body::empty()).unwrap();
        let answer = app.send(nobody).await;
        assert_eq!(answer.refusal(), (401, "UNAUTHENTICATED".to_owned()));
        assert!(answer.headers.contains_key("www-authenticate"));
        let document = "query($id: ID!) { job(id: $id) { id } }";
        assert!(others[0].ok(document, json!({ "id": id })).await["job"].is_null());
        assert_eq!(others[1].ok(document, json!({ "id": id })).await["job"]["id"], json!(id));
    }

    async fn a_job_that_ended_takes_no_file(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(1);
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        let cancel = "mutation($id: ID!) { jobCancel(id: $id) { job { state } } }";
        world.sis.ok(cancel, json!({ "id": id })).await;
        let answer = world.put(&id, file.as_bytes()).await;
        assert_eq!(answer.refusal(), (409, "BAD_USER_INPUT".to_owned()));
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        app.clock.advance(TimeDelta::hours(24));
        world.work().await;
        let sis = app.renewed(&world.sis).await;
        let answer = world.send(Method::PUT, &id, &sis, &[], file.clone()).await;
        assert_eq!(answer.status, 409);
    }

    async fn what_cannot_be_imported_is_said_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let all = world.create(b"", &json!({ "sha256": "x", "deleteMissing": { "maxFraction": 2 },
            "type": "PLACEMENT" })).await;
        let told: Vec<_> = all["userErrors"].as_array().unwrap().iter()
            .map(|error| error["path"].as_array().unwrap().last().unwrap().as_str().unwrap()).collect();
        assert_eq!(told, ["sizeBytes", "sha256", "maxFraction", "deleteMissing"]);
        let long = "r".repeat(256);
        let payload = world.create(b"x", &json!({ "clientReference": long })).await;
        assert_eq!(payload["userErrors"][0]["code"], "TOO_LONG");
        let large = json!({ "sizeBytes": (2_i64 * 1024 * 1024 * 1024 + 1).to_string() });
        let payload = world.create(b"x", &large).await;
        assert_eq!(payload["userErrors"][0]["code"], "OUT_OF_RANGE");
        let weak = world.other(Scopes::from_iter([Scope::BulkManage, Scope::RosterWrite])).await;
        let payload = create(&weak, b"x", &json!({})).await;
        assert_eq!(payload["userErrors"][0]["__typename"], "PermissionError");
        assert_eq!(payload["userErrors"][0]["path"], json!(["input", "type"]));
        let portal = app.client(Tenant::Partner(app.partner("Mercy").await)).await;
        let payload = create(&portal, b"x", &json!({ "type": "PARTNER" })).await;
        assert_eq!(payload["userErrors"], json!([]));
        let operator = app.client(Tenant::Platform).await;
        let input = json!({ "input": { "type": "STUDENT", "format": "CSV", "sizeBytes": "1",
            "sha256": sha256(b"x") } });
        let document = "mutation($input: BulkImportCreateInput!) {
            bulkImportCreate(input: $input) { job { id } userErrors { code } } }";
        assert_eq!(operator.gql(document, input).await.codes(), ["BAD_USER_INPUT"]);
        let more = json!({ "districtId": typeid::encode(world.district) });
        let payload = create(&operator, b"x", &more).await;
        assert_eq!(payload["userErrors"], json!([]));
    }

    async fn ten_jobs_are_enough(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(1);
        let mut ids = Vec::new();
        for _ in 0..10 {
            ids.push(world.waiting(file.as_bytes(), &json!({})).await);
        }
        let refused = world.create(file.as_bytes(), &json!({})).await;
        assert_eq!(refused["userErrors"][0]["code"], "LIMIT_EXCEEDED");
        let other = create(&world.other(Scopes::all()).await, file.as_bytes(), &json!({})).await;
        assert_eq!(other["userErrors"], json!([]), "another client has jobs of its own");
        world.put(&ids[0], file.as_bytes()).await;
        world.work().await;
        world.waiting(file.as_bytes(), &json!({})).await;
    }
}
