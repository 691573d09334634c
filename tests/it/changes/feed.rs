//! Pulling changes: their order, who is told of what, and what a cursor is good for.

use chrono::TimeDelta;
use pathbridge::{
    auth::{Scope, Scopes, Tenant},
    changes,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use crate::{
    roster::world::{World, send, update, written},
    support::{Actor, TestApp, both},
};

/// Everything that a page tells.
pub const PAGE: &str =
    "query($after: ChangeCursor, $first: Int!, $types: [EntityType!], $exclude: Boolean! = false) {
  changes(after: $after, first: $first, types: $types, excludeOrigin: $exclude) {
    nextCursor oldestCursor caughtUp lagMs
    nodes {
      cursor type op entityId version changedFields occurredAt transactionId indexInTransaction
      isLastInTransaction origin { clientId requestId } externalIds { system value } node { id }
    }
  }
}";

/// One page.
pub async fn page(actor: &Actor, after: &Json, first: i32) -> Json {
    let variables = json!({ "after": after, "first": first });
    actor.ok(PAGE, variables).await["changes"].take()
}

/// All changes from a place on, in pages of this size, and the place behind them.
pub async fn all(actor: &Actor, mut after: Json, first: i32) -> (Vec<Json>, Json) {
    let mut changes = Vec::new();
    loop {
        let mut page = page(actor, &after, first).await;
        let nodes = page["nodes"].as_array_mut().expect("changes");
        assert!(nodes.len() <= usize::try_from(first).expect("a size"));
        changes.append(nodes);
        after = page["nextCursor"].take();
        if page["caughtUp"] == json!(true) {
            return (changes, after);
        }
    }
}

/// The first code of a refused page.
async fn refusal(actor: &Actor, variables: Json) -> Json {
    let answer = actor.gql(PAGE, variables).await;
    answer.body["errors"][0]["extensions"].clone()
}

async fn sequence(app: &TestApp) -> u64 {
    changes::sequence_now(&app.app).await.expect("a round")
}

/// The client with a token of today.
async fn later(app: &TestApp, world: &World) -> Actor {
    app.client(world.sis.caller.tenant).await
}

fn column(changes: &[Json], name: &str) -> Vec<String> {
    changes.iter().map(|change| change[name].as_str().expect(name).to_owned()).collect()
}

