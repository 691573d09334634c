//! A sandbox in the hand of a test.

use entity::id::DistrictId;
use pathbridge::{sandbox::worker, typeid};
use serde_json::{Value as Json, json};

use crate::support::{Actor, Answer, TestApp};

/// A mutation that makes a sandbox, with everything that it answers.
pub const CREATE: &str = "mutation($input: SandboxCreateInput!) {
    sandboxCreate(input: $input) {
        sandbox { id version name state districtId partnerIds students seed expiresAt readyAt
            clients { clientId kind tenantId scopes lastUsedAt } }
        credentials { clientId clientSecret kind tenantId scopes }
        userErrors { __typename code path message }
    }
}";

/// A sandbox and what its maker was told.
pub struct Made {
    pub id: String,
    pub sandbox: Json,
    pub credentials: Vec<Json>,
}

impl Made {
    /// A few students, so that the story is soon told.
    pub async fn new(actor: &Actor, name: &str) -> Self {
        Self::with(actor, json!({ "name": name, "students": 3 })).await
    }

    pub async fn with(actor: &Actor, input: Json) -> Self {
        let answer = actor.ok(CREATE, json!({ "input": input })).await;
        let made = &answer["sandboxCreate"];
        assert_eq!(made["userErrors"], json!([]), "{made:#}");
        Self {
            id: text(&made["sandbox"]["id"]),
            sandbox: made["sandbox"].clone(),
            credentials: made["credentials"].as_array().expect("a list").clone(),
        }
    }

    /// The same, once it is filled.
    pub async fn ready(app: &TestApp, actor: &Actor, name: &str) -> Self {
        let made = Self::new(actor, name).await;
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        assert_eq!(made.state(actor).await, "READY");
        made
    }

    pub fn district(&self) -> DistrictId {
        typeid::decode(&text(&self.sandbox["districtId"])).expect("a district")
    }

    pub fn partner(&self, at: usize) -> String {
        text(&self.sandbox["partnerIds"][at])
    }

    /// A client of this kind that has just got a token.
    pub async fn client(&self, app: &TestApp, kind: &str) -> Actor {
        let found = self.credentials.iter().find(|one| one["kind"] == kind).expect("a client");
        app.client_of(&text(&found["clientId"]), &text(&found["clientSecret"])).await
    }

    pub async fn state(&self, actor: &Actor) -> Json {
        let query = "query($id: ID!) { sandbox(id: $id) { state } }";
        actor.ok(query, json!({ "id": self.id })).await["sandbox"]["state"].take()
    }

    /// A step of this sandbox, as `sandboxReset`.
    pub async fn step(&self, actor: &Actor, name: &str) -> Json {
        step(actor, name, &self.id).await
    }
}

pub async fn step(actor: &Actor, name: &str, id: &str) -> Json {
    let document = format!(
        "mutation($id: ID!) {{ {name}(id: $id) {{
            sandbox {{ id state }} userErrors {{ code path message }} }} }}"
    );
    actor.ok(&document, json!({ "id": id })).await[name].take()
}

pub fn text(value: &Json) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

/// The codes and paths of what was refused.
pub fn refusals(answer: &Answer, mutation: &str) -> Vec<(String, String)> {
    let errors = answer.body["data"][mutation]["userErrors"].as_array().expect("user errors");
    let path = |error: &Json| {
        let steps = error["path"].as_array().expect("a path").iter();
        steps.map(text).collect::<Vec<_>>().join(".")
    };
    errors.iter().map(|error| (text(&error["code"]), path(error))).collect()
}

/// The ids in a list of the root, all pages of it.
pub async fn ids(actor: &Actor, list: &str) -> Vec<String> {
    let query = format!(
        "query($after: String) {{ {list}(first: 250, after: $after) {{
            nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut all, mut after) = (Vec::new(), Json::Null);
    loop {
        let page = actor.ok(&query, json!({ "after": after })).await[list].take();
        all.extend(page["nodes"].as_array().expect("nodes").iter().map(|node| text(&node["id"])));
        if page["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// What the log tells a client: operation, id and fields, from the beginning.
pub async fn told(app: &TestApp, actor: &Actor) -> Vec<(String, String)> {
    pathbridge::changes::sequence_now(&app.app).await.expect("numbers");
    let query = "query($after: ChangeCursor) { changes(after: $after, first: 250) {
        nodes { op entityId } nextCursor caughtUp } }";
    let (mut all, mut after) = (Vec::new(), Json::Null);
    loop {
        let page = actor.ok(query, json!({ "after": after })).await["changes"].take();
        let nodes = page["nodes"].as_array().expect("nodes").iter();
        all.extend(nodes.map(|node| (text(&node["op"]), text(&node["entityId"]))));
        if page["caughtUp"] == true {
            return all;
        }
        after = page["nextCursor"].clone();
    }
}
