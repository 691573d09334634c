//! Every list of the schema in every order that it has, walked page by page: each object is met
//! once and in its place, also while others come and go.
//!
//! The rows have five different values of each kind, and where a value may be missing it is missing
//! in two of five.

use std::collections::BTreeSet;

use async_graphql_parser::types::OperationType;
use pathbridge::{
    auth::Tenant,
    graphql::model::{Kind, named},
    typeid,
};
use serde_json::{Value as Json, json};

use crate::support::{
    Actor, both,
    crowd::{Crowd, Scale},
    shape::Shape,
};

/// A list of the root in one of its orders.
struct List<'a> {
    actor: &'a Actor,
    name: &'a str,
    kind: String,
    /// `orderBy`; null for the order by age.
    order: Json,
    /// The field whose value sorts, when the object shows it.
    key: Option<String>,
}

impl List<'_> {
    /// A page: its objects and whether there are more in the direction of the walk.
    async fn page(&self, size: usize, backward: bool, at: &Json) -> (Vec<Json>, bool, Json) {
        let key = self.key.as_deref().unwrap_or_default();
        let document = format!(
            "query($first: Int, $last: Int, $after: String, $before: String, $by: {0}Order) {{
                {1}(first: $first, last: $last, after: $after, before: $before, orderBy: $by) {{
                    nodes {{ id {key} }}
                    pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }}
                }}
            }}",
            self.kind, self.name
        );
        let variables = if backward {
            json!({ "last": size, "before": at, "by": self.order })
        } else {
            json!({ "first": size, "after": at, "by": self.order })
        };
        let mut found = self.actor.ok(&document, variables).await[self.name].take();
        let [more, end] = if backward {
            ["hasPreviousPage", "startCursor"]
        } else {
            ["hasNextPage", "endCursor"]
        };
        let more = found["pageInfo"][more] == true;
        let end = found["pageInfo"][end].take();
        let Json::Array(nodes) = found["nodes"].take() else { panic!("a list") };
        (nodes, more, end)
    }

    /// All objects in the order of the list, read from either end.
    async fn walk(&self, size: usize, backward: bool) -> Vec<Json> {
        let (mut seen, mut at) = (Vec::new(), Json::Null);
        loop {
            let (nodes, more, end) = self.page(size, backward, &at).await;
            assert!(!more || nodes.len() == size, "only the last page is short");
            let place = if backward { 0 } else { seen.len() };
            seen.splice(place..place, nodes);
            at = end;
            if !more {
                return seen;
            }
        }
    }

    /// The same while a row behind the walk goes and a new one comes between any two pages.
    async fn walk_while_it_changes(&self, crowd: &Crowd<'_>, backward: bool, next: &mut usize) {
        let table = table_of(&self.kind);
        let mut staying = ids(&self.walk(250, false).await).into_iter().collect::<BTreeSet<_>>();
        let (mut seen, mut at): (Vec<Json>, _) = (Vec::new(), Json::Null);
        loop {
            let (nodes, more, end) = self.page(4, backward, &at).await;
            // The row of the cursor itself, and one in the midst of the page.
            for gone in [nodes.first(), nodes.last()].into_iter().flatten() {
                let id = gone["id"].as_str().expect("an id");
                let (_, key) = typeid::split(id).expect("a global id");
                crowd.remove(&table, key).await;
                staying.remove(id);
            }
            crowd.add(&table, *next..*next + 2).await;
            *next += 2;
            let place = if backward { 0 } else { seen.len() };
            seen.splice(place..place, nodes);
            at = end;
            if !more {
                break;
            }
        }
        self.is_in_order(&seen);
        let met = ids(&seen);
        let distinct: BTreeSet<_> = met.iter().cloned().collect();
        assert_eq!(distinct.len(), met.len(), "{} met a row twice by {}", self.name, self.order);
        assert!(staying.is_subset(&distinct), "{} missed a row by {}", self.name, self.order);
    }

    /// What is missing comes first where the list rises, and last where it falls.
    fn is_in_order(&self, nodes: &[Json]) {
        let place = |node: &Json| {
            // A key is a number, or a text that is in order as it is written.
            let value = |key: &String| (node[key].as_i64(), node[key].as_str().map(str::to_owned));
            (self.key.as_ref().map(value), node["id"].as_str().map(str::to_owned))
        };
        let mut sorted = nodes.to_vec();
        sorted.sort_by_key(place);
        if self.order["direction"] == "DESC" {
            sorted.reverse();
        }
        assert_eq!(ids(nodes), ids(&sorted), "{} by {}", self.name, self.order);
    }
}

fn ids(nodes: &[Json]) -> Vec<String> {
    nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
}

/// `TimeEntry` lies in `time_entry`.
fn table_of(kind: &str) -> String {
    let mut table = String::new();
    for letter in kind.chars() {
        if letter.is_uppercase() && !table.is_empty() {
            table.push('_');
        }
        table.extend(letter.to_lowercase());
    }
    table
}

/// `FAMILY_NAME` sorts by `familyName`.
fn field_of(key: &str) -> String {
    let mut words = key.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    let upper = |word: String| word[..1].to_uppercase() + &word[1..];
    words.fold(first, |name, word| name + &upper(word))
}

/// Every list in every order, both ways, and in none.
fn lists<'a>(shape: &'a Shape, actor: &'a Actor) -> Vec<List<'a>> {
    let mut all = Vec::new();
    for (name, root) in shape.roots(OperationType::Query) {
        let Some(order) = root.arguments.iter().find(|one| one.name == "orderBy") else { continue };
        let kind = shape.target(&root.ty).expect("a list of a stored type");
        let keys = format!("{}Field", named(&order.ty));
        let Some(Kind::Enum(keys)) = shape.model.kind(&keys) else {
            panic!("{name} has no orders")
        };
        let list = |order: Json, key| List { actor, name, kind: kind.clone(), order, key };
        all.push(list(Json::Null, None));
        for key in keys {
            let field = field_of(key);
            assert!(shape.fields(&kind).contains_key(field.as_str()), "{kind} does not show {key}");
            for direction in ["ASC", "DESC"] {
                let order = json!({ "field": key, "direction": direction });
                all.push(list(order, Some(field.clone())));
            }
        }
    }
    all
}

both! {
    async fn every_order_meets_each_object_once(test: TestApp) {
        Crowd::gather(&test, Scale::SMALL).await;
        let (shape, actor) = (Shape::read(), test.client(Tenant::Platform).await);
        for list in lists(&shape, &actor) {
            let whole = list.walk(250, false).await;
            assert_eq!(whole.len(), Scale::SMALL.rows, "{}", list.name);
            list.is_in_order(&whole);
            for (size, backward) in [(3, false), (3, true), (5, false), (7, true), (1, false)] {
                assert_eq!(list.walk(size, backward).await, whole, "{} by {size}", list.name);
            }
        }
    }

    async fn no_order_is_disturbed_by_changes(test: TestApp) {
        let crowd = Crowd::gather(&test, Scale::SMALL).await;
        let (shape, actor) = (Shape::read(), test.client(Tenant::Platform).await);
        let mut next = Scale::SMALL.rows;
        for list in lists(&shape, &actor) {
            for backward in [false, true] {
                list.walk_while_it_changes(&crowd, backward, &mut next).await;
            }
        }
    }
}
