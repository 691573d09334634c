//! Slipping foreign ids and names into every argument of every root field.

use async_graphql_parser::types::OperationType;
use serde_json::{Map, Value as Json, json};

use super::watch::Watched;

impl Watched<'_> {
    /// Asks every root field plainly, and with each foreign id and name in each open place.
    pub async fn ask_every_root_field(&self) {
        let sample = self.sample();
        let scopes = self.actor.caller.scopes;
        for (name, field) in self.shape.roots(OperationType::Query) {
            let selection = self.shape.flat(field, scopes);
            self.ask_root(name, &sample.arguments(field), &selection).await;
            for tricky in tricky_filters(self, name) {
                self.ask_root(name, &tricky, &selection).await;
            }
            for hole in sample.holes(field) {
                let own = self.own.iter().map(|row| (row.id(), &row.marker));
                let foreign = self.hidden.iter().map(|row| (row.id(), &row.marker));
                for (id, marker) in own.chain(foreign) {
                    let filling = if hole.is_id { &id } else { marker };
                    self.ask_root(name, &hole.filled(filling), &selection).await;
                }
            }
        }
        self.ask_all_nodes().await;
    }

    async fn ask_root(&self, name: &str, arguments: &Map<String, Json>, selection: &str) {
        let (document, variables) =
            self.shape.call(OperationType::Query, name, arguments, selection);
        let answer = self.ask(&document, variables).await;
        self.answered("Query", name, &answer.body["data"][name]);
    }

    /// All foreign ids at once, in the company of own ones.
    async fn ask_all_nodes(&self) {
        let document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let ids: Vec<_> =
            self.hidden.iter().chain(&self.own).map(crate::support::seed::Row::id).collect();
        for ids in ids.chunks(100) {
            self.ask(document, json!({ "ids": ids })).await;
        }
    }
}

/// Filters that would let everything through, were they not joined to the wall by "and".
fn tricky_filters(caller: &Watched<'_>, name: &str) -> Vec<Map<String, Json>> {
    let field = caller.shape.roots(OperationType::Query)[name];
    if field.arguments.iter().all(|argument| argument.name != "where") {
        return Vec::new();
    }
    let none = json!({ "or": [] });
    let tricky = [
        json!({ "or": [{}] }),
        json!({ "and": [] }),
        json!({ "not": none }),
        json!({ "or": [{ "not": none }, {}, none] }),
        json!({ "not": { "and": [none, {}] } }),
    ];
    let given =
        |filter| Map::from_iter([("where".to_owned(), filter), ("first".to_owned(), json!(250))]);
    tricky.into_iter().map(given).collect()
}
