//! Following every edge from every object that the caller reaches.

use std::collections::BTreeSet;

use serde_json::json;

use super::watch::Watched;
use crate::support::shape::Reach;

impl Watched<'_> {
    /// Goes on until no answer holds an object that was not visited.
    pub async fn follow_every_edge(&self) {
        let mut visited = BTreeSet::new();
        loop {
            let known = self.seen.lock().expect("no walk failed before").ids.clone();
            let fresh: Vec<_> = known.into_iter().filter(|id| visited.insert(id.clone())).collect();
            if fresh.is_empty() {
                return;
            }
            for id in fresh {
                self.visit(&id).await;
            }
        }
    }

    async fn visit(&self, id: &str) {
        let prefix = id.rsplit_once('_').map_or("", |(prefix, _)| prefix);
        let Some(kind) = self.types.get(prefix) else { return };
        let flat = Reach { edges: 0, page: 250, scopes: self.actor.caller.scopes, is_thin: false };
        let leaves = self.shape.selection(kind, flat);
        self.select(id, kind, &leaves).await;
        for edge in self.shape.edges(kind) {
            let selection = self.shape.edge(kind, &edge.name, flat);
            let answer = self.select(id, kind, &format!("{{ {selection} }}")).await;
            self.answered(kind, &edge.name, &answer.body["data"]["node"][&edge.name]);
        }
    }

    async fn select(&self, id: &str, kind: &str, selection: &str) -> crate::support::Answer {
        let document =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {selection} }} }}");
        self.ask(&document, json!({ "id": id })).await
    }
}
