//! Every mutation, with another tenant's ids in every place that takes one.

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;

use super::{callers::World, watch::Watched};
use crate::support::{
    TestApp, both,
    dump::{dump, spellings},
};

impl Watched<'_> {
    /// Sends every mutation and compares, after each, the rows that it must not touch.
    pub async fn try_every_mutation(&self, app: &TestApp) {
        let sample = self.sample();
        for (name, field) in self.shape.roots(OperationType::Mutation) {
            let before = self.untouchable(app).await;
            for hole in sample.holes(field) {
                for row in self.hidden.iter().chain(&self.kept) {
                    let filling = if hole.is_id { row.id() } else { row.marker.clone() };
                    let arguments = hole.filled(&filling);
                    let call = |selection: &str| {
                        self.shape.call(OperationType::Mutation, name, &arguments, selection)
                    };
                    let (document, variables) =
                        call(&self.shape.flat(field, self.actor.caller.scopes));
                    self.ask(&document, variables).await;
                }
                let after = self.untouchable(app).await;
                let changed: Vec<_> = before.symmetric_difference(&after).collect();
                assert!(
                    changed.is_empty(),
                    "{} changed rows of others by {name}({}): {changed:#?}",
                    self.name,
                    hole.path
                );
            }
        }
    }

    /// The lines of rows that the caller may not change, and of any row that names a hidden one.
    async fn untouchable(&self, app: &TestApp) -> BTreeSet<String> {
        let hidden = self
            .hidden
            .iter()
            .flat_map(|row| spellings(row.key).into_iter().chain([row.marker.clone()]));
        let marks: Vec<_> = hidden.chain(self.kept.iter().map(|row| row.marker.clone())).collect();
        let mut lines = dump(app).await;
        lines.retain(|line| {
            !line.starts_with("external_id") && marks.iter().any(|mark| line.contains(mark))
        });
        lines
    }
}

both! {
    async fn a_district_changes_nothing_of_others(app: TestApp) {
        World::new(&app).await.sis_of_a().try_every_mutation(&app).await;
    }

    async fn a_partner_changes_nothing_of_others(app: TestApp) {
        World::new(&app).await.portal_of_p().try_every_mutation(&app).await;
    }

    async fn a_token_without_scopes_changes_nothing(app: TestApp) {
        let world = World::new(&app).await;
        let before = dump(&app).await;
        let nobody = world.nobody();
        let sample = nobody.sample();
        for (name, field) in world.shape.roots(OperationType::Mutation) {
            let arguments = sample.arguments(field);
            let selection = "{ __typename }";
            let (document, variables) =
                world.shape.call(OperationType::Mutation, name, &arguments, selection);
            let answer = nobody.ask(&document, variables).await;
            assert_eq!(answer.status, 403, "{name}");
        }
        assert_eq!(dump(&app).await, before);
    }
}
