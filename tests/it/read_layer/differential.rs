//! Random documents: the read layer answers what async-graphql answers, to the byte.

use std::collections::BTreeSet;

use async_graphql::{PathSegment, Response};
use proptest::{
    prelude::{ProptestConfig, any, prop_assert, prop_assert_eq},
    test_runner::{TestCaseError, TestError, TestRunner},
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::{
    document::{Document, made, scattered},
    toy::{
        ours,
        plain::{self, PlainSchema},
    },
};

const DOCUMENTS: u32 = 2_000;

/// An error: its path, and its message.
type Failure = (Vec<String>, String);

fn failures(response: &Response) -> Vec<Failure> {
    let step = |step: &PathSegment| match step {
        PathSegment::Field(name) => name.clone(),
        PathSegment::Index(at) => at.to_string(),
    };
    let failure = |error: &async_graphql::ServerError| {
        (error.path.iter().map(step).collect(), error.message.clone())
    };
    let mut failures: Vec<Failure> = response.errors.iter().map(failure).collect();
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
    for (path, message) in failures {
        let steps = null_at(data, path).expect("an error belongs to a null");
        if steps == path.len() {
            own.insert((path.clone(), message.clone()));
        } else {
            nulls.insert(path[..steps].to_vec());
        }
    }
    (nulls, own)
}

/// Both answers are the same; of errors that share a null GraphQL wants one and allows more.
///
/// async-graphql cuts the path of an error that leaves a list, and asks nothing more once a null
/// goes up, so its errors are among ours, with the beginning of our path.
fn same(plain: &Response, ours: &Response) -> Result<(), TestCaseError> {
    prop_assert_eq!(data(plain), data(ours));
    let json = serde_json::to_value(&ours.data).expect("an answer is JSON");
    let (theirs, mine) = (failures(plain), failures(ours));
    prop_assert!(theirs.iter().all(|(path, _)| !path.is_empty()), "not valid: {:?}", theirs);
    let distinct: BTreeSet<_> = mine.iter().collect();
    prop_assert_eq!(distinct.len(), mine.len(), "an error is reported twice: {:?}", mine);
    for (path, message) in &theirs {
        let known = mine.iter().any(|(full, known)| known == message && full.starts_with(path));
        prop_assert!(known, "{path:?} {message} is not among {mine:?}");
    }
    let (nulls, own) = placed(&json, &mine);
    for (path, message) in own {
        let known = theirs.iter().any(|(_, known)| *known == message);
        prop_assert!(known, "{path:?} {message} is not among {theirs:?}");
    }
    for null in nulls {
        let known = theirs.iter().any(|(path, _)| path.starts_with(&null));
        prop_assert!(known, "nothing in {theirs:?} leads to the null at {null:?}");
    }
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
        ours::schema();
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
        let answer = ours::execute(document.request()).await;
        same(&expected, &answer)?;
        let again = ours::execute(roundabout.request()).await;
        prop_assert_eq!(data(&answer), data(&again), "scattered:\n{}", roundabout.text());
        prop_assert_eq!(failures(&answer), failures(&again), "scattered:\n{}", roundabout.text());
        Ok(())
    })
}

#[test]
fn random_documents_have_the_answers_of_async_graphql() {
    let config =
        ProptestConfig { cases: DOCUMENTS, failure_persistence: None, ..ProptestConfig::default() };
    let schemas = Schemas::new();
    let bytes = || proptest::collection::vec(any::<u8>(), 0..180);
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
    let (plain, ours) = (plain::schema().sdl(), ours::schema().sdl());
    assert_eq!(without_directives(&plain), without_directives(&ours));
}
