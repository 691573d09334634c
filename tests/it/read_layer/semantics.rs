//! What GraphQL asks of an executor, case by case; where async-graphql itself does otherwise, the
//! case says so.

use async_graphql::{
    EmptyMutation, EmptySubscription, Object, PathSegment, Request, Response, Schema, Variables,
};
use pathbridge::graphql::object::{Many, One};
use serde_json::{Value, json};

use super::toy::{self, ours, plain};

async fn ours(document: &str) -> Response {
    ours::schema();
    ours::execute(document).await
}

fn data(response: &Response) -> Value {
    serde_json::to_value(&response.data).unwrap()
}

/// Each error as its path and its message, in one line.
fn errors(response: &Response) -> Vec<String> {
    let step = |step: &PathSegment| match step {
        PathSegment::Field(name) => name.clone(),
        PathSegment::Index(at) => at.to_string(),
    };
    let line = |error: &async_graphql::ServerError| {
        let path: Vec<_> = error.path.iter().map(step).collect();
        format!("{}: {}", path.join("."), error.message)
    };
    let mut lines: Vec<_> = response.errors.iter().map(line).collect();
    lines.sort();
    lines
}

/// async-graphql runs each selection of a key by itself and lays the answers over one another, so
/// that the null of the second selection is lost.
#[tokio::test]
async fn selections_of_one_key_are_one_field() {
    let answer = ours("{ author(id: 3) { name } author(id: 3) { publisher { name } } }").await;
    assert_eq!(data(&answer), json!({ "author": null }));
    assert_eq!(errors(&answer), ["author.publisher: the publisher of author 3 cannot be told"]);
    let answer = ours(
        "{ author(id: 5) { agent { id } ... { agent { name } } ...F agent { id } } } \
         fragment F on Author { agent { __typename } }",
    )
    .await;
    assert_eq!(data(&answer), json!({ "author": { "agent": null } }));
    assert_eq!(errors(&answer), ["author.agent: the agent of author 5 cannot be told"]);
}

/// async-graphql cuts the path where the error leaves a list.
#[tokio::test]
async fn the_path_of_an_error_leads_to_its_field() {
    let answer = ours("{ all: authors(first: 4) { name house: publisher { name } } }").await;
    assert_eq!(data(&answer), Value::Null);
    let expected = ["all.2.house: the publisher of author 3 cannot be told"];
    assert_eq!(errors(&answer), expected);
    let answer = ours("{ books(first: 4) { list: edges { it: node { critic { id } } } } }").await;
    assert_eq!(data(&answer), json!({ "books": null }));
    assert_eq!(errors(&answer), ["books.list.3.it.critic: the critic of book 4 cannot be told"]);
    let answer = ours("{ books { edges { node { film { id } } } nodes { film { id } } } }").await;
    let expected = [
        "books.edges.1.node.film: the film of book 2 cannot be told",
        "books.nodes.1.film: the film of book 2 cannot be told",
    ];
    assert_eq!(errors(&answer), expected);
    let answer = ours("{ slots(ids: [1, -7, 50, 102]) { id ... on Film { title } } }").await;
    let expected =
        json!({ "slots": [{ "id": "1" }, null, null, { "id": "2", "title": "Film 2" }] });
    assert_eq!(data(&answer), expected);
    assert_eq!(errors(&answer), ["slots.1: there is no slot -7"]);
}

/// A page that fails takes nothing from the pages beside it.
#[tokio::test]
async fn pages_of_one_level_stay_apart() {
    let shelf =
        "shelf(first: 3) { nodes { critic { id } } pageInfo { endCursor } totalCount { value } }";
    let answer = ours(&format!("{{ authors(first: 2) {{ id {shelf} }} }}")).await;
    let critics = json!([{ "critic": { "id": "1" } }, { "critic": { "id": "2" } }, { "critic": { "id": "3" } }]);
    let kept = json!({
        "nodes": critics, "pageInfo": { "endCursor": "at 3" }, "totalCount": { "value": 12 }
    });
    let expected =
        json!({ "authors": [{ "id": "1", "shelf": null }, { "id": "2", "shelf": kept }] });
    assert_eq!(data(&answer), expected);
    let expected = ["authors.0.shelf.nodes.3.critic: the critic of book 4 cannot be told"];
    assert_eq!(errors(&answer), expected);
}

