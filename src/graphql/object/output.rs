//! Handing rows from an ordinary resolver, as of a mutation's payload, to the read layer.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, ID, OutputType, Pos, Positioned, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry,
};

use super::{Cx, NodeRow, Picked, Slot, Target, Trail, level::failure, node::node_of};
use crate::error::Error;

/// One value of a type that the read layer answers.
#[derive(Debug)]
pub enum One<U: Target> {
    /// Its row is at hand.
    Row(U::Row),
    /// Its global id is known, and its row is looked up: what was written in an earlier request.
    Id(ID),
}

/// A list of values of a type that the read layer answers.
#[derive(Debug)]
pub struct Many<U: Target>(pub Vec<U::Row>);

impl<U: Target> OutputType for One<U> {
    fn type_name() -> Cow<'static, str> {
        U::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        U::register(registry);
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        base: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let cx = Cx::new(base);
        let found;
        let row = match self {
            Self::Row(row) => row,
            Self::Id(id) => {
                found = node_of(&cx, id).await.map_err(|error| fault(error, field.pos))?;
                let Some(row) = found.as_ref().and_then(NodeRow::row) else {
                    return Ok(Value::Null);
                };
                row
            }
        };
        let trail = Trail::root(base.path_node.as_ref(), vec![None]);
        let sets = Picked::of_field(field).sets;
        value(U::level(&cx, &[row], sets, &trail).await.read().take())
    }
}

impl<U: Target> OutputType for Many<U> {
    fn type_name() -> Cow<'static, str> {
        U::name()
    }

    fn qualified_type_name() -> String {
        format!("[{}!]!", U::name())
    }

    fn create_type_info(registry: &mut Registry) -> String {
        U::register(registry);
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        base: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let cx = Cx::new(base);
        let rows: Vec<_> = self.0.iter().collect();
        let trail = Trail::root(base.path_node.as_ref(), (0..rows.len()).map(Some).collect());
        let mut slots = U::level(&cx, &rows, Picked::of_field(field).sets, &trail).await.read();
        let values: Result<Vec<_>, _> = rows.iter().map(|_| value(slots.take())).collect();
        values.map(Value::List)
    }
}

/// An answer as the executor's own kind of value.
pub(super) fn value(slot: Slot<'_>) -> ServerResult<Value> {
    let text = slot.map_err(|error| *error)?;
    serde_json::from_slice(text).map_err(|cause| fault(Error::internal(cause), Pos::default()))
}

fn fault(error: Error, at: Pos) -> ServerError {
    *failure(&Arc::new(error), at, Vec::new())
}
