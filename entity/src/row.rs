//! Rows of which only some columns are read.
//!
//! A page of an answer asks for a few of a table's columns. The others are neither fetched nor
//! decoded; their fields hold the empty value of their type, and whoever asked for the row knows
//! not to look at them.

use sea_orm::{DbErr, QueryResult, TryGetable};

/// Some of the columns of a table, by their place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Columns(u64);

impl Columns {
    /// Every column.
    pub const ALL: Self = Self(u64::MAX);
    /// No column.
    pub const NONE: Self = Self(0);

    /// The column at this place; a table so wide that a place has no bit is read as a whole.
    #[must_use]
    pub fn at(place: usize) -> Self {
        u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).map_or(Self::ALL, Self)
    }

    /// These columns and those.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Whether the column at this place is among them.
    #[must_use]
    pub fn contains(self, place: usize) -> bool {
        self == Self::ALL || self.0 & Self::at(place).0 != 0
    }
}

/// The cells of a fetched row, one after the other.
pub struct Cells<'r> {
    row: &'r QueryResult,
    columns: Columns,
    place: usize,
    fetched: usize,
}

impl<'r> Cells<'r> {
    /// The cells of a row that was fetched with these columns, in the order of the table.
    #[must_use]
    pub fn new(row: &'r QueryResult, columns: Columns) -> Self {
        Self { row, columns, place: 0, fetched: 0 }
    }

    /// The next cell, or the empty value when its column was not fetched.
    pub fn take<T: TryGetable + Default>(&mut self) -> Result<T, DbErr> {
        let is_fetched = self.columns.contains(self.place);
        self.place += 1;
        if !is_fetched {
            return Ok(T::default());
        }
        self.fetched += 1;
        self.row.try_get_by_index(self.fetched - 1)
    }
}

/// A row that can be read with some of its columns only.
pub trait Narrow: Sized {
    /// Reads the row cell by cell.
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr>;
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn columns_add_up_and_wide_tables_are_read_as_a_whole() {
        let some = Columns::at(0).and(Columns::at(63));
        assert!(some.contains(0) && some.contains(63) && !some.contains(1));
        assert!(!Columns::NONE.contains(0));
        assert_eq!(Columns::at(64), Columns::ALL);
        assert!(Columns::ALL.contains(64));
    }
}
