//! `@skip` and `@include`.

use async_graphql_parser::{Positioned, types::Directive};
use async_graphql_value::{ConstValue, Value, Variables};

/// Whether a selection with these directives takes part, given the coerced variables.
pub(super) fn is_included(directives: &[Positioned<Directive>], variables: &Variables) -> bool {
    directives.iter().all(|directive| match directive.node.name.node.as_str() {
        "skip" => !condition(&directive.node, variables),
        "include" => condition(&directive.node, variables),
        _ => true,
    })
}

fn condition(directive: &Directive, variables: &Variables) -> bool {
    match directive.get_argument("if").map(|value| &value.node) {
        Some(Value::Boolean(value)) => *value,
        Some(Value::Variable(name)) => {
            matches!(variables.get(name), Some(ConstValue::Boolean(true)))
        }
        _ => false,
    }
}
