//! Edges behind edges, where one statement serves the rows of several parents.

use async_graphql_parser::types::OperationType;

use super::watch::Watched;
use crate::support::shape::Reach;

impl Watched<'_> {
    /// Each list of the root, three edges deep, one first edge at a time.
    pub async fn look_three_edges_deep(&self) {
        let scopes = self.actor.caller.scopes;
        for (name, field) in self.shape.roots(OperationType::Query) {
            let Some(kind) = self.shape.target(&field.ty) else { continue };
            let needs = |kind: &str| self.shape.scope(kind).is_none_or(|one| scopes.contains(one));
            if field.arguments.iter().all(|one| one.name != "first") || !needs(&kind) {
                continue;
            }
            for edge in self.shape.edges(&kind).iter().filter(|edge| needs(&edge.to)) {
                let reach = Reach { edges: 2, page: 2, scopes, is_thin: true };
                let below = self.shape.edge(&kind, &edge.name, reach);
                let document = format!("{{ {name}(first: 2) {{ nodes {{ id {below} }} }} }}");
                self.ask(&document, serde_json::json!({})).await;
            }
        }
    }
}
