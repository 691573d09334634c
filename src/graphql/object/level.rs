//! One level: all edges asked once, then the rows put together.

use async_graphql::{
    ContextSelectionSet, Pos, ServerError, Value, indexmap::IndexMap,
    parser::types::FragmentDefinition,
};
use futures_util::future::join_all;

use super::{
    Object, Picked, Slot, Trail,
    declare::{Declaration, FieldDeclaration, How},
    edge::Parents,
    select::{Sets, pick},
};
use crate::{app::App, auth::Caller, error::Error, error::Result, store::Reader};

/// What every level of one request can reach.
pub struct Cx<'x> {
    base: ContextSelectionSet<'x>,
}

impl<'x> Cx<'x> {
    /// The context of one request.
    #[must_use]
    pub fn new(base: &ContextSelectionSet<'x>) -> Self {
        Self { base: base.clone() }
    }

    /// The shared state.
    pub fn app(&self) -> Result<&'x App> {
        self.data()
    }

    /// Who asks.
    pub fn caller(&self) -> Result<&'x Caller> {
        self.data()
    }

    /// Where to read: inside a mutation from the writer, which has seen it.
    pub fn reader(&self) -> Result<Reader<'x>> {
        use async_graphql::parser::types::OperationType;
        let wrote = self.base.query_env.operation.node.ty == OperationType::Mutation;
        Ok(self.app()?.db.read_after(wrote))
    }

    /// Anything that the request carries.
    pub fn data<D: Send + Sync + 'static>(&self) -> Result<&'x D> {
        self.base.data_opt::<D>().ok_or_else(|| Error::internal("the request lacks its context"))
    }

    /// Records an error whose position is null in the answer.
    pub(super) fn report(&self, error: Box<ServerError>) {
        self.base.add_error(*error);
    }

    pub(super) fn fragment(&self, name: &str) -> Option<&'x FragmentDefinition> {
        self.base.query_env.fragments.get(name).map(|fragment| &fragment.node)
    }

    pub(super) fn variable(&self, name: &str) -> Option<Value> {
        let environment = self.base.query_env;
        let given = environment.variables.get(name).cloned();
        given.or_else(|| {
            let mut definitions = environment.operation.node.variable_definitions.iter();
            let definition = definitions.find(|definition| definition.node.name.node == name)?;
            definition.node.default_value.as_ref().map(|value| value.node.clone())
        })
    }
}

/// An error at a field of a row.
pub(super) fn failure(
    error: &std::sync::Arc<Error>,
    pos: Pos,
    path: Vec<async_graphql::PathSegment>,
) -> Box<ServerError> {
    let mut shown = ServerError::new(error.to_string(), Some(pos));
    shown.source = Some(error.clone());
    shown.path = path;
    Box::new(shown)
}

/// Answers the selected fields of an object type for all rows of a level.
pub async fn level<'x, T: Object>(
    cx: &'x Cx<'x>,
    rows: &'x [&'x T::Row],
    sets: Sets<'x>,
    trail: &'x Trail<'x>,
) -> Vec<Slot> {
    if rows.is_empty() {
        // Nobody asks, so no edge below costs a statement.
        return Vec::new();
    }
    let declaration = Declaration::<T>::of();
    let picked = pick(cx, T::NAME, &declaration.interfaces, &sets);
    let fields: Vec<_> = picked.iter().map(|picked| declaration.field(picked.name())).collect();
    let answers = picked.iter().zip(&fields).map(|(picked, field)| async move {
        match field.map(|field| &field.how) {
            Some(How::Edge(edge)) => edge(Parents { cx, rows, picked, trail }).await,
            _ => Vec::new(),
        }
    });
    let mut edges: Vec<_> = join_all(answers).await.into_iter().map(Vec::into_iter).collect();
    let withheld: Vec<_> = fields.iter().map(|field| is_withheld(cx, *field)).collect();
    let assemble = |row: &&T::Row| {
        let mut object = IndexMap::with_capacity(picked.len());
        let mut failed = None;
        for (at, picked) in picked.iter().enumerate() {
            let slot = match fields[at].map(|field| &field.how) {
                Some(How::Column(_)) if withheld[at] => Ok(Value::Null),
                Some(How::Column(read)) => Ok(read(row)),
                Some(How::Edge(_)) => edges[at].next().unwrap_or(Ok(Value::Null)),
                None => Ok(type_name::<T>(picked)),
            };
            match slot {
                Ok(value) => drop(object.insert(picked.key.clone(), value)),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(Value::Object(object)), Err)
    };
    rows.iter().map(assemble).collect()
}

/// Validation leaves one undeclared name only.
fn type_name<T: Object>(picked: &Picked<'_>) -> Value {
    if picked.name() == "__typename" { Value::from(T::NAME) } else { Value::Null }
}

/// Personal data that this caller may not have; without a caller, nothing personal leaves.
fn is_withheld<T: Object>(cx: &Cx<'_>, field: Option<&FieldDeclaration<T>>) -> bool {
    let guarded = field.and_then(|field| field.guarded);
    guarded.is_some_and(|class| cx.caller().map_or(true, |caller| !caller.may_see(class)))
}
