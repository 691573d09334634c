//! An export and the log of changes: together they are an exact copy, whatever happens meanwhile.

use std::collections::BTreeMap;

use entity::change_log::{Column, Entity};
use pathbridge::{
    auth::Tenant,
    bulk::export::{Begun, Sink, run},
    changes::{self, Cursor},
    error::Result,
    typeid,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};

use super::exported::{File, Memory, api, export, ndjson, versions};
use crate::{
    changes::{feed::all, town::Town},
    roster::world::{World, send, update},
    support::{Actor, TestApp, both},
};

/// The versions of students that the log tells up to a place.
#[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
async fn logged(app: &TestApp, cursor: &Json) -> BTreeMap<String, i64> {
    let key = app.app.keys.cursor();
    let cursor = Cursor::open(key, cursor.as_str().expect("a cursor")).expect("a cursor of ours");
    let up_to = Entity::find()
        .filter(Column::ChangeNo.lte(cursor.change_no))
        .filter(Column::Kind.eq("student"));
    let mut versions = BTreeMap::new();
    for change in up_to.all(app.app.db.writer()).await.expect("the log") {
        let id = typeid::with_prefix(&change.kind, change.entity_id);
        let known = versions.entry(id).or_insert(change.version);
        *known = change.version.max(*known);
    }
    versions
}

/// Writes new students and changes old ones, one after the other.
async fn write(sis: &Actor, writer: usize, times: usize) {
    for turn in 0..times {
        let fields = json!({ "givenName": format!("Eva {turn}"), "familyName": "Lu" });
        let key = format!("{writer}-{}", turn / 3);
        assert_eq!(send(sis, "student", &key, &fields).await["userErrors"], json!([]));
    }
}

/// What a client has after it has applied these changes to what it had; none may tell what it has.
fn applied(mut copy: BTreeMap<String, i64>, changes: &[Json]) -> BTreeMap<String, i64> {
    for change in changes {
        let id = change["entityId"].as_str().expect("an id").to_owned();
        let version: i64 =
            change["version"].as_str().expect("a version").parse().expect("a number");
        let op = change["op"].as_str().expect("an op");
        let had = copy.get(&id).copied();
        match op {
            "DELETED" | "HIDDEN" => drop(copy.remove(&id)),
            "VISIBLE" => drop(copy.insert(id, version.max(had.unwrap_or(0)))),
            _ => {
                assert!(had.is_none_or(|had| had < version), "{op} {id} {version}: had {had:?}");
                copy.insert(id, version);
            }
        }
    }
    copy
}

/// All that a partner sees which has versions.
const PARTNERS_VIEW: &str = "{
  districts { nodes { id version } } students { nodes { id version } } staff { nodes { id version } }
  partners { nodes { id version } } partnerContacts { nodes { id version } }
  opportunities { nodes { id version } } affiliationAgreements { nodes { id version } }
  placements { nodes { id version } } }";

const STUDENTS: &str = "{ students { nodes { id version givenName } } }";

/// A file beside which somebody writes once the state is there.
struct Meddling<'a> {
    memory: Memory,
    world: &'a World,
}

impl Sink for Meddling<'_> {
    async fn begin(&mut self, begun: &Begun) -> Result<()> {
        let sis = &self.world.sis;
        send(sis, "student", "new", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        let id = format!("id: \"{}\"", self.world.ids.student);
        update(sis, "student", &id, &json!({ "givenName": "Augusta" })).await;
        self.memory.begin(begun).await
    }

    async fn put(&mut self, bytes: Vec<u8>, nodes: u64) -> Result<()> {
        self.memory.put(bytes, nodes).await
    }
}