/// async-graphql takes a variable that was left out for null.
#[tokio::test]
async fn a_variable_that_was_left_out_leaves_the_default() {
    let document = "query($pages: Int) { author(id: 2) { books(longerThan: $pages) { pages } } }";
    let asked = |variables: Value| async {
        let request = Request::new(document).variables(Variables::from_json(variables));
        data(&ours::execute(request).await)["author"]["books"].clone()
    };
    let (by_default, all) = (json!([{ "pages": 37 }, { "pages": 22 }]), 3);
    assert_eq!(asked(json!({})).await, by_default);
    assert_eq!(asked(json!({ "pages": 20 })).await, by_default);
    assert_eq!(asked(json!({ "pages": null })).await.as_array().unwrap().len(), all);
}

/// One key may stand for different fields where an object can only be of one type.
#[tokio::test]
async fn fragments_on_different_types_may_share_a_key() {
    let document = "{
        media { __typename ... on Book { x: author { name } } ... on Film { x: director { id } } }
        authors { works { ...B ... on Media { id ...F } } }
    }
    fragment B on Book { y: sequel { id } ... on Media { __typename } }
    fragment F on Film { y: basedOn { title ... on Media { it: id ... on Film { title } } } }";
    let (ours, plain) = (ours(document).await, plain::schema().execute(document).await);
    assert!(plain.errors.is_empty(), "{:?}", plain.errors);
    assert_eq!(ours.data.to_string(), plain.data.to_string());
    assert_eq!(ours.errors.len(), 0);
}

/// Each level doubles the ways that lead to the next one; a fragment is collected once all the same.
#[tokio::test]
async fn a_fragment_is_collected_once() {
    const LEVELS: usize = 18;
    let level = |at: usize| {
        format!("fragment F{at} on Author {{ ...F{next} ...F{next} }}\n", next = at + 1)
    };
    let levels: String = (0..LEVELS).map(level).collect();
    let document = format!(
        "{{ author {{ ...F0 }} }}\n{levels}fragment F{LEVELS} on Author {{ agent {{ id }} name }}"
    );
    let answer = ours(&document).await;
    assert_eq!(data(&answer)["author"]["name"], "Author \"1\"");
}

/// An object of the ordinary way that hands rows to the read layer.
struct Hybrid;

#[Object]
impl Hybrid {
    async fn maybe(&self, id: i32) -> Option<One<ours::Author>> {
        toy::author(id).map(One::Row)
    }

    async fn all(&self) -> Many<ours::Author> {
        Many(toy::authors(None))
    }

    async fn deeper(&self) -> Self {
        Self
    }
}

#[tokio::test]
async fn an_ordinary_resolver_hands_rows_over() {
    ours::schema();
    let schema = Schema::new(Hybrid, EmptyMutation, EmptySubscription);
    let sdl = schema.sdl();
    assert!(sdl.contains("maybe(id: Int!): Author\n"), "{sdl}");
    assert!(sdl.contains("all: [Author!]!\n"), "{sdl}");
    let document = "{ deeper { a: maybe(id: 3) { n: name p: publisher { name } }
        b: maybe(id: 2) { name publisher { name } } c: maybe(id: 0) { name } } }";
    let answer = schema.execute(document).await;
    let kept = json!({ "name": "Author \"2\"", "publisher": { "name": "Publisher 0" } });
    assert_eq!(data(&answer), json!({ "deeper": { "a": null, "b": kept, "c": null } }));
    assert_eq!(errors(&answer), ["deeper.a.p: the publisher of author 3 cannot be told"]);
    let answer = schema.execute("{ deeper { all { publisher { name } } } }").await;
    assert_eq!(data(&answer), Value::Null);
    let expected = ["deeper.all.2.publisher: the publisher of author 3 cannot be told"];
    assert_eq!(errors(&answer), expected);
}
