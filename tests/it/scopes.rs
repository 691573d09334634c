//! Scopes, read from the schema: what is printed there is refused without it and answered with it.

use async_graphql_parser::types::OperationType;
use axum::http::{HeaderMap, StatusCode};
use pathbridge::{
    auth::{Scope, Scopes, Tenant},
    graphql::model::{Field, named},
};
use serde_json::{Value as Json, json};

use crate::support::{
    Actor, TestApp, both,
    dump::dump,
    seed::{self, Side},
    shape::{Edge, Reach, Sample, Shape},
};

const ROOTS: [OperationType; 2] = [OperationType::Query, OperationType::Mutation];

/// An operator's client with all scopes but these.
async fn without(app: &TestApp, lacking: &[Scope]) -> Actor {
    let scopes = Scopes::all().iter().filter(|scope| !lacking.contains(scope)).collect();
    app.client_with(Tenant::Platform, scopes).await
}

/// What a root field needs when nothing but the name of its answer's type is asked.
fn needed(shape: &Shape, field: &Field) -> Vec<Scope> {
    let both = [field.scope, shape.scope(named(&field.ty))];
    both.into_iter().flatten().filter(|scope| *scope != Scope::Any).collect()
}

fn selection(shape: &Shape, field: &Field) -> &'static str {
    if shape.fields(named(&field.ty)).is_empty() { "" } else { "{ __typename }" }
}

/// The seed's ids by type, as the schema tells the types.
async fn sample<'a>(app: &TestApp, shape: &'a Shape, side: &Side) -> Sample<'a> {
    let operator = app.client(Tenant::Platform).await;
    let mut ids = std::collections::BTreeMap::new();
    for row in &side.rows {
        let document = "query($id: ID!) { node(id: $id) { __typename } }";
        let answer = operator.gql(document, json!({ "id": row.id() })).await;
        if let Some(kind) = answer.body["data"]["node"]["__typename"].as_str() {
            ids.entry(kind.to_owned()).or_insert_with(|| row.id());
        }
    }
    Sample { shape, ids }
}

/// Fails unless the request was refused for want of this scope, before anything ran.
async fn refused(app: &TestApp, actor: &Actor, document: &str, variables: &Json, scope: Scope) {
    let body = json!({ "query": document, "variables": variables }).to_string();
    let answer = app.post(actor, body).await;
    let at = || format!("{document} without {}: {}", scope.name(), answer.text);
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", at());
    let shown = answer.json();
    let error = &shown["errors"][0]["extensions"];
    assert_eq!(
        (&error["code"], &error["requiredScope"]),
        (&json!("FORBIDDEN"), &json!(scope.name())),
        "{}",
        at()
    );
    assert!(shown.get("data").is_none(), "{}", at());
    assert!(
        challenge(&answer.headers).contains(&format!("scope=\"{}\"", scope.name())),
        "{}",
        at()
    );
}

fn challenge(headers: &HeaderMap) -> &str {
    headers.get("www-authenticate").map_or("", |value| value.to_str().expect("text"))
}

#[test]
fn every_root_field_names_its_scope() {
    let shape = Shape::read();
    for kind in ROOTS {
        for (name, field) in shape.roots(kind) {
            assert!(field.scope.is_some(), "{kind} {name} is open to nobody without @scope");
        }
    }
    let unguarded: Vec<_> =
        shape.stored().iter().filter(|name| shape.scope(name).is_none()).collect();
    assert!(unguarded.is_empty(), "stored types without @scope: {unguarded:?}");
}

both! {
    async fn a_root_field_is_refused_without_its_scope_and_answered_with_it(app: TestApp) {
        let shape = Shape::read();
        let side = seed::side(&app, "a").await;
        let sample = sample(&app, &shape, &side).await;
        for kind in ROOTS {
            for (name, field) in shape.roots(kind) {
                let arguments = sample.arguments(field);
                let (document, variables) =
                    shape.call(kind, name, &arguments, selection(&shape, field));
                let needed = needed(&shape, field);
                let before = dump(&app).await;
                for scope in &needed {
                    let lacking = without(&app, &[*scope]).await;
                    refused(&app, &lacking, &document, &variables, *scope).await;
                }
                let after = dump(&app).await;
                let written = after.difference(&before).filter(|line| !line.starts_with("api_client"));
                assert_eq!(written.count(), 0, "{name} wrote before it was refused");
                // A field that names no type, as `node`, asks for the scope of what it finds.
                let held = if needed.is_empty() { Scopes::all() } else { needed.into_iter().collect() };
                let actor = app.client_with(Tenant::Platform, held).await;
                let answer = actor.gql(&document, variables).await;
                assert_eq!(answer.status, StatusCode::OK, "{document}: {}", answer.body);
                assert!(!answer.codes().contains(&"FORBIDDEN"), "{document}: {}", answer.body);
            }
        }
    }

    async fn a_type_is_refused_wherever_it_is_reached(app: TestApp) {
        let shape = Shape::read();
        let side = seed::side(&app, "a").await;
        let sample = sample(&app, &shape, &side).await;
        for kind in shape.stored() {
            let scope = shape.scope(kind).expect("a stored type has a scope");
            // No token can lack what every token has.
            if scope == Scope::Any {
                continue;
            }
            let lacking = without(&app, &[scope]).await;
            let id = json!({ "id": sample.ids[kind] });
            let named = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ id }} }} }}");
            refused(&app, &lacking, &named, &id, scope).await;
            let plain = "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }";
            let answer = lacking.gql(plain, id).await;
            assert!(!answer.body["data"].to_string().contains("id\":\""), "{}", answer.body);
            for edge in shape.edges(kind) {
                refuse_edge(&app, &shape, &sample, &edge).await;
            }
        }
    }
}

/// The edge with the right to its beginning and without the right to its end.
async fn refuse_edge(app: &TestApp, shape: &Shape, sample: &Sample<'_>, edge: &Edge) {
    let scope = shape.scope(&edge.to).expect("a stored type has a scope");
    if scope == Scope::Any || shape.scope(&edge.from) == Some(scope) {
        return;
    }
    let lacking = without(app, &[scope]).await;
    let reach = Reach { edges: 0, page: 1, scopes: Scopes::all(), is_thin: false };
    let mut selections = vec![shape.edge(&edge.from, &edge.name, reach)];
    if shape
        .fields(named(&shape.fields(&edge.from)[edge.name.as_str()].ty))
        .contains_key("totalCount")
    {
        // How many there are is told to nobody who may not see one of them.
        let facts = ["totalCount { value }", "pageInfo { hasNextPage }", "edges { cursor }"];
        selections.extend(facts.map(|fact| format!("{}(first: 1) {{ {fact} }}", edge.name)));
    }
    let id = json!({ "id": sample.ids[&edge.from] });
    for selection in selections {
        let document = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ {selection} }} }} }}",
            edge.from
        );
        refused(app, &lacking, &document, &id, scope).await;
    }
}
