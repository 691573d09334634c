//! The directives that the schema prints and the static pass enforces.

use async_graphql::{
    TypeDirective, TypeDirective as Directive, Value,
    registry::{MetaDirectiveInvocation, Registry},
};

use crate::auth::{Class, Scope};

/// The access token must carry this scope; `any` means that every valid token will do. On an
/// object it holds wherever the object is reached.
#[TypeDirective(name = "scope", location = "FieldDefinition", location = "Object")]
pub fn scope(requires: String) {}

/// Personal data of this class: it reaches an outside party only with consent or under the
/// district's directory policy, and each such reading is recorded.
#[TypeDirective(name = "pii", location = "FieldDefinition")]
pub fn pii(class: String) {}

/// What the field adds to the cost of an operation.
#[TypeDirective(name = "cost", location = "FieldDefinition")]
pub fn cost(weight: i32) {}

/// The arguments that say how many rows the field answers.
#[TypeDirective(name = "listSize", location = "FieldDefinition")]
pub fn list_size(slicing_arguments: Vec<String>) {}

/// Enters the directives into the schema, whether a type uses them or not.
pub(super) fn register(registry: &mut Registry) {
    Directive::register(&scope, registry);
    Directive::register(&pii, registry);
    Directive::register(&cost, registry);
    Directive::register(&list_size, registry);
}

pub(super) fn scope_invocation(requires: Scope) -> MetaDirectiveInvocation {
    invocation("scope", "requires", Value::from(requires.name()))
}

pub(super) fn pii_invocation(class: Class) -> MetaDirectiveInvocation {
    invocation("pii", "class", Value::from(class.name()))
}

pub(super) fn cost_invocation(weight: i32) -> MetaDirectiveInvocation {
    invocation("cost", "weight", Value::from(weight))
}

pub(super) fn list_size_invocation(arguments: &[&str]) -> MetaDirectiveInvocation {
    let arguments = arguments.iter().map(|argument| Value::from(*argument));
    invocation("listSize", "slicingArguments", Value::List(arguments.collect()))
}

fn invocation(name: &str, argument: &str, value: Value) -> MetaDirectiveInvocation {
    MetaDirectiveInvocation {
        name: name.to_owned(),
        args: [(argument.to_owned(), value)].into_iter().collect(),
    }
}
