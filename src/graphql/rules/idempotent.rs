//! `@idempotent` stands on mutations: on a field of the root of a mutation, and nowhere else.

use std::collections::HashSet;

use async_graphql::{
    Pos, ServerError,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};

use crate::graphql::{once::DIRECTIVE, prepare::each_field};

/// The places where it has nothing to say.
pub(super) fn check(document: &ExecutableDocument) -> Vec<ServerError> {
    let mut allowed = HashSet::new();
    for (_, operation) in document.operations.iter() {
        if operation.node.ty == OperationType::Mutation {
            let set = &operation.node.selection_set.node;
            each_field(document, set, &|_| true, &mut |field| {
                allowed.insert(field.pos);
            });
        }
    }
    let mut errors = Vec::new();
    let operations = document.operations.iter().map(|(_, one)| &one.node.selection_set.node);
    let fragments = document.fragments.values().map(|one| &one.node.selection_set.node);
    for set in operations.chain(fragments) {
        walk(set, &allowed, &mut errors);
    }
    errors
}

fn walk(set: &SelectionSet, allowed: &HashSet<Pos>, errors: &mut Vec<ServerError>) {
    for item in &set.items {
        let (place, inner) = match &item.node {
            Selection::Field(field) => (Some(field.pos), Some(&field.node.selection_set.node)),
            Selection::InlineFragment(inline) => (None, Some(&inline.node.selection_set.node)),
            Selection::FragmentSpread(_) => (None, None),
        };
        let is_marked = |name: &str| name == DIRECTIVE;
        let marked = item.node.directives().iter().find(|one| is_marked(&one.node.name.node));
        if let Some(marked) = marked.filter(|_| !place.is_some_and(|at| allowed.contains(&at))) {
            let message = "`@idempotent` stands on a mutation, not on a field of its answer";
            errors.push(ServerError::new(message, Some(marked.pos)));
        }
        if let Some(inner) = inner {
            walk(inner, allowed, errors);
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::check;

    #[test]
    fn it_stands_on_mutations_alone() {
        let errors = |text: &str| check(&parse_query(text).unwrap()).len();
        for text in [
            r#"mutation { a @idempotent(key: "1") { b } c @idempotent(key: "2") }"#,
            r#"mutation { ...f } fragment f on M { ... { a @idempotent(key: "1") { b } } }"#,
        ] {
            assert_eq!(errors(text), 0, "{text}");
        }
        for text in [
            r#"{ a @idempotent(key: "1") }"#,
            r#"mutation { a { b @idempotent(key: "1") } }"#,
            r#"subscription { a @idempotent(key: "1") }"#,
            r#"mutation { a { ...f } } fragment f on A { b @idempotent(key: "1") }"#,
        ] {
            assert_eq!(errors(text), 1, "{text}");
        }
    }
}
