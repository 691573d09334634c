//! Which columns of a table a statement fetches.

use entity::row::Columns;
use sea_orm::{EntityTrait, Iden, Iterable, QuerySelect, Select};

/// The column as a member of a set.
pub fn column_of<E: EntityTrait>(column: E::Column) -> Columns {
    columns_named::<E>(column.unquoted()).unwrap_or(Columns::ALL)
}

/// The column of this name, if the table has it.
#[must_use]
pub fn columns_named<E: EntityTrait>(name: &str) -> Option<Columns> {
    E::Column::iter().position(|column| column.unquoted() == name).map(Columns::at)
}

/// The same selection with these columns only, in the order of the table.
pub(super) fn narrowed<E: EntityTrait>(select: Select<E>, columns: Columns) -> Select<E> {
    if columns == Columns::ALL {
        return select;
    }
    select.select_only().columns(fetched::<E>(columns))
}

/// These columns, in the order of the table.
pub(super) fn fetched<E: EntityTrait>(columns: Columns) -> impl Iterator<Item = E::Column> {
    let places = E::Column::iter().enumerate();
    places.filter(move |(place, _)| columns.contains(*place)).map(|(_, column)| column)
}
