//! Mutations that a client may send again without doing them twice.
//!
//! The client puts a key of its choosing on the mutation, with `@idempotent(key:)` or, when the
//! operation has one mutation, in the header `Idempotency-Key`. The first request under a key does
//! the work and the key is kept with it; the same mutation with the same arguments is answered
//! from what was done, its selection resolved afresh, and `extensions.idempotency` says so.

mod directive;

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Variables,
    parser::types::{Field, OperationType},
};
use async_graphql_value::{ConstValue, Value};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{Run, prepare::root_fields};
use crate::{
    auth::{Caller, Once},
    error::{Code, Error, Result},
};

/// The directive's name.
pub(super) const DIRECTIVE: &str = "idempotent";

/// Stands for a variable that was not given; values of enums are written in capitals.
const ABSENT: &str = "absent";

/// A key has at most so many characters.
const LONGEST_KEY: usize = 255;

pub use directive::idempotent;

/// The mutations of an operation that are done once, by the keys of the answer: who asks for each.
#[derive(Debug, Default)]
pub struct Promises(HashMap<String, Caller>);

impl Promises {
    /// What the operation and the header of its request say.
    pub fn of(run: &Run, header: Option<&str>, caller: &Caller) -> Result<Self> {
        if run.operation.kind != OperationType::Mutation {
            return Ok(Self::default());
        }
        let definition = run.document.definition(&run.operation)?;
        let set = &definition.selection_set.node;
        let fields = root_fields(run.document.parsed(), set, &run.variables);
        if header.is_some() && fields.len() != 1 {
            let message = "the header `Idempotency-Key` belongs to an operation with one mutation; \
                           with several, put `@idempotent(key:)` on each";
            return Err(Error::argument(Code::BadUserInput, message));
        }
        let mut promises = HashMap::new();
        for field in fields {
            let written = directive(field, &run.variables)?;
            let key = match (written, header) {
                (Some(written), Some(header)) if written != header => {
                    let message = "the header `Idempotency-Key` and `@idempotent(key:)` differ";
                    return Err(Error::argument(Code::BadUserInput, message));
                }
                (written, header) => written.or(header.map(str::to_owned)),
            };
            let Some(key) = key else { continue };
            let once = Once::new(field.name.node.to_string(), check(key)?, print(field, run)?);
            let caller = Caller { once: Some(Arc::new(once)), ..caller.clone() };
            promises.insert(field.response_key().node.to_string(), caller);
        }
        Ok(Self(promises))
    }

    /// Who asks for the field that is being resolved, when it is done once.
    pub(super) fn caller(&self, field: &Field) -> Option<&Caller> {
        self.0.get(field.response_key().node.as_str())
    }

    /// The mutations that were answered from an earlier request, as the answer's extensions say it.
    #[must_use]
    pub fn replays(&self) -> Vec<serde_json::Value> {
        let kept = self.0.iter().filter_map(|(field, caller)| {
            let once = caller.once.as_ref()?;
            let at = once.done_at()?.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
            Some(json!({ "field": field, "key": once.key, "replayed": true, "originalAt": at }))
        });
        kept.collect()
    }
}

fn check(key: String) -> Result<String> {
    if !key.is_empty() && key.chars().count() <= LONGEST_KEY {
        return Ok(key);
    }
    let message = format!("an idempotency key has 1 to {LONGEST_KEY} characters");
    Err(Error::argument(Code::BadUserInput, message))
}

fn directive(field: &Field, variables: &Variables) -> Result<Option<String>> {
    let mut directives = field.directives.iter().map(|directive| &directive.node);
    let Some(found) = directives.find(|directive| directive.name.node == DIRECTIVE) else {
        return Ok(None);
    };
    let key = found.get_argument("key").map(|value| given(&value.node, variables));
    match key.transpose()? {
        Some(ConstValue::String(key)) => Ok(Some(key)),
        _ => Err(Error::argument(Code::BadUserInput, "`@idempotent` needs a key: a string")),
    }
}

/// A digest of the arguments that is the same for the same arguments, however they are written.
fn print(field: &Field, run: &Run) -> Result<String> {
    let mut arguments: Vec<(&str, ConstValue)> = Vec::new();
    for (name, value) in &field.arguments {
        arguments.push((name.node.as_str(), given(&value.node, &run.variables)?));
    }
    arguments.sort_by_key(|(name, _)| *name);
    let mut text = String::new();
    for (name, value) in &arguments {
        text.push_str(name);
        text.push(':');
        canonical(value, &mut text);
        text.push(';');
    }
    Ok(URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes())))
}

/// The value with its variables; one that was not given is told apart from null.
fn given(value: &Value, variables: &Variables) -> Result<ConstValue> {
    let absent = || ConstValue::Enum(Name::new(ABSENT));
    let variable =
        |name: Name| Ok::<_, Error>(variables.get(&name).cloned().unwrap_or_else(absent));
    value.clone().into_const_with(variable)
}

/// Writes a value so that the order of an object's fields makes no difference.
fn canonical(value: &ConstValue, out: &mut String) {
    match value {
        ConstValue::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (name, value) in fields {
                out.push_str(name);
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        ConstValue::List(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        ConstValue::Enum(name) if name == ABSENT => out.push_str(ABSENT),
        // What an enum value is in a document, a string is among the variables.
        ConstValue::Enum(name) => out.push_str(&json!(name.as_str()).to_string()),
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Variables};
    use async_graphql_value::{ConstValue, Value};
    use serde_json::json;

    use super::{canonical, given};

    fn printed(value: &ConstValue) -> String {
        let mut out = String::new();
        canonical(value, &mut out);
        out
    }

    fn value(json: serde_json::Value) -> ConstValue {
        ConstValue::from_json(json).unwrap()
    }

    #[test]
    fn the_order_of_fields_makes_no_difference_and_every_value_does() {
        let one = value(json!({ "a": 1, "b": { "c": [null, "x"], "d": true } }));
        let other = value(json!({ "b": { "d": true, "c": [null, "x"] }, "a": 1 }));
        assert_eq!(printed(&one), printed(&other));
        for changed in [
            json!({ "a": "1", "b": { "c": [null, "x"], "d": true } }),
            json!({ "a": 1, "b": { "c": ["x", null], "d": true } }),
            json!({ "a": 1, "b": { "c": [null, "x"] } }),
            json!({ "a": 1, "b": { "c": [null, "x"], "d": "true" } }),
        ] {
            assert_ne!(printed(&value(changed)), printed(&one));
        }
    }

    #[test]
    fn an_enum_is_the_same_in_a_document_and_among_the_variables() {
        let written = ConstValue::Enum(Name::new("ACTIVE"));
        assert_eq!(printed(&written), printed(&value(json!("ACTIVE"))));
    }

    #[test]
    fn a_variable_that_was_not_given_is_neither_null_nor_any_text() {
        let absent = given(&Value::Variable(Name::new("x")), &Variables::default()).unwrap();
        for given in [json!(null), json!("absent"), json!("")] {
            assert_ne!(printed(&absent), printed(&value(given)));
        }
    }
}