both! {
    async fn what_is_written_after_the_state_is_told_by_the_log_and_not_in_the_file(app: TestApp) {
        let world = World::new(&app, "north").await;
        let mut sink = Meddling { memory: Memory::default(), world: &world };
        let made = run(&app.app, &api(), &world.sis.caller, &ndjson(STUDENTS), &mut sink).await.expect("an export");
        let file = File { memory: sink.memory, made };
        let nodes = file.nodes();
        assert_eq!(nodes.len(), 1);
        assert_eq!((&nodes[0]["givenName"], &nodes[0]["version"]), (&json!("Ada"), &json!("1")));
        assert_eq!(file.memory.begun.as_ref().map(|begun| begun.total), Some(1));

        changes::sequence_now(&app.app).await.expect("a round");
        let (told, _) = all(&world.sis, file.cursor(), 10).await;
        let told: Vec<_> = told.iter().map(|change| [&change["op"], &change["type"], &change["version"]]).collect();
        assert_eq!(told, [
            [&json!("CREATED"), &json!("STUDENT"), &json!("1")],
            [&json!("UPDATED"), &json!("STUDENT"), &json!("2")],
        ]);
    }

    async fn a_state_is_that_of_its_place_while_many_write(app: TestApp) {
        let world = World::new(&app, "north").await;
        let worker = tokio::spawn(changes::run(app.app.clone()));
        let mut files = Vec::new();
        let writers = (0..6).map(|writer| {
            let sis = world.sis.clone();
            tokio::spawn(async move { write(&sis, writer, 60).await })
        });
        let writers: Vec<_> = writers.collect();
        while !writers.iter().all(tokio::task::JoinHandle::is_finished) || files.is_empty() {
            files.push(export(&app, &world.sis, &ndjson(STUDENTS)).await);
        }
        for writer in writers {
            writer.await.expect("all is written");
        }
        for file in &files {
            assert_eq!(versions(&file.nodes()), logged(&app, &file.cursor()).await);
        }
        changes::sequence_now(&app.app).await.expect("a round");
        let now = versions(&export(&app, &world.sis, &ndjson(STUDENTS)).await.nodes());
        assert_eq!(now.len(), 6 * 20 + 1);
        for file in &files {
            let (told, _) = all(&world.sis, file.cursor(), 100).await;
            let told: Vec<_> = told.into_iter().filter(|change| change["type"] == json!("STUDENT")).collect();
            assert_eq!(applied(versions(&file.nodes()), &told), now);
        }
        app.app.lifetime.stop();
        worker.await.expect("it ends well");
    }

    async fn a_partner_has_an_exact_copy_though_agreements_come_and_go(app: TestApp) {
        let mut town = Town::new(&app, 11).await;
        let worker = tokio::spawn(changes::run(app.app.clone()));
        for _ in 0..60 {
            town.happen().await;
        }
        let partners: Vec<_> = town.partners.iter().map(|id| typeid::decode(id).expect("a partner")).collect();
        let mut files = Vec::new();
        for _ in 0..12 {
            let copies = async {
                let mut copies = Vec::new();
                for partner in &partners {
                    let actor = app.client(Tenant::Partner(*partner)).await;
                    copies.push(export(&app, &actor, &ndjson(PARTNERS_VIEW)).await);
                }
                copies
            };
            let happens = async {
                for _ in 0..6 {
                    town.happen().await;
                }
            };
            files.push(tokio::join!(copies, happens).0);
        }
        changes::sequence_now(&app.app).await.expect("a round");
        let mut hidden = 0;
        for (at, partner) in partners.iter().enumerate() {
            let actor = app.client(Tenant::Partner(*partner)).await;
            let now = versions(&export(&app, &actor, &ndjson(PARTNERS_VIEW)).await.nodes());
            for files in &files {
                let had = versions(&files[at].nodes());
                let (told, _) = all(&actor, files[at].cursor(), 100).await;
                let gone = |change: &&Json| change["op"] == json!("HIDDEN") && had.contains_key(change["entityId"].as_str().unwrap_or_default());
                hidden += told.iter().filter(gone).count();
                assert_eq!(applied(had.clone(), &told), now);
            }
        }
        assert!(hidden > 0, "something left the view of a partner");
        app.app.lifetime.stop();
        worker.await.expect("it ends well");
    }
}