both! {
    async fn pages_of_any_size_tell_the_same_changes_in_one_order(app: TestApp) {
        let world = World::new(&app, "north").await;
        for title in ["One", "Two", "Three"] {
            update(&world.sis, "course", &format!("id: \"{}\"", world.ids.course), &json!({ "title": title })).await;
        }
        assert_eq!(page(&world.sis, &Json::Null, 10).await["nodes"], json!([]), "no numbers yet");
        let moved = sequence(&app).await;
        let (told, end) = all(&world.sis, Json::Null, 1000).await;
        assert_eq!(told.len() as u64, moved);
        for size in [1, 2, 5] {
            assert_eq!(all(&world.sis, Json::Null, size).await.0, told, "pages of {size}");
        }
        let of_course: Vec<_> =
            told.iter().filter(|change| change["entityId"] == json!(world.ids.course)).collect();
        let versions: Vec<_> = of_course.iter().map(|change| change["version"].as_str().unwrap()).collect();
        assert_eq!(versions, ["1", "2", "3", "4"]);
        assert_eq!(of_course[1]["changedFields"], json!(["title"]));
        assert_eq!(of_course[1]["op"], "UPDATED");
        assert_eq!(of_course[1]["node"]["id"], json!(world.ids.course));
        assert_eq!(of_course[1]["externalIds"], json!([{ "system": "sis", "value": "c" }]));
        assert!(of_course[1]["origin"]["clientId"].as_str().unwrap().starts_with("client_"));
        for change in &told {
            let (rest, _) = all(&world.sis, change["cursor"].clone(), 7).await;
            let at = told.iter().position(|one| one["cursor"] == change["cursor"]).unwrap();
            assert_eq!(rest, told[at + 1..], "behind each change come the others");
        }
        let now = world.sis.ok("{ changeCursorNow }", json!({})).await["changeCursorNow"].take();
        assert_eq!(now, end);
    }

    async fn types_and_own_changes_are_left_out_on_demand(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let other = app.client(world.sis.caller.tenant).await;
        send(&other, "student", "b", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        let ask = async |variables: Json| {
            world.sis.ok(PAGE, variables).await["changes"]["nodes"].take()
        };
        let students = ask(json!({ "first": 100, "types": ["STUDENT"] })).await;
        assert_eq!(column(students.as_array().unwrap(), "type"), ["STUDENT", "STUDENT"]);
        let foreign = ask(json!({ "first": 100, "exclude": true })).await;
        assert_eq!(column(foreign.as_array().unwrap(), "type"), ["STUDENT"]);
        assert_eq!(foreign[0]["externalIds"], json!([{ "system": "sis", "value": "b" }]));
        assert_eq!(ask(json!({ "first": 100, "types": [] })).await, json!([]));
    }

    async fn each_tenant_is_told_of_its_own(app: TestApp) {
        let (north, south) = (World::new(&app, "north").await, World::new(&app, "south").await);
        sequence(&app).await;
        let (of_north, _) = all(&north.sis, Json::Null, 3).await;
        let (of_south, _) = all(&south.sis, Json::Null, 3).await;
        assert_eq!(of_north.len(), of_south.len());
        let ids = column(&of_south, "entityId");
        assert!(column(&of_north, "entityId").iter().all(|id| !ids.contains(id)));
        let operator = app.client(Tenant::Platform).await;
        let (of_all, _) = all(&operator, Json::Null, 4).await;
        assert_eq!(of_all.len(), of_north.len() + of_south.len());
        let partner = app.client(Tenant::Partner(app.partner("Mercy").await)).await;
        assert_eq!(all(&partner, Json::Null, 3).await.0, [] as [Json; 0]);
    }

    async fn a_scope_that_is_missing_leaves_out_its_types(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let scopes = Scopes::all().iter().filter(|scope| *scope != Scope::StudentsRead).collect();
        let without = app.client_with(world.sis.caller.tenant, scopes).await;
        let (told, _) = all(&without, Json::Null, 100).await;
        let types = column(&told, "type");
        assert!(types.contains(&"SCHOOL".to_owned()) && !types.contains(&"STUDENT".to_owned()));
        let scopes = Scopes::all().iter().filter(|scope| *scope != Scope::ChangesRead).collect();
        let without = app.client_with(world.sis.caller.tenant, scopes).await;
        assert_eq!(refusal(&without, json!({ "first": 1 })).await["code"], "FORBIDDEN");
    }

    async fn a_deleted_row_is_told_with_the_keys_it_had(app: TestApp) {
        let world = World::new(&app, "north").await;
        let tie = json!({ "studentId": world.ids.student,
            "guardianId": written(&world.sis, "guardian", "h",
                &json!({ "givenName": "Bill", "familyName": "Byron" })).await,
            "relationship": "RELATIVE" });
        let tie = written(&world.sis, "guardianship", "tie", &tie).await;
        send(&world.sis, "guardian", "h", &json!({ "students": [] })).await;
        sequence(&app).await;
        let (told, _) = all(&world.sis, Json::Null, 100).await;
        let of_tie: Vec<_> = told.iter().filter(|change| change["entityId"] == json!(tie)).collect();
        assert_eq!(of_tie.len(), 1, "what is gone is told by its end alone");
        assert_eq!(of_tie[0]["op"], "DELETED");
        assert_eq!(of_tie[0]["version"], "2");
        assert_eq!(of_tie[0]["node"], Json::Null);
        assert_eq!(of_tie[0]["externalIds"], json!([{ "system": "sis", "value": "tie" }]));
    }

    async fn a_cursor_that_cannot_be_used_is_told_apart(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, end) = all(&world.sis, Json::Null, 100).await;
        let ask = async |after: &Json| refusal(&world.sis, json!({ "after": after, "first": 1 })).await;
        let tampered = end.as_str().unwrap().replacen(|letter: char| letter != 'A', "A", 1);
        assert_eq!(ask(&json!(tampered)).await["code"], "CURSOR_INVALID");
        assert_eq!(ask(&json!("")).await["code"], "CURSOR_INVALID");
        let list = "{ students(first: 1) { pageInfo { endCursor } } }";
        let list = world.sis.ok(list, json!({})).await["students"]["pageInfo"]["endCursor"].take();
        assert_eq!(ask(&list).await["code"], "CURSOR_INVALID", "a cursor of a list");
        for first in [0, 1001] {
            let refused = refusal(&world.sis, json!({ "first": first })).await;
            assert_eq!(refused["code"], "PAGE_SIZE_OUT_OF_RANGE");
        }

        app.clock.advance(TimeDelta::days(91));
        send(&later(&app, &world).await, "student", "late", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        changes::forget(&app.app).await.expect("old changes are forgotten");
        let sis = later(&app, &world).await;
        let expired = refusal(&sis, json!({ "after": told[0]["cursor"], "first": 1 })).await;
        assert_eq!(expired["code"], "CURSOR_EXPIRED");
        let (kept, _) = all(&sis, expired["oldestCursor"].clone(), 10).await;
        assert_eq!(column(&kept, "op"), ["CREATED"]);
        assert_eq!(all(&sis, Json::Null, 10).await.0, kept, "the oldest change comes first");
        assert_eq!(all(&sis, end, 10).await.0, kept, "the last place is still known");
    }

    async fn a_database_that_was_set_back_is_told_from_its_cursors(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, end) = all(&world.sis, Json::Null, 100).await;
        let head = told.len();
        let writer = app.app.db.writer();
        for sql in [
            format!("DELETE FROM change_log WHERE change_no = {head}"),
            format!("UPDATE feed_state SET head = {}", head - 1),
        ] {
            writer.execute_unprepared(&sql).await.expect("the database is set back");
        }
        let ask = async |after: &Json| refusal(&world.sis, json!({ "after": after, "first": 1 })).await;
        assert_eq!(ask(&end).await["code"], "CURSOR_EPOCH_MISMATCH", "a place that is not there yet");
        assert_eq!(ask(&told[head - 2]["cursor"]).await, Json::Null, "what was there before is");
        send(&world.sis, "student", "b", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        assert_eq!(ask(&end).await["code"], "CURSOR_EPOCH_MISMATCH", "another change has its number");

        let epoch = match writer.get_database_backend() {
            sea_orm::DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        writer.execute_unprepared(&format!("UPDATE feed_state SET epoch = {epoch}")).await.unwrap();
        assert_eq!(ask(&told[0]["cursor"]).await["code"], "CURSOR_EPOCH_MISMATCH");
    }

    async fn a_page_takes_as_many_statements_whatever_its_size(app: TestApp) {
        let world = World::new(&app, "north").await;
        for number in 0..60 {
            let fields = json!({ "givenName": "Eva", "familyName": format!("Lu {number}") });
            send(&world.sis, "student", &format!("n{number}"), &fields).await;
        }
        sequence(&app).await;
        let count = async |first: i32| {
            let before = app.app.db.statements();
            let told = page(&world.sis, &Json::Null, first).await;
            (told["nodes"].as_array().unwrap().len(), app.app.db.statements() - before)
        };
        let (few, of_few) = count(20).await;
        let (many, of_many) = count(60).await;
        assert!(few < many);
        assert_eq!(of_few, of_many);
    }
}
