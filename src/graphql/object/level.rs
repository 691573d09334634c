//! One level: all edges asked once, then the rows put together.

use async_graphql::{Pos, ServerError};
use futures_util::future::join_all;

use super::{
    Cx, FieldDeclaration, Object, Picked, Slots, Trail,
    declare::{Declaration, How},
    edge::Parents,
    select::{Sets, pick},
    text::{Member, NULL, Source, objects},
};
use crate::error::Error;

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
) -> Slots {
    if rows.is_empty() {
        // Nobody asks, so no edge below costs a statement.
        return Slots::default();
    }
    let declaration = Declaration::<T>::of();
    let picked = pick(cx, T::NAME, &declaration.interfaces, &sets);
    let answers = picked.iter().map(|picked| async move {
        // What this caller may not have is not even asked for.
        let field = declaration.field(picked.name()).filter(|field| !is_withheld(cx, field));
        match field.map(|field| &field.how) {
            Some(How::Edge(edge)) => Some(edge(Parents { cx, rows, picked, trail }).await),
            _ => None,
        }
    });
    let answers = join_all(answers).await;
    let typename = type_name(T::NAME);
    let member = |(picked, answered): (&Picked<'x>, Option<Slots>)| {
        let source = match (declaration.field(picked.name()), answered) {
            (_, Some(answered)) => Source::Answered(answered.read()),
            (Some(field), None) if is_withheld(cx, field) => Source::Constant(NULL),
            (Some(FieldDeclaration { how: How::Column(write), .. }), None) => {
                Source::Row(Box::new(|row, out| write(rows[row], out)))
            }
            // Validation leaves one undeclared name only.
            _ => Source::Constant(typename.as_bytes()),
        };
        Member::new(picked.key, source)
    };
    let mut members: Vec<_> = picked.iter().zip(answers).map(member).collect();
    objects(rows.len(), &mut members)
}

/// What `__typename` answers.
pub(super) fn type_name(name: &str) -> String {
    format!("\"{name}\"")
}

/// Personal data that this caller may not have; without a caller, nothing personal leaves.
fn is_withheld<T: Object>(cx: &Cx<'_>, field: &FieldDeclaration<T>) -> bool {
    let withheld = |class| cx.caller().map_or(true, |caller| !caller.may_see(class));
    field.guarded.is_some_and(withheld)
}
