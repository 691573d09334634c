//! A field answers the same whether its row was fetched as a whole or with that field's columns
//! only.

use std::collections::BTreeMap;

use async_graphql_parser::types::OperationType;
use pathbridge::{
    auth::Tenant,
    graphql::model::{Field, named},
};
use serde_json::{Value, json};

use crate::support::{
    Actor, both,
    seed::{self, Row},
    shape::Shape,
};

/// The root field that answers one object of this type by its id.
fn root<'s>(shape: &'s Shape, type_name: &str) -> Option<&'s str> {
    let roots = shape.roots(OperationType::Query);
    let by_id = |(name, field): (&'s str, &Field)| {
        let takes_an_id = field.arguments.iter().any(|argument| argument.name == "id");
        (takes_an_id && named(&field.ty) == type_name).then_some(name)
    };
    roots.into_iter().find_map(by_id)
}

/// Each field of a type that is answered by itself: a leaf, or the ids of what an edge leads to.
fn fields(shape: &Shape, type_name: &str) -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    for (name, field) in shape.fields(type_name) {
        if field.arguments.iter().any(pathbridge::graphql::model::Value::is_required) {
            continue;
        }
        let target = named(&field.ty);
        let inner = if target.ends_with("Connection") {
            format!("{name}(first: 5) {{ nodes {{ __typename }} pageInfo {{ endCursor }} }}")
        } else if shape.fields(target).is_empty() {
            name.to_owned()
        } else {
            let leaves = shape.fields(target).into_iter();
            let leaves = leaves.filter(|(_, leaf)| shape.fields(named(&leaf.ty)).is_empty());
            let leaves: Vec<_> = leaves.map(|(leaf, _)| leaf).collect();
            format!("{name} {{ {} }}", leaves.join(" "))
        };
        asked.insert(name.to_owned(), inner);
    }
    asked
}

async fn kind(operator: &Actor, row: &Row) -> String {
    let document = "query($id: ID!) { node(id: $id) { __typename } }";
    let answer = operator.ok(document, json!({ "id": row.id() })).await;
    answer["node"]["__typename"].as_str().expect("the operator sees every row").to_owned()
}

/// All of them at once: the interface fetches whole rows.
async fn whole(operator: &Actor, row: &Row, kind: &str, asked: &[&str]) -> Value {
    let asked = asked.join(" ");
    let document = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {asked} }} }} }}");
    operator.ok(&document, json!({ "id": row.id() })).await["node"].clone()
}

both! {
    async fn a_field_reads_its_own_columns(app: TestApp) {
        let side = seed::side(&app, "one").await;
        let operator = app.client(Tenant::Platform).await;
        let shape = Shape::read();
        let mut compared = 0;
        for row in &side.rows {
            let kind = kind(&operator, row).await;
            let Some(root) = root(&shape, &kind) else { continue };
            let asked = fields(&shape, &kind);
            let all: Vec<_> = asked.values().map(String::as_str).collect();
            let whole = whole(&operator, row, &kind, &all).await;
            for (name, selection) in &asked {
                let document = format!("query($id: ID!) {{ {root}(id: $id) {{ {selection} }} }}");
                let alone = operator.ok(&document, json!({ "id": row.id() })).await;
                assert_eq!(alone[root][name], whole[name], "{kind}.{name}");
                compared += usize::from(!whole[name].is_null());
            }
        }
        assert!(compared > 100, "only {compared} fields had a value to compare");
    }
}
