//! A district whose system is told of changes, and a worker that runs when it is told to.

use std::{io, net::IpAddr, time::Duration};

use chrono::TimeDelta;
use entity::id::DistrictId;
use futures_util::future::BoxFuture;
use pathbridge::{
    auth::{Keys, Tenant},
    changes,
    webhooks::{
        target::{Guard, Lookup, Reach},
        worker::{self, Post},
    },
};
use serde_json::{Value as Json, json};

use super::receiver::{Got, Receiver};
use crate::support::{Actor, TestApp};

/// How long a receiver may take in these tests.
pub const PATIENCE: Duration = Duration::from_millis(400);

/// Names lead where the test wants them to.
#[derive(Clone, Copy)]
pub struct Names(pub &'static [(&'static str, &'static [&'static str])]);

impl Lookup for Names {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        let addresses = found.map(|(_, addresses)| {
            addresses.iter().map(|address| address.parse().expect("an address")).collect()
        });
        Box::pin(std::future::ready(addresses.ok_or_else(|| io::ErrorKind::NotFound.into())))
    }
}

/// An endpoint that was set up, and its secret.
#[derive(Debug, Clone)]
pub struct Endpoint {
    pub id: String,
    pub secret: String,
    pub cursor: String,
}

/// The district, its system, and the worker's client.
pub struct World {
    pub app: TestApp,
    pub district: DistrictId,
    pub actor: Actor,
    pub post: Post,
}

impl World {
    /// A district in development: receivers on this machine are allowed.
    pub async fn new(app: TestApp) -> Self {
        let keys = Keys::ephemeral(&app.clock.clock()).expect("keys");
        Self::with(app, keys).await
    }

    /// The same with these keys.
    pub async fn with(app: TestApp, keys: Keys) -> Self {
        let app = app.with(|config| config.webhooks_loopback = true, keys);
        let district = app.district("north").await;
        let actor = app.client(Tenant::District(district)).await;
        let post = Post::new(Guard::new(Names(&[]), Reach::Loopback), PATIENCE).expect("a client");
        Self { app, district, actor, post }
    }

    /// Sets an endpoint up that is told of students.
    pub async fn endpoint(&self, receiver: &Receiver) -> Endpoint {
        self.endpoint_with(json!({ "url": receiver.url, "types": ["STUDENT"] })).await
    }

    pub async fn endpoint_with(&self, input: Json) -> Endpoint {
        let document = "mutation($input: WebhookEndpointCreateInput!) {
            webhookEndpointCreate(input: $input) {
                webhookEndpoint { id cursor } secret userErrors { code message path }
            }
        }";
        let made = self.actor.ok(document, json!({ "input": input })).await;
        let made = &made["webhookEndpointCreate"];
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let text = |path: &str| made.pointer(path).and_then(Json::as_str).expect("text").to_owned();
        Endpoint {
            id: text("/webhookEndpoint/id"),
            secret: text("/secret"),
            cursor: text("/webhookEndpoint/cursor"),
        }
    }

    /// Writes students of these keys, one batch, and gives their ids.
    pub async fn students(&self, keys: &[&str], family_name: &str) -> Vec<String> {
        let row = |key: &&str| {
            json!({ "key": { "externalId": { "system": "sis", "value": key } },
                "student": { "givenName": "Ada", "familyName": family_name } })
        };
        let input: Vec<_> = keys.iter().map(row).collect();
        let document = "mutation($input: [StudentUpsertInput!]!) {
            studentBulkUpsert(input: $input) { results { student { id } userErrors { message } } }
        }";
        let written = self.actor.ok(document, json!({ "input": input })).await;
        let results = written["studentBulkUpsert"]["results"].as_array().expect("results").clone();
        let id = |result: &Json| result["student"]["id"].as_str().expect("an id").to_owned();
        results.iter().map(id).collect()
    }

    pub async fn student(&self, key: &str, family_name: &str) -> String {
        self.students(&[key], family_name).await.remove(0)
    }

    /// Changes are numbered and the worker has its turn; tells how many attempts it made.
    pub async fn turn(&self) -> u64 {
        changes::sequence_now(&self.app.app).await.expect("changes are numbered");
        worker::round(&self.app.app, &self.post).await.expect("a round of the worker")
    }

    /// Lets time pass, and with it what only comes with time.
    pub async fn later(&self, by: TimeDelta) -> u64 {
        self.app.clock.advance(by);
        self.turn().await
    }

    /// The deliveries that fit, the oldest first, as a client sees them.
    pub async fn deliveries(&self, filter: Json) -> Vec<Json> {
        // A token lives for ten minutes, and these tests for days.
        let actor = self.app.client(Tenant::District(self.district)).await;
        let document = "query($where: WebhookDeliveryWhere) {
            webhookDeliveries(first: 100, where: $where) { nodes {
                id type entityId state attempts nextAttemptAt lastStatus lastError lastAnswer
                finishedAt body endpoint { id state disabledReason failingSince }
            } }
        }";
        let found = actor.ok(document, json!({ "where": filter })).await;
        found["webhookDeliveries"]["nodes"].as_array().expect("a list").clone()
    }

    /// Performs a mutation on one object, which must succeed, by a client with a token of now.
    pub async fn act(&self, mutation: &str, object: &str, variables: Json) -> Json {
        let answer = self.try_act(mutation, object, variables).await;
        assert_eq!(answer["userErrors"], json!([]), "{mutation}: {answer}");
        answer
    }

    /// The same with whatever comes of it.
    pub async fn try_act(&self, mutation: &str, object: &str, variables: Json) -> Json {
        let actor = self.app.client(Tenant::District(self.district)).await;
        act_as(&actor, mutation, object, variables).await
    }
}

/// Performs a mutation as somebody.
pub async fn act_as(actor: &Actor, mutation: &str, object: &str, variables: Json) -> Json {
    let types = [
        ("id", "ID!"),
        ("ids", "[ID!]!"),
        ("endpointId", "ID!"),
        ("fromCursor", "ChangeCursor!"),
        ("overlapHours", "Int!"),
        ("expectedVersion", "Long"),
        ("input", "WebhookEndpointUpdateInput!"),
    ];
    let given = variables.as_object().expect("variables").keys();
    let given: Vec<_> = given
        .map(|name| *types.iter().find(|(known, _)| known == name).expect("a known argument"))
        .collect();
    let declared: Vec<_> = given.iter().map(|(name, ty)| format!("${name}: {ty}")).collect();
    let passed: Vec<_> = given.iter().map(|(name, _)| format!("{name}: ${name}")).collect();
    let document = format!(
        "mutation({}) {{ {mutation}({}) {{ {object} userErrors {{ code path message }} }} }}",
        declared.join(", "),
        passed.join(", ")
    );
    actor.ok(&document, variables).await[mutation].take()
}

/// Whether each names the one before it as the one before it, from the cursor of the endpoint on.
#[track_caller]
pub fn assert_gapless(from: &str, got: &[Got]) {
    let mut at = from.to_owned();
    for one in got {
        assert_eq!(one.told("/data/previousCursor"), at, "{}", one.body);
        at = one.told("/data/cursor");
    }
}

/// What came, in the order of its cursors' making: seq is not told, so by the chain.
pub fn in_chain(from: &str, got: &[Got]) -> Vec<Got> {
    let (mut at, mut chain) = (from.to_owned(), Vec::new());
    while let Some(next) = got.iter().find(|one| one.told("/data/previousCursor") == at) {
        at = next.told("/data/cursor");
        chain.push(next.clone());
    }
    chain
}
