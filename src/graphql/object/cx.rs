//! What the levels of one request share.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    ContextSelectionSet, Data, Name, Positioned, ServerError, Value, Variables,
    parser::types::{Directive, FragmentDefinition, OperationDefinition, OperationType},
};

use crate::{
    app::App,
    auth::Caller,
    error::{Error, Result},
    graphql::condition,
    store::{Reader, Snapshot},
};

/// The fragments of a document by name.
pub type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// A query, and what it is asked with.
#[derive(Clone, Copy)]
pub struct Question<'x> {
    /// The operation that runs.
    pub operation: &'x OperationDefinition,
    /// The fragments of its document.
    pub fragments: &'x Fragments,
    /// The values of its variables.
    pub variables: &'x Variables,
    /// What the request carries: the shared state, and who asks.
    pub data: &'x Data,
}

/// What every level of one request can reach.
pub struct Cx<'x> {
    pub(super) question: Question<'x>,
    /// Where errors are collected whose positions are null in the answer.
    pub(super) errors: &'x Mutex<Vec<ServerError>>,
}

impl<'x> Cx<'x> {
    /// The context of a field that the executor resolves.
    #[must_use]
    pub fn new(base: &ContextSelectionSet<'x>) -> Self {
        let environment = base.query_env;
        let question = Question {
            operation: &environment.operation.node,
            fragments: &environment.fragments,
            variables: &environment.variables,
            data: &environment.query_data,
        };
        Self { question, errors: &environment.errors }
    }

    /// The shared state.
    pub fn app(&self) -> Result<&'x App> {
        self.data()
    }

    /// Who asks.
    pub fn caller(&self) -> Result<&'x Caller> {
        self.data()
    }

    /// Where to read: from the state that the request carries, if it does; inside a mutation from
    /// the writer, which has seen it.
    pub fn reader(&self) -> Result<Reader<'x>> {
        if let Some(snapshot) = self.snapshot() {
            return Ok(snapshot.reader());
        }
        Ok(self.app()?.db.read_after(self.question.operation.ty == OperationType::Mutation))
    }

    /// The state that all of the request is read from, if it is to be one.
    #[must_use]
    pub fn snapshot(&self) -> Option<&'x Arc<Snapshot>> {
        self.carried()
    }

    /// Anything that the request carries.
    pub fn data<D: Send + Sync + 'static>(&self) -> Result<&'x D> {
        self.carried().ok_or_else(|| Error::internal("the request lacks its context"))
    }

    fn carried<D: Send + Sync + 'static>(&self) -> Option<&'x D> {
        self.question.data.get(&std::any::TypeId::of::<D>())?.downcast_ref()
    }

    /// Records an error whose position is null in the answer.
    pub(super) fn report(&self, error: Box<ServerError>) {
        self.errors.lock().unwrap_or_else(PoisonError::into_inner).push(*error);
    }

    pub(super) fn fragment(&self, name: &str) -> Option<&'x FragmentDefinition> {
        self.question.fragments.get(name).map(|fragment| &fragment.node)
    }

    /// The value of a variable: given, or its default.
    pub(super) fn variable(&self, name: &str) -> Option<&'x Value> {
        self.question.variables.get(name).or_else(|| {
            let mut definitions = self.question.operation.variable_definitions.iter();
            let definition = definitions.find(|definition| definition.node.name.node == name)?;
            definition.node.default_value.as_ref().map(|value| &value.node)
        })
    }

    /// Whether `@skip` and `@include` let a selection take part.
    pub(super) fn is_included(&self, directives: &[Positioned<Directive>]) -> bool {
        condition::holds(directives, |name| self.variable(name))
    }
}
