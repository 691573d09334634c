//! Which fields a selection asks of a type: GraphQL's `CollectFields`.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::{Name, Positioned};
use async_graphql_parser::types::{Field, Selection, SelectionSet};

use super::Cx;

/// The selection sets whose fields are asked of one level, merged by GraphQL's rules.
pub type Sets<'x> = Arc<[&'x SelectionSet]>;

/// One field of the answer: every selection with the same response key.
#[derive(Clone, Debug)]
pub struct Picked<'x> {
    /// The key in the answer: the alias, or the name.
    pub key: &'x Name,
    /// The first selection of the key; the others have the same name and arguments.
    pub field: &'x Positioned<Field>,
    /// The fields asked of the field's own type.
    pub sets: Sets<'x>,
}

impl<'x> Picked<'x> {
    /// The name of the field in the schema.
    #[must_use]
    pub fn name(&self) -> &'x str {
        self.field.node.name.node.as_str()
    }

    /// A field as the executor hands it over.
    #[must_use]
    pub fn of_field(field: &'x Positioned<Field>) -> Self {
        let sets = Arc::from([&field.node.selection_set.node]);
        Self { key: &field.node.response_key().node, field, sets }
    }

    /// Whether one of its own fields is asked, however deep in fragments.
    #[must_use]
    pub fn asks_for(&self, cx: &Cx<'x>, type_name: &str, field: &str) -> bool {
        pick(cx, type_name, &[], &self.sets).iter().any(|picked| picked.name() == field)
    }
}

/// The fields that these selection sets ask of an object of this type, in the query's order.
pub(super) fn pick<'x>(
    cx: &Cx<'x>,
    type_name: &str,
    interfaces: &[&str],
    sets: &[&'x SelectionSet],
) -> Vec<Picked<'x>> {
    let mut collector = Collector {
        cx,
        type_name,
        interfaces,
        found: Vec::new(),
        at: HashMap::new(),
        spread: HashSet::new(),
    };
    for set in sets {
        collector.collect(set);
    }
    let finish =
        |found: Found<'x>| Picked { key: found.key, field: found.field, sets: found.sets.into() };
    collector.found.into_iter().map(finish).collect()
}

struct Found<'x> {
    key: &'x Name,
    field: &'x Positioned<Field>,
    sets: Vec<&'x SelectionSet>,
}

struct Collector<'c, 'x> {
    cx: &'c Cx<'x>,
    type_name: &'c str,
    interfaces: &'c [&'c str],
    found: Vec<Found<'x>>,
    at: HashMap<&'x str, usize>,
    /// The named fragments that were met: each is collected once.
    spread: HashSet<&'x str>,
}

impl<'x> Collector<'_, 'x> {
    fn collect(&mut self, set: &'x SelectionSet) {
        let cx = self.cx;
        let included = |item: &&Positioned<Selection>| cx.is_included(item.node.directives());
        for selection in set.items.iter().filter(included) {
            match &selection.node {
                Selection::Field(field) => self.field(field),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    self.fragment(
                        condition.map(|condition| condition.node.on.node.as_str()),
                        &fragment.node.selection_set.node,
                    );
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let fragment = self.cx.fragment(name);
                    if let Some(fragment) = fragment.filter(|_| self.spread.insert(name)) {
                        self.fragment(
                            Some(fragment.type_condition.node.on.node.as_str()),
                            &fragment.selection_set.node,
                        );
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &'x Positioned<Field>) {
        let key = &field.node.response_key().node;
        let set = &field.node.selection_set.node;
        if let Some(at) = self.at.get(key.as_str()) {
            self.found[*at].sets.push(set);
            return;
        }
        self.at.insert(key.as_str(), self.found.len());
        self.found.push(Found { key, field, sets: vec![set] });
    }

    fn fragment(&mut self, condition: Option<&str>, set: &'x SelectionSet) {
        let applies = condition.is_none_or(|condition| {
            condition == self.type_name || self.interfaces.contains(&condition)
        });
        if applies {
            self.collect(set);
        }
    }
}
