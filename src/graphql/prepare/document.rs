//! A valid document and its operations.

use std::sync::Arc;

use async_graphql::{
    Name, Variables,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};

use super::root;
use crate::{
    error::{Code, Error, Result},
    graphql::{
        check::{self, Scopes},
        model::Model,
    },
};

/// A document that is valid and within all limits.
#[derive(Debug)]
pub struct Document {
    text_bytes: usize,
    parsed: ExecutableDocument,
    operations: Vec<Arc<Operation>>,
}

/// What is known of one operation before any request for it.
#[derive(Debug)]
pub struct Operation {
    name: Option<Name>,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// What a caller needs.
    pub scopes: Scopes,
    /// Whether it asks about the schema itself.
    pub asks_the_schema: bool,
    repeats_root: bool,
}

impl Operation {
    /// The name that the client gave it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref().map(Name::as_str)
    }
}

impl Document {
    pub(in crate::graphql) fn new(
        text_bytes: usize,
        parsed: ExecutableDocument,
        model: &Model,
    ) -> Self {
        let operations = parsed.operations.iter().map(|(name, operation)| {
            let set = &operation.node.selection_set.node;
            Arc::new(Operation {
                name: name.cloned(),
                kind: operation.node.ty,
                scopes: check::scopes(model, &parsed, &operation.node),
                asks_the_schema: root::asks_the_schema(&parsed, set),
                repeats_root: root::repeats(&parsed, set),
            })
        });
        let operations = operations.collect();
        Self { text_bytes, parsed, operations }
    }

    pub(super) fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// The document as it was parsed.
    #[must_use]
    pub fn parsed(&self) -> &ExecutableDocument {
        &self.parsed
    }

    /// The operation that a request asks for.
    pub fn operation(&self, name: Option<&str>) -> Result<&Arc<Operation>> {
        let message = match (name, self.operations.as_slice()) {
            (None, [only]) => return Ok(only),
            (None, _) => {
                "the document has several operations; `operationName` must name one".into()
            }
            (Some(name), operations) => {
                let found = operations.iter().find(|operation| operation.name() == Some(name));
                if let Some(found) = found {
                    return Ok(found);
                }
                format!("the document has no operation `{name}`")
            }
        };
        Err(Error::argument(Code::OperationResolutionFailure, message))
    }

    /// The parsed form of one of its operations.
    pub fn definition(&self, operation: &Operation) -> Result<&OperationDefinition> {
        let mut operations = self.parsed.operations.iter();
        let found = operations.find(|(name, _)| *name == operation.name.as_ref());
        let (_, found) =
            found.ok_or_else(|| Error::internal("an operation of another document"))?;
        Ok(&found.node)
    }

    /// The document that the executor gets: this operation alone, each root field once.
    pub(in crate::graphql) fn executable(
        &self,
        operation: &Operation,
        variables: &Variables,
    ) -> Result<ExecutableDocument> {
        let mut definition = self.definition(operation)?.clone();
        if operation.repeats_root {
            let set = &mut definition.selection_set.node;
            *set = root::merge(&self.parsed, set, variables);
        }
        let definition = async_graphql::Positioned::new(definition, async_graphql::Pos::default());
        Ok(ExecutableDocument {
            operations: DocumentOperations::Single(definition),
            fragments: self.parsed.fragments.clone(),
        })
    }
}
