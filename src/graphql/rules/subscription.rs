//! A subscription asks for one stream: its root has one field, which is none of introspection and
//! does not depend on a condition.

use std::collections::HashSet;

use async_graphql::{
    Pos, Positioned, ServerError,
    parser::types::{Directive, ExecutableDocument, OperationType, Selection, SelectionSet},
};

/// What is wrong with the roots of the subscriptions.
pub(super) fn check(document: &ExecutableDocument) -> Vec<ServerError> {
    let subscriptions = document
        .operations
        .iter()
        .filter(|(_, operation)| operation.node.ty == OperationType::Subscription);
    let mut errors = Vec::new();
    for (_, operation) in subscriptions {
        let mut root = Root { document, keys: HashSet::new(), errors: &mut errors };
        root.read(&operation.node.selection_set.node);
    }
    errors
}

struct Root<'d, 'e> {
    document: &'d ExecutableDocument,
    keys: HashSet<&'d str>,
    errors: &'e mut Vec<ServerError>,
}

impl<'d> Root<'d, '_> {
    fn read(&mut self, set: &'d SelectionSet) {
        for item in &set.items {
            self.conditions(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    if self.keys.insert(key) && self.keys.len() > 1 {
                        self.wrong("a subscription selects one field only", field.pos);
                    }
                    if field.node.name.node.starts_with("__") {
                        self.wrong("a subscription does not begin with introspection", field.pos);
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.read(&inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name) {
                        self.read(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn conditions(&mut self, directives: &[Positioned<Directive>]) {
        let is_condition = |name: &str| matches!(name, "skip" | "include");
        for directive in directives.iter().filter(|one| is_condition(&one.node.name.node)) {
            let message = "the root of a subscription takes neither `@skip` nor `@include`";
            self.wrong(message, directive.pos);
        }
    }

    fn wrong(&mut self, message: &str, at: Pos) {
        self.errors.push(ServerError::new(message, Some(at)));
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::check;

    fn errors(text: &str) -> usize {
        check(&parse_query(text).unwrap()).len()
    }

    #[test]
    fn one_field_it_is_however_it_is_written() {
        for text in [
            "subscription { changes { id } }",
            "subscription { ... { changes { id } } ...f } fragment f on S { changes { at } }",
            "subscription { one: changes { a b } one: changes { c @skip(if: true) } }",
            "{ a b __typename } mutation { a b }",
        ] {
            let text = text.replace("} mutation", "} # ");
            assert_eq!(errors(&text), 0, "{text}");
        }
    }

    #[test]
    fn every_other_root_is_refused() {
        for text in [
            "subscription { changes { id } more { id } }",
            "subscription { a: changes { id } b: changes { id } }",
            "subscription { changes { id } ...f } fragment f on S { ... { more { id } } }",
            "subscription { __typename }",
            "subscription { changes @include(if: true) { id } }",
            "subscription { ... @skip(if: false) { changes { id } } }",
            "query a { b } subscription c { d e }",
        ] {
            assert_eq!(errors(text), 1, "{text}");
        }
    }
}
