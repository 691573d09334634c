//! The scopes that an operation needs.

use std::collections::HashSet;

use async_graphql_parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};

use crate::{
    auth::Scope,
    graphql::model::{Model, named},
};

/// A scope, and the first place in the document that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// The permission.
    pub scope: Scope,
    /// The response keys from the root to the field.
    pub path: Vec<String>,
}

/// What an operation needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes {
    /// Each scope once.
    pub needed: Vec<Needed>,
    /// Root fields that name no scope: nobody may select them, whatever the token.
    pub denied: Vec<Vec<String>>,
}

/// Lists what an operation needs. Fields and types that do not exist are left to validation.
#[must_use]
pub fn scopes(
    model: &Model,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Scopes {
    let Some(root) = model.root(operation.ty) else { return Scopes::default() };
    let mut walk = Walk {
        model,
        document,
        spread: HashSet::new(),
        path: Vec::new(),
        found: Scopes::default(),
    };
    walk.set(&operation.selection_set.node, root);
    walk.found
}

struct Walk<'a> {
    model: &'a Model,
    document: &'a ExecutableDocument,
    /// Fragments that were walked: what they need does not depend on where they are spread.
    spread: HashSet<&'a str>,
    path: Vec<&'a str>,
    found: Scopes,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, on: &'a str) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    self.path.push(field.node.response_key().node.as_str());
                    self.field(field.node.name.node.as_str(), &field.node.selection_set.node, on);
                    self.path.pop();
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.enter(&inline.node.selection_set.node, on);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name)
                        && self.spread.insert(name)
                    {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.enter(&fragment.node.selection_set.node, on);
                    }
                }
            }
        }
    }

    /// Goes into selections on a type, which may need a scope by itself.
    fn enter(&mut self, set: &'a SelectionSet, on: &'a str) {
        if let Some(scope) = self.model.composite(on).and_then(|composite| composite.scope) {
            self.need(scope);
        }
        self.set(set, on);
    }

    fn field(&mut self, name: &str, set: &'a SelectionSet, on: &str) {
        let Some(field) = self.model.field(on, name) else { return };
        match field.scope {
            Some(scope) => self.need(scope),
            None if self.model.is_root(on) => {
                let path = self.path.iter().map(|&key| key.to_owned()).collect();
                self.found.denied.push(path);
            }
            None => {}
        }
        self.enter(set, named(&field.ty));
    }

    fn need(&mut self, scope: Scope) {
        if self.found.needed.iter().all(|needed| needed.scope != scope) {
            let path = self.path.iter().map(|&key| key.to_owned()).collect();
            self.found.needed.push(Needed { scope, path });
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql_parser::parse_query;

    use super::{Scopes, scopes};
    use crate::graphql::toy;

    fn needed(text: &str) -> Scopes {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        scopes(&toy::model(), &document, &operation.node)
    }

    fn paths(text: &str) -> Vec<String> {
        let found = needed(text);
        assert!(found.denied.is_empty(), "{found:?}");
        let lines = found.needed.iter();
        lines.map(|needed| format!("{} {}", needed.scope.name(), needed.path.join("."))).collect()
    }

    #[test]
    fn fields_and_types_name_their_scope_where_it_is_first_needed() {
        assert_eq!(paths("{ viewer { text } }"), ["any viewer"]);
        assert_eq!(
            paths(
                "{ viewer { text } s: students(first: 1) { nodes { placements { nodes { id } } } } }"
            ),
            ["any viewer", "students:read s", "placements:read s.placements.nodes"]
                .map(|line| line.replace("s.placements.nodes", "s.nodes.placements.nodes"))
        );
        assert_eq!(
            paths("{ student(id: 1) { guardians { name } } }"),
            ["students:read student", "guardians:read student.guardians"]
        );
    }

    #[test]
    fn fragments_hide_nothing() {
        let wanted = ["any n", "placements:read n"];
        assert_eq!(paths("{ n: node(id: 1) { ... on Placement { hours } } }"), wanted);
        assert_eq!(
            paths("{ n: node(id: 1) { ...f } } fragment f on Placement { __typename }"),
            wanted
        );
        assert_eq!(
            paths("{ ...f ... { viewer { text } } } fragment f on Query { student(id: 1) { id } }"),
            ["students:read student", "any viewer"]
        );
        assert_eq!(
            paths("mutation { studentRemove(id: 1) { student { id } } }"),
            ["students:write studentRemove", "students:read studentRemove.student"]
        );
    }

    #[test]
    fn a_root_field_without_a_scope_is_denied_to_all() {
        let found = needed("{ ...f } fragment f on Query { x: forgotten viewer { text } }");
        assert_eq!(found.denied, [vec!["x".to_owned()]]);
    }

    #[test]
    fn introspection_and_unknown_names_need_nothing() {
        let text = "{ __typename __schema { types { name } } __type(name: \"x\") { name } nope }";
        assert_eq!(needed(text), Scopes::default());
        assert_eq!(needed("subscription { nope }"), Scopes::default());
    }
}
