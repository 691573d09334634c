//! The walk of strangers shows nothing, and the walk of owners shows everything.

use async_graphql_parser::types::OperationType;

use super::callers::World;
use crate::support::both;

both! {
    async fn a_district_sees_nothing_of_another(app: TestApp) {
        let world = World::new(&app).await;
        let caller = world.sis_of_a();
        caller.ask_every_root_field().await;
        caller.follow_every_edge().await;
        caller.look_three_edges_deep().await;
    }

    async fn a_partner_sees_nothing_of_another(app: TestApp) {
        let world = World::new(&app).await;
        let caller = world.portal_of_p();
        caller.ask_every_root_field().await;
        caller.follow_every_edge().await;
        caller.look_three_edges_deep().await;
    }

    async fn a_token_without_scopes_sees_nothing(app: TestApp) {
        let world = World::new(&app).await;
        world.nobody().ask_every_root_field().await;
    }

    async fn the_owners_see_all_of_it(app: TestApp) {
        let world = World::new(&app).await;
        let mut missing = Vec::new();
        let owners = world.owners_of_b();
        for owner in &owners {
            owner.ask_every_root_field().await;
            owner.follow_every_edge().await;
            owner.look_three_edges_deep().await;
        }
        let seen: Vec<_> = owners.iter().map(|owner| owner.seen.lock().unwrap()).collect();
        let was_answered = |field: &String| seen.iter().any(|seen| seen.fields.contains(field));
        let roots = world.shape.roots(OperationType::Query);
        let fields = roots.keys().map(|name| format!("Query.{name}"));
        let edges = world.shape.stored().iter().flat_map(|kind| world.shape.edges(kind));
        let edges = edges.map(|edge| format!("{}.{}", edge.from, edge.name));
        missing.extend(fields.chain(edges).filter(|field| !was_answered(field)));
        for row in &world.b.rows {
            let is_stored = owners[0].types.contains_key(row.prefix);
            let has_texts = !["guardianship", "match"].contains(&row.prefix);
            let was_seen = |text: &str| seen.iter().any(|seen| seen.text.contains(text));
            if is_stored && !(was_seen(&row.id()) && (!has_texts || was_seen(&row.marker))) {
                missing.push(row.marker.clone());
            }
        }
        assert!(missing.is_empty(), "the walk never met these, so it proves nothing: {missing:#?}");
    }
}
