//! Random documents: the read layer answers what async-graphql answers, to the byte.

use std::collections::BTreeSet;

use async_graphql::{PathSegment, Response, ServerError};
use pathbridge::error::Error;
use proptest::{
    prelude::{ProptestConfig, any, prop_assert, prop_assert_eq},
    test_runner::{TestCaseError, TestError, TestRunner},
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::{
    document::{Document, made, scattered},
    toy::{
        ours as house,
        plain::{self, PlainSchema},
    },
};

const DOCUMENTS: u32 = 600;

/// An error: its path, its code, and its message.
type Failure = (Vec<String>, String, String);

/// The errors of the plain schema, each with the full path that its resolver told.
fn theirs(response: &Response) -> Vec<Failure> {
    let failure = |error: &ServerError| {
        let told = error.extensions.as_ref().expect("a resolver raised it");
        let text = |value: &async_graphql::Value| match value {
            async_graphql::Value::String(text) => text.clone(),
            other => panic!("{other} is no text"),
        };
        let Some(async_graphql::Value::List(path)) = told.get("path") else { panic!("no path") };
        let code = text(told.get("code").expect("a code"));
        (path.iter().map(text).collect(), code, error.message.clone())
    };
    sorted(response.errors.iter().map(failure).collect())
}

/// The errors of ours, as they are.
fn ours(response: &Response) -> Vec<Failure> {
    let step = |step: &PathSegment| match step {
        PathSegment::Field(name) => name.clone(),
        PathSegment::Index(at) => at.to_string(),
    };
    let failure = |error: &ServerError| {
        let code = error.source::<Error>().expect("an error of the house").code();
        (error.path.iter().map(step).collect(), code.name().to_owned(), error.message.clone())
    };
    sorted(response.errors.iter().map(failure).collect())
}

fn sorted(mut failures: Vec<Failure>) -> Vec<Failure> {
    failures.sort();
    failures
}

fn data(response: &Response) -> String {
    serde_json::to_string(&response.data).expect("an answer is JSON")
}

/// How many steps of the path lead to the null that the error left in the answer.
fn null_at(data: &Value, path: &[String]) -> Option<usize> {
    let mut here = data;
    for (steps, step) in path.iter().enumerate() {
        here = match here {
            Value::Null => return Some(steps),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            Value::Object(fields) => fields.get(step)?,
            _ => return None,
        };
    }
    here.is_null().then_some(path.len())
}

/// Where errors left a null because it could not stay further down, and the errors that stayed
/// where they were.
fn placed(data: &Value, failures: &[Failure]) -> (BTreeSet<Vec<String>>, BTreeSet<Failure>) {
    let (mut nulls, mut own) = (BTreeSet::new(), BTreeSet::new());
    for failure @ (path, ..) in failures {
        let steps = null_at(data, path).expect("an error belongs to a null");
        if steps == path.len() {
            own.insert(failure.clone());
        } else {
            nulls.insert(path[..steps].to_vec());
        }
    }
    (nulls, own)
}

/// Both answers are the same: data to the byte, and errors with their paths, codes and messages.
///
/// Of errors that share a null GraphQL wants one and allows more. async-graphql asks nothing more
/// once a null goes up and we do, so beside such a null we may tell more, and nowhere else.
fn same(plain: &Response, answer: &Response) -> Result<(), TestCaseError> {
    prop_assert_eq!(data(plain), data(answer));
    let json = serde_json::to_value(&answer.data).expect("an answer is JSON");
    let (theirs, mine) = (theirs(plain), ours(answer));
    let distinct: BTreeSet<_> = mine.iter().collect();
    prop_assert_eq!(distinct.len(), mine.len(), "an error is reported twice: {:?}", mine);
    for failure in &theirs {
        prop_assert!(mine.contains(failure), "{failure:?} is not among {mine:?}");
    }
    let (nulls, own) = placed(&json, &mine);
    let (their_nulls, their_own) = placed(&json, &theirs);
    prop_assert_eq!(own, their_own, "errors that stayed where they were");
    prop_assert_eq!(nulls, their_nulls, "nulls that went up");
    Ok(())
}

/// What all documents share.
struct Schemas {
    plain: PlainSchema,
    runtime: Runtime,
}

impl Schemas {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().build().expect("a runtime starts");
        house::schema();
        Self { plain: plain::schema(), runtime }
    }
}

fn check(
    schemas: &Schemas,
    document: &Document,
    roundabout: &Document,
) -> Result<(), TestCaseError> {
    schemas.runtime.block_on(async {
        let expected = schemas.plain.execute(document.request()).await;
        let answer = house::execute(document.request()).await;
        same(&expected, &answer)?;
        let again = house::execute(roundabout.request()).await;
        prop_assert_eq!(data(&answer), data(&again), "scattered:\n{}", roundabout.text());
        prop_assert_eq!(ours(&answer), ours(&again), "scattered:\n{}", roundabout.text());
        Ok(())
    })
}

#[test]
fn random_documents_have_the_answers_of_async_graphql() {
    let config =
        ProptestConfig { cases: DOCUMENTS, failure_persistence: None, ..ProptestConfig::default() };
    let schemas = Schemas::new();
    let bytes = || proptest::collection::vec(any::<u8>(), 20..180);
    let done = TestRunner::new(config).run(&(bytes(), bytes()), |(first, second)| {
        let document = made(&first);
        check(&schemas, &document, &scattered(&document, &second)).map_err(|error| {
            TestCaseError::fail(format!("{error}\n{}{}", document.text(), document.variables()))
        })
    });
    match done {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(TestError::Abort(reason)) => panic!("given up: {reason}"),
    }
}

/// The schema without what only ours has: directives.
fn without_directives(sdl: &str) -> Vec<String> {
    let own = ["@scope", "@pii", "@cost", "@listSize"];
    let text = own.iter().fold(sdl.to_owned(), |text, name| {
        let parts: Vec<_> = text.split(&format!(" {name}(")).map(str::to_owned).collect();
        let kept = parts.iter().enumerate().map(|(at, part)| match part.split_once(')') {
            Some((_, rest)) if at > 0 => rest.to_owned(),
            _ => part.clone(),
        });
        kept.collect()
    });
    text.split("\n\n")
        .filter(|block| !block.contains("directive @"))
        .map(|block| block.trim().to_owned())
        .filter(|block| !block.is_empty())
        .collect()
}

#[test]
fn both_schemas_print_the_same_types() {
    let (plain, ours) = (plain::schema().sdl(), house::schema().sdl());
    assert_eq!(without_directives(&plain), without_directives(&ours));
}
