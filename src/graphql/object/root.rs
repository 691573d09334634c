//! The root of every query: an object like any other, with one row.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult,
    Value, parser::types::Field, registry::Registry, resolver_utils::resolve_container,
};

use crate::graphql::scope;

use super::{Cx, Declaration, Object, Parents, Picked, Target, Trail, declare::How, select::pick};

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
        let declaration = Declaration::<T>::of();
        let Some(field) = declaration.field(&ctx.item.node.name.node) else {
            return Ok(None);
        };
        let edge = match &field.how {
            How::Edge(edge) => edge,
            How::Column(read) => return Ok(Some(read(&()))),
        };
        let base = ctx.with_selection_set(&ctx.item.node.selection_set);
        let cx = Cx::new(&base);
        let above = ctx.path_node.as_ref().and_then(|node| node.parent);
        let Some(picked) = merged::<T>(ctx, &cx, above.is_none()) else {
            return Ok(None);
        };
        let trail = Trail::root(above, vec![None]);
        let parents = Parents { cx: &cx, rows: &[&()], picked: &picked, trail: &trail };
        let slot = edge(parents).await.into_iter().next();
        slot.transpose().map_err(|error| *error)
    }
}

impl<T: Object<Row = ()>> ObjectType for Root<T> {}

/// The field with what the operation's other selections of its key ask.
///
/// The executor hands over each selection by itself: the first answers for all, the others add
/// nothing to it.
fn merged<'x, T: Object>(
    ctx: &Context<'x>,
    cx: &Cx<'x>,
    is_at_the_top: bool,
) -> Option<Picked<'x>> {
    let field = Picked::of_field(ctx.item);
    if !is_at_the_top {
        return Some(field);
    }
    let operation = &ctx.query_env.operation.node.selection_set.node;
    let all = pick(cx, T::NAME, &Declaration::<T>::of().interfaces, &[operation]);
    let first = all.into_iter().find(|picked| picked.key == field.key)?;
    std::ptr::eq(first.field, ctx.item).then_some(first)
}
