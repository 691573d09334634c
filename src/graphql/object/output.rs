//! Handing rows from an ordinary resolver, as of a mutation's payload, to the read layer.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Pos, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};

use super::{Cx, Picked, Slot, Target, Trail, level::failure};
use crate::error::Error;

/// One value of a type that the read layer answers.
#[derive(Debug)]
pub struct One<U: Target>(pub U::Row);

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
        let trail = Trail::root(base.path_node.as_ref(), vec![None]);
        let sets = Picked::of_field(field).sets;
        value(U::level(&cx, &[&self.0], sets, &trail).await.read().take())
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
    serde_json::from_slice(text).map_err(|cause| {
        let error = Arc::new(Error::internal(cause));
        *failure(&error, Pos::default(), Vec::new())
    })
}
