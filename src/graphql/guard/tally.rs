//! Counts one operation with its fragments spread out. Only for documents whose size is known to
//! be small: this walk is as long as the spread-out document.

use std::collections::HashMap;

use async_graphql_parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};

/// The counts of one operation.
#[derive(Debug, Default)]
pub(super) struct Tally<'a> {
    /// Fields, one inside the other.
    pub depth: usize,
    /// Fields inside `__schema` or `__type`.
    pub introspection_depth: usize,
    /// Aliases.
    pub aliases: usize,
    /// Fields on the root.
    pub root_fields: usize,
    /// The response key that occurs most often in one selection set, and how often.
    pub repeats: (&'a str, usize),
}

/// Counts one operation.
pub(super) fn operation<'a>(
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
) -> Tally<'a> {
    let mut walk = Walk { document, tally: Tally::default() };
    walk.set(&operation.selection_set.node, 0, false);
    walk.tally
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    tally: Tally<'a>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, depth: usize, in_introspection: bool) {
        let mut keys = HashMap::new();
        self.collect(set, depth, in_introspection, &mut keys);
        for (key, repeats) in keys {
            if repeats > self.tally.repeats.1 {
                self.tally.repeats = (key, repeats);
            }
        }
    }

    fn collect(
        &mut self,
        set: &'a SelectionSet,
        depth: usize,
        in_introspection: bool,
        keys: &mut HashMap<&'a str, usize>,
    ) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    *keys.entry(field.node.response_key().node.as_str()).or_default() += 1;
                    self.tally.aliases += usize::from(field.node.alias.is_some());
                    self.tally.root_fields += usize::from(depth == 0);
                    let name = field.node.name.node.as_str();
                    let introspection = in_introspection || matches!(name, "__schema" | "__type");
                    self.reach(depth + 1, introspection);
                    self.set(&field.node.selection_set.node, depth + 1, introspection);
                }
                Selection::InlineFragment(inline) => {
                    let set = &inline.node.selection_set.node;
                    self.collect(set, depth, in_introspection, keys);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let set = &fragment.node.selection_set.node;
                        self.collect(set, depth, in_introspection, keys);
                    }
                }
            }
        }
    }

    fn reach(&mut self, depth: usize, in_introspection: bool) {
        let deepest = if in_introspection {
            &mut self.tally.introspection_depth
        } else {
            &mut self.tally.depth
        };
        *deepest = depth.max(*deepest);
    }
}

/// The directives of the whole document, each counted where it is written.
pub(super) fn directives(document: &ExecutableDocument) -> usize {
    let operations = document.operations.iter().map(|(_, operation)| {
        let variables = operation.node.variable_definitions.iter();
        operation.node.directives.len()
            + variables.map(|variable| variable.node.directives.len()).sum::<usize>()
            + directives_of(&operation.node.selection_set.node)
    });
    let fragments = document.fragments.values().map(|fragment| {
        fragment.node.directives.len() + directives_of(&fragment.node.selection_set.node)
    });
    operations.chain(fragments).sum()
}

fn directives_of(set: &SelectionSet) -> usize {
    let each = set.items.iter().map(|item| {
        item.node.directives().len()
            + match &item.node {
                Selection::Field(field) => directives_of(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => directives_of(&inline.node.selection_set.node),
                Selection::FragmentSpread(_) => 0,
            }
    });
    each.sum()
}
