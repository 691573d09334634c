//! The values of a node as columns: each by the way that leads to it.

use async_graphql::{
    Variables,
    parser::types::{Field, Selection, SelectionSet},
};

use crate::graphql::{
    Document,
    condition::is_included,
    model::{self, Model},
};

/// A response key of a selection: a value, or an object with values of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key.
    pub key: String,
    /// What is selected of the object; nothing of a value, and nothing of a list.
    pub below: Vec<Column>,
}

impl Column {
    fn new(key: &str) -> Self {
        Self { key: key.to_owned(), below: Vec::new() }
    }

    /// The names of the columns that these keys make, with full stops on the way down.
    #[must_use]
    pub fn names(columns: &[Self]) -> Vec<String> {
        let named = columns.iter().flat_map(|column| {
            if column.below.is_empty() {
                return vec![column.key.clone()];
            }
            let below = Self::names(&column.below);
            below.into_iter().map(|name| format!("{}.{name}", column.key)).collect()
        });
        named.collect()
    }
}

/// The columns of the nodes of a list, their type first.
pub(super) fn of(
    model: &Model,
    document: &Document,
    list: &Field,
    variables: &Variables,
) -> Vec<Column> {
    let mut columns = vec![Column::new("__typename")];
    let page = model.root(async_graphql::parser::types::OperationType::Query);
    let page = page.and_then(|root| model.field(root, list.name.node.as_str()));
    let walk = Walk { model, document, variables };
    if let Some(page) = page {
        let mut connection = Vec::new();
        walk.set(&list.selection_set.node, model::named(&page.ty), &mut connection);
        for nodes in connection {
            for column in nodes.below {
                merge(&mut columns, column);
            }
        }
    }
    columns
}

fn merge(columns: &mut Vec<Column>, more: Column) {
    match columns.iter_mut().find(|column| column.key == more.key) {
        Some(column) => more.below.into_iter().for_each(|below| merge(&mut column.below, below)),
        None => columns.push(more),
    }
}

struct Walk<'a> {
    model: &'a Model,
    document: &'a Document,
    variables: &'a Variables,
}

impl Walk<'_> {
    fn set(&self, set: &SelectionSet, on: &str, columns: &mut Vec<Column>) {
        let included = |directives: &[_]| is_included(directives, self.variables);
        for item in set.items.iter().filter(|item| included(item.node.directives())) {
            match &item.node {
                Selection::Field(field) => merge(columns, self.column(&field.node, on)),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.set(&inline.node.selection_set.node, on, columns);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.parsed().fragments.get(fragment) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.set(&fragment.node.selection_set.node, on, columns);
                    }
                }
            }
        }
    }

    fn column(&self, field: &Field, on: &str) -> Column {
        let mut column = Column::new(field.response_key().node.as_str());
        if let Some(known) = self.model.field(on, field.name.node.as_str())
            && (!model::is_list(&known.ty) || field.name.node == "nodes")
        {
            let of = model::named(&known.ty);
            self.set(&field.selection_set.node, of, &mut column.below);
        }
        column
    }
}
