//! Every list and every edge of the schema has its price in statements, whatever the page.
//!
//! A list of the root is one statement, and an edge is one for all its parents together; a short
//! list of objects without pages is two, for it leads through a joining table; `totalCount` is one
//! more. So a query costs as many statements as it has edges and totals, and none of its rows is
//! paid for by itself.

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;
use pathbridge::{
    auth::Tenant,
    graphql::model::{Field, Kind, is_list, named},
};
use serde_json::json;

use crate::support::{
    Actor, TestApp, both,
    crowd::{Crowd, Scale},
    shape::Shape,
};

const SIZES: [usize; 3] = [1, 5, 50];

fn is_paged(field: &Field) -> bool {
    field.arguments.iter().any(|argument| argument.name == "first")
}

/// Groups of fields that stand in the row itself: nothing is asked for them.
const IN_THE_ROW: [&str; 2] = ["JobProgress", "MatchPassedOver"];

/// Of how many tables the type of a field is worked out.
type Tables = fn(&Field) -> u64;

/// Types that are worked out.
const WORKED_OUT: [(&str, Tables); 4] = [
    ("InterestProfile", |_| 6),
    // Courses, classes, results and definitions; first of all who is on a pathway, for a student.
    ("PathwayProgress", |field| if is_list(&field.ty) { 5 } else { 4 }),
    ("PathwayProgressCounts", |_| 5),
    // The same with the pathways of the district, and a profile.
    ("PathwayRecommendation", |_| 12),
];

/// What a field adds to the statements of its query.
fn price(shape: &Shape, field: &Field) -> u64 {
    if IN_THE_ROW.contains(&named(&field.ty)) {
        return 0;
    }
    // What is worked out is made of several tables, and everything below it costs nothing more.
    if let Some((_, tables)) = WORKED_OUT.iter().find(|(name, _)| *name == named(&field.ty)) {
        return tables(field);
    }
    // It looks at the profile, at offers and agreements, at placements and wishes.
    if named(&field.ty) == "PlacementRecommendation" {
        return 10;
    }
    let is_joined = is_list(&field.ty) && shape.is_stored(named(&field.ty));
    if is_paged(field) || is_joined { 2 } else { 1 }
}

/// The field with this asked of what it leads to; `end` is `first` or `last`.
fn asked(name: &str, field: &Field, end: &str, size: usize, below: &str) -> String {
    if is_paged(field) {
        format!("{name}({end}: {size}) {{ totalCount {{ value }} nodes {{ {below} }} }}")
    } else {
        format!("{name} {{ {below} }}")
    }
}

/// The edges of a type: its fields that are objects or lists of them.
fn edges<'s>(shape: &'s Shape, kind: &str) -> Vec<(&'s str, &'s Field)> {
    let is_edge = |(_, field): &(&str, &Field)| {
        matches!(shape.model.kind(named(&field.ty)), Some(Kind::Composite(_)))
    };
    shape.fields(kind).into_iter().filter(is_edge).collect()
}

struct Walk<'a> {
    test: &'a TestApp,
    shape: &'a Shape,
    actor: Actor,
    asked: usize,
    wrong: Vec<String>,
}

impl Walk<'_> {
    async fn statements(&self, document: &str) -> u64 {
        let before = self.test.app.db.statements();
        self.actor.ok(document, json!({})).await;
        self.test.app.db.statements() - before
    }

    /// The price is paid at one end of the list; at the other one an edge may lead nowhere, and
    /// what nobody reaches is not asked.
    async fn costs(&mut self, expected: u64, document: impl Fn(&str) -> String) {
        self.asked += 1;
        let first = document("first");
        let paid = self.statements(&first).await;
        if paid == expected {
            return;
        }
        let also = if paid > expected { paid } else { self.statements(&document("last")).await };
        if also != expected {
            self.wrong.push(format!("{also} statements instead of {expected}: {first}"));
        }
    }

    /// A list of the root with each edge of its objects, at each size.
    async fn one_edge(&mut self, list: &str, root: &Field, kind: &str) {
        for size in SIZES {
            self.costs(2, |end| format!("{{ {} }}", asked(list, root, end, size, "id"))).await;
            for (name, field) in edges(self.shape, kind) {
                let price = 2 + price(self.shape, field);
                let document = |end: &str| {
                    let edge = asked(name, field, "first", size, "__typename");
                    format!("{{ {} }}", asked(list, root, end, size, &edge))
                };
                self.costs(price, document).await;
            }
        }
    }

    /// An edge with all the edges behind it, at several sizes.
    async fn two_edges(&mut self, list: &str, root: &Field, kind: &str) {
        for (name, field) in edges(self.shape, kind) {
            let Some(target) = self.shape.target(&field.ty) else { continue };
            // An edge from a type to itself ends somewhere: it is asked alone, above.
            let mut behind = edges(self.shape, &target);
            behind.retain(|(_, one)| self.shape.target(&one.ty).as_ref() != Some(&target));
            let behind_price: u64 = behind.iter().map(|(_, one)| price(self.shape, one)).sum();
            let below: Vec<_> = behind
                .iter()
                .map(|(name, one)| asked(name, one, "first", 1, "__typename"))
                .collect();
            let below = if below.is_empty() { "__typename".to_owned() } else { below.join(" ") };
            // No more than the cost of a query allows.
            for size in [2, 7] {
                let document = |end: &str| {
                    let edge = asked(name, field, "first", 3, &below);
                    format!("{{ {} }}", asked(list, root, end, size, &edge))
                };
                self.costs(2 + price(self.shape, field) + behind_price, document).await;
            }
        }
    }
}

both! {
    async fn every_edge_has_its_price_whatever_the_page(test: TestApp) {
        Crowd::gather(&test, Scale::MEDIUM).await;
        let shape = Shape::read();
        let actor = test.client(Tenant::District(Crowd::district(0))).await;
        // A release is read once for each process.
        let warm = "{ students(first: 1) { nodes { interestProfile { isFlat } } } }";
        actor.ok(warm, json!({})).await;
        let mut walk = Walk { test: &test, shape: &shape, actor, asked: 0, wrong: Vec::new() };
        let mut reached = BTreeSet::new();
        for (list, root) in shape.roots(OperationType::Query) {
            let Some(kind) = shape.target(&root.ty).filter(|_| is_paged(root)) else { continue };
            walk.one_edge(list, root, &kind).await;
            walk.two_edges(list, root, &kind).await;
            let targets = edges(&shape, &kind).into_iter();
            reached.extend(targets.filter_map(|(_, edge)| shape.target(&edge.ty)));
            reached.insert(kind);
        }
        assert_eq!(reached.len(), shape.stored().len(), "{reached:?} are not all");
        assert!(walk.wrong.is_empty(), "{} of {}: {:#?}", walk.wrong.len(), walk.asked, walk.wrong);
    }
}
