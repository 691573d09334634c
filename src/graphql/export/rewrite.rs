//! One list of an export as a document of its own that asks for a page, or for the count.

use async_graphql::{
    Name, Pos, Positioned,
    parser::types::{
        BaseType, DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection,
        SelectionSet, Type, VariableDefinition,
    },
};
use async_graphql_value::Value;

use crate::graphql::Document;

/// No variable of a client can have this name, since it is none.
pub(super) const AFTER: &str = "(after)";

/// Makes documents of one list of a query.
pub(super) struct Rewriter<'a> {
    pub document: &'a Document,
    pub definition: &'a OperationDefinition,
    pub field: &'a Field,
}

impl Rewriter<'_> {
    /// A page of so many nodes, each with its type first.
    pub(super) fn pages(&self, size: i32) -> ExecutableDocument {
        let mut selected = self.field.selection_set.node.clone();
        if let Some(Selection::Field(nodes)) = selected.items.first_mut().map(|item| &mut item.node)
        {
            nodes.node.selection_set.node.items.insert(0, field("__typename", &[]));
        }
        selected.items.push(field("pageInfo", &["hasNextPage", "endCursor"]));
        self.asking(size, selected)
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> ExecutableDocument {
        let items = vec![field("totalCount", &["value"])];
        self.asking(1, SelectionSet { items })
    }

    fn asking(&self, size: i32, selected: SelectionSet) -> ExecutableDocument {
        let mut list = self.field.clone();
        // It was decided that the list takes part.
        list.directives.clear();
        list.arguments.push((at(Name::new("first")), at(Value::Number(size.into()))));
        list.arguments.push((at(Name::new("after")), at(Value::Variable(Name::new(AFTER)))));
        list.selection_set = at(selected);
        let mut operation = self.definition.clone();
        operation.variable_definitions.push(at(VariableDefinition {
            name: at(Name::new(AFTER)),
            var_type: at(Type { base: BaseType::Named(Name::new("String")), nullable: true }),
            directives: Vec::new(),
            default_value: None,
        }));
        operation.selection_set = at(SelectionSet { items: vec![at(Selection::Field(at(list)))] });
        ExecutableDocument {
            operations: DocumentOperations::Single(at(operation)),
            fragments: self.document.parsed().fragments.clone(),
        }
    }
}

fn at<T>(node: T) -> Positioned<T> {
    Positioned::new(node, Pos::default())
}

fn field(name: &str, below: &[&str]) -> Positioned<Selection> {
    let items = below.iter().map(|name| field(name, &[])).collect();
    at(Selection::Field(at(Field {
        alias: None,
        name: at(Name::new(name)),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: at(SelectionSet { items }),
    })))
}
