//! The only door to a `Select`.

use entity::row::Narrow;
use sea_orm::{Condition, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::auth::Caller;

/// A table whose rows have an owner; every entity says here who may see which of its rows.
pub trait Visible: EntityTrait<Model: Sync + Narrow> {
    /// What a client calls one row, for the words of an error.
    const NOUN: &'static str;

    /// The rows that this caller may see.
    fn visible(caller: &Caller) -> Condition;

    /// The key of a row.
    fn id(row: &Self::Model) -> Uuid;

    /// The column of the key.
    fn id_column() -> Self::Column;
}

/// Every row of the table that the caller may see: where each query starts.
#[must_use]
pub fn visible<E: Visible>(caller: &Caller) -> Select<E> {
    #[expect(clippy::disallowed_methods, reason = "the one door to a Select")]
    E::find().filter(E::visible(caller))
}
