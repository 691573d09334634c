//! Root fields that occur more than once.
//!
//! `{ a { x } a { y } }` asks for one `a` with `x` and `y`. async-graphql would resolve `a` twice,
//! which is wrong for a mutation and a waste for a query, so such documents are rewritten.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Positioned, Variables,
    parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet},
};

use crate::graphql::condition::is_included;

/// Whether a response key may occur twice on the root.
pub(super) fn repeats(document: &ExecutableDocument, set: &SelectionSet) -> bool {
    let mut keys = HashSet::new();
    let mut twice = false;
    each_field(document, set, &|_| true, &mut |field| {
        twice |= !keys.insert(field.node.response_key().node.clone());
    });
    twice
}

/// Whether a field of the root is about the schema itself.
pub(super) fn asks_the_schema(document: &ExecutableDocument, set: &SelectionSet) -> bool {
    let mut asks = false;
    each_field(document, set, &|_| true, &mut |field| {
        asks |= matches!(field.node.name.node.as_str(), "__schema" | "__type");
    });
    asks
}

/// The same root with fragments opened, conditions decided and each response key once. Only for
/// valid documents: there, fields of one key have the same name and arguments.
pub(super) fn merge(
    document: &ExecutableDocument,
    set: &SelectionSet,
    variables: &Variables,
) -> SelectionSet {
    let mut fields: Vec<Positioned<Field>> = Vec::new();
    let mut index = HashMap::new();
    let included = |directives: &[_]| is_included(directives, variables);
    each_field(document, set, &included, &mut |field| {
        let key = field.node.response_key().node.clone();
        let at = *index.entry(key).or_insert(fields.len());
        if let Some(first) = fields.get_mut(at) {
            let more = field.node.selection_set.node.items.iter().cloned();
            first.node.selection_set.node.items.extend(more);
        } else {
            fields.push(unconditional(field));
        }
    });
    let items = fields.into_iter().map(|field| {
        let position = field.pos;
        Positioned::new(Selection::Field(field), position)
    });
    SelectionSet { items: items.collect() }
}

fn unconditional(field: &Positioned<Field>) -> Positioned<Field> {
    let mut field = field.clone();
    let is_condition = |name: &str| matches!(name, "skip" | "include");
    field.node.directives.retain(|directive| !is_condition(&directive.node.name.node));
    field
}

/// The fields of the root that take part.
pub(in crate::graphql) fn root_fields<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    variables: &Variables,
) -> Vec<&'a Field> {
    let mut fields: Vec<&Field> = Vec::new();
    let included = |directives: &[_]| is_included(directives, variables);
    each_field(document, set, &included, &mut |field| {
        let key = &field.node.response_key().node;
        if !fields.iter().any(|known| known.response_key().node == *key) {
            fields.push(&field.node);
        }
    });
    fields
}

/// Every field of the root, fragments opened.
pub(in crate::graphql) fn each_field<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    included: &dyn Fn(&[Positioned<Directive>]) -> bool,
    then: &mut dyn FnMut(&'a Positioned<Field>),
) {
    for item in set.items.iter().filter(|item| included(item.node.directives())) {
        match &item.node {
            Selection::Field(field) => then(field),
            Selection::InlineFragment(inline) => {
                each_field(document, &inline.node.selection_set.node, included, then);
            }
            Selection::FragmentSpread(spread) => {
                let name = spread.node.fragment_name.node.as_str();
                if let Some(fragment) = document.fragments.get(name) {
                    each_field(document, &fragment.node.selection_set.node, included, then);
                }
            }
        }
    }
}
