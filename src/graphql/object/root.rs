//! The root of every query: an object like any other, with one row.
//!
//! A query is answered by [`answer`], from its first field to its last. Only what asks about the
//! schema itself, and a schema's own tests, come through async-graphql's executor.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError,
    ServerResult, Value, parser::types::Field, registry::Registry,
    resolver_utils::resolve_container,
};

use super::{
    Cx, Declaration, Object, Parents, Picked, Question, Slots, Target, Trail, declare::How,
    level::level, output::value, text::NULL,
};
use crate::graphql::scope;

crate::value_object! {
    /// Everything that can be read.
    pub Query(())
}

/// The root object as the executor wants it.
#[derive(Debug, Default)]
pub struct Root<T>(std::marker::PhantomData<T>);

impl<T: Object<Row = ()>> Root<T> {
    /// The root over a finished declaration.
    #[must_use]
    pub fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<T: Object<Row = ()>> OutputType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        scope::register(registry);
        <T as Target>::register(registry);
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl<T: Object<Row = ()>> ContainerType for Root<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let Some(field) = Declaration::<T>::of().field(&ctx.item.node.name.node) else {
            return Ok(None);
        };
        let base = ctx.with_selection_set(&ctx.item.node.selection_set);
        let cx = Cx::new(&base);
        let above = ctx.path_node.as_ref().and_then(|node| node.parent);
        let (picked, trail) = (Picked::of_field(ctx.item), Trail::root(above, vec![None]));
        let slots = match &field.how {
            How::Edge(edge) => {
                edge(Parents { cx: &cx, rows: &[&()], picked: &picked, trail: &trail }).await
            }
            How::Column(write) => Slots::written(|out| write(&(), out)),
        };
        value(slots.read().take()).map(Some)
    }
}

impl<T: Object<Row = ()>> ObjectType for Root<T> {}

/// The `data` of a query, as JSON, and the errors at its nulls.
pub async fn answer<T: Object<Row = ()>>(question: Question<'_>) -> (Vec<u8>, Vec<ServerError>) {
    let errors = Mutex::default();
    let cx = Cx { question, errors: &errors };
    let sets = Arc::from([&question.operation.selection_set.node]);
    let trail = Trail::root(None, vec![None]);
    let slots = level::<T>(&cx, &[&()], sets, &trail).await;
    let data = slots.into_only().unwrap_or_else(|error| {
        cx.report(error);
        NULL.to_vec()
    });
    (data, errors.into_inner().unwrap_or_else(PoisonError::into_inner))
}
