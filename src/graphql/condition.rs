//! `@skip` and `@include`.

use async_graphql_parser::{Positioned, types::Directive};
use async_graphql_value::{ConstValue, Value, Variables};

/// Whether a selection with these directives takes part, given the coerced variables.
pub(super) fn is_included(directives: &[Positioned<Directive>], variables: &Variables) -> bool {
    holds(directives, |name| variables.get(name))
}

/// Whether a selection with these directives takes part; variables are looked up as they are met.
pub(super) fn holds<'v>(
    directives: &[Positioned<Directive>],
    variable: impl Fn(&str) -> Option<&'v ConstValue>,
) -> bool {
    directives.iter().all(|directive| match directive.node.name.node.as_str() {
        "skip" => !condition(&directive.node, &variable),
        "include" => condition(&directive.node, &variable),
        _ => true,
    })
}

fn condition<'v>(
    directive: &Directive,
    variable: &impl Fn(&str) -> Option<&'v ConstValue>,
) -> bool {
    match directive.get_argument("if").map(|value| &value.node) {
        Some(Value::Boolean(value)) => *value,
        Some(Value::Variable(name)) => matches!(variable(name), Some(ConstValue::Boolean(true))),
        _ => false,
    }
}
