//! A caller under watch: every answer is searched for what the caller must not see.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use serde_json::{Value as Json, json};

use crate::support::{
    Actor, Answer,
    dump::spellings,
    seed::Row,
    shape::{Sample, Shape},
};

/// A caller, what it owns, and what is none of its business.
pub struct Watched<'a> {
    pub shape: &'a Shape,
    pub name: &'static str,
    pub actor: Actor,
    /// Rows that it may name.
    pub own: Vec<Row>,
    /// Rows that it must never see.
    pub hidden: Vec<Row>,
    /// Rows that it may see and never change.
    pub kept: Vec<Row>,
    /// The type behind each prefix.
    pub types: BTreeMap<&'static str, String>,
    /// What the answers held.
    pub seen: Mutex<Seen>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Seen {
    /// Global ids.
    pub ids: BTreeSet<String>,
    /// Everything that was answered, to be searched for markers.
    pub text: String,
    /// Fields that answered something, as `Student.placements`.
    pub fields: BTreeSet<String>,
}

impl Watched<'_> {
    /// Asks, and fails when the answer holds what it must not.
    pub async fn ask(&self, document: &str, variables: Json) -> Answer {
        let answer = self.actor.gql(document, variables.clone()).await;
        let text = answer.body.to_string();
        let asked = || format!("{} asked {document} with {variables} and got {text}", self.name);
        for row in &self.hidden {
            let leak = text.contains(&row.id())
                || text.contains(&row.marker)
                || spellings(row.key).iter().any(|spelling| text.contains(spelling));
            assert!(!leak, "{} of another tenant: {}", row.marker, asked());
        }
        let codes = answer.codes();
        assert!(!codes.contains(&"INTERNAL"), "a fault: {}", asked());
        assert!(!codes.contains(&"GRAPHQL_VALIDATION_FAILED"), "no question: {}", asked());
        assert!(!codes.contains(&"COST_LIMIT_EXCEEDED"), "no question: {}", asked());
        let malformed = text.contains("variable `$");
        assert!(!malformed, "the walk does not know the form of an input: {}", asked());
        self.note(&answer.body["data"], &text);
        answer
    }

    fn note(&self, data: &Json, text: &str) {
        let mut seen = self.seen.lock().expect("no walk failed before");
        gather(data, &mut seen.ids);
        seen.text.push_str(text);
    }

    /// Notes that a field answered something.
    pub fn answered(&self, on: &str, field: &str, value: &Json) {
        let empty = match value {
            Json::Null => true,
            Json::Array(items) => items.iter().all(Json::is_null),
            Json::Object(object) => object.get("nodes").is_some_and(|nodes| nodes == &json!([])),
            _ => false,
        };
        if !empty {
            let mut seen = self.seen.lock().expect("no walk failed before");
            seen.fields.insert(format!("{on}.{field}"));
        }
    }

    /// The values that the caller could lawfully give.
    pub fn sample(&self) -> Sample<'_> {
        let mut ids = BTreeMap::new();
        for row in &self.own {
            if let Some(kind) = self.types.get(row.prefix) {
                ids.entry(kind.clone()).or_insert_with(|| row.id());
            }
        }
        Sample { shape: self.shape, ids }
    }
}

/// Every global id in an answer.
fn gather(value: &Json, ids: &mut BTreeSet<String>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| gather(item, ids)),
        Json::Object(object) => {
            if let Some(Json::String(id)) = object.get("id") {
                ids.insert(id.clone());
            }
            object.values().for_each(|value| gather(value, ids));
        }
        _ => {}
    }
}
