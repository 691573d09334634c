//! The published price list, and the refusal of what is too dear.

use async_graphql_parser::parse_query;
use serde::Deserialize;

use super::{Cost, cost};
use crate::graphql::{toy, variables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    why: String,
    cost: u64,
    query: String,
    #[serde(default)]
    variables: serde_json::Map<String, serde_json::Value>,
}

fn price(query: &str, given: serde_json::Map<String, serde_json::Value>) -> Cost {
    let model = toy::model();
    let document = parse_query(query).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    let variables = variables::coerce(&model, &operation.node, given).unwrap();
    cost(&model, &document, &operation.node, &variables)
}

#[test]
fn the_published_vectors_hold() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("cost_vectors.json")).unwrap();
    assert!(vectors.len() >= 20);
    for vector in vectors {
        let found = price(&vector.query, vector.variables);
        assert_eq!(found.total, vector.cost, "{}: {} {found:?}", vector.why, vector.query);
    }
}

#[test]
fn the_dearest_fields_are_told_with_their_paths() {
    let query = "{ s: students(first: 250) { nodes { placements(first: 250) { nodes { id } } } } }";
    let found = price(query, serde_json::Map::new());
    assert_eq!(found.total, 1 + 250 + 250 + 250 * 250);
    let dearest: Vec<_> = found.dearest.iter().map(|(path, cost)| (&**path, *cost)).collect();
    assert_eq!(
        dearest,
        [("s.nodes.placements.nodes", 62_500), ("s.nodes", 250), ("s.nodes.placements", 250)]
    );
}

#[test]
fn enormous_pages_do_not_overflow() {
    let page = "students(first: 9999999999999999999) { nodes { placements(first: \
                9999999999999999999) { nodes { id } } } }";
    let found = price(&format!("{{ {page} }}"), serde_json::Map::new());
    assert_eq!(found.total, u64::MAX);
}
