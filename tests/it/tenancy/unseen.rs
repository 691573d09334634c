//! A mutation of a row that the caller cannot see says what it says of a row that is not there, and
//! nothing else.

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;
use pathbridge::typeid;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{callers::World, watch::Watched};
use crate::support::both;

impl Watched<'_> {
    /// Names a hidden row, and one that does not exist, to every mutation of one row; gives the
    /// mutations that answered as they should.
    async fn name_what_it_cannot_see(&self) -> BTreeSet<String> {
        let sample = self.sample();
        let mut told = BTreeSet::new();
        for (name, field) in self.shape.roots(OperationType::Mutation) {
            let kind = self.shape.subject(&field.ty);
            let is_kind = |prefix: &str| self.types.get(prefix) == kind.as_ref();
            let hole = sample.holes(field).into_iter().find(|hole| hole.path == "id");
            let hidden = self.hidden.iter().find(|row| is_kind(row.prefix));
            let (Some(hole), Some(hidden)) = (hole, hidden) else { continue };
            let missing = typeid::with_prefix(hidden.prefix, Uuid::from_u128(u128::MAX >> 9));
            let mut answers = Vec::new();
            for id in [hidden.id(), missing] {
                let flat = self.shape.flat(field, self.actor.caller.scopes);
                let call = |selection: &str| {
                    let arguments = hole.filled(&id);
                    self.shape.call(OperationType::Mutation, name, &arguments, selection)
                };
                let (document, variables) = call(&flat);
                let answer = self.ask(&document, variables).await;
                let codes: Vec<_> = answer.codes().into_iter().map(str::to_owned).collect();
                answers.push((answer.status, codes, answer.body["data"][name].clone()));
            }
            assert_eq!(answers[0], answers[1], "{name} tells {} what is there", self.name);
            if is_not_found(&answers[0].2) {
                told.insert(name.to_owned());
            } else {
                let (_, codes, data) = &answers[0];
                assert!(!codes.is_empty(), "{}: {name} answers {data:#}", self.name);
            }
        }
        told
    }
}

fn is_not_found(payload: &Json) -> bool {
    let errors = payload["userErrors"].as_array().map_or(&[][..], Vec::as_slice);
    let [error] = errors else { return false };
    error["code"] == "NOT_FOUND" && error["path"] == json!(["id"])
}

both! {
    async fn what_is_hidden_and_what_is_not_there_are_one(app: TestApp) {
        let world = World::new(&app).await;
        let mut told = world.sis_of_a().name_what_it_cannot_see().await;
        told.extend(world.portal_of_p().name_what_it_cannot_see().await);
        let mutations = world.shape.roots(OperationType::Mutation);
        let takes_id = mutations.iter().filter(|(_, field)| {
            field.arguments.iter().any(|argument| argument.name == "id")
        });
        let missed: Vec<_> = takes_id.map(|(name, _)| *name).filter(|name| !told.contains(*name)).collect();
        assert!(missed.is_empty(), "nobody asked these for a row that it cannot see: {missed:?}");
    }
}
