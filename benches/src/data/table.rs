//! A table that is to be filled.

use super::{cell::Cell, seed::Kind, size::Size};

/// A table and how its rows are made.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns between the key and the times, in the order of `row`.
    pub columns: &'static [&'static str],
    /// What its rows are.
    pub kind: Kind,
    /// How many rows it gets.
    pub rows: u64,
    /// The values of row `n`, without its key, times and version.
    pub row: fn(&Size, u64) -> Vec<Cell>,
}

impl Table {
    /// Every column that is filled.
    pub fn all_columns(&self) -> Vec<&'static str> {
        let ends = ["created_at", "updated_at", "version"];
        ["id"].into_iter().chain(self.columns.iter().copied()).chain(ends).collect()
    }

    /// Every value of row `n`, in the order of the columns.
    pub fn cells(&self, size: &Size, n: u64) -> Vec<Cell> {
        let made = self.kind.made_at(n);
        let changed =
            made + chrono::TimeDelta::minutes((self.kind.chance(n, 9) % 9_000).cast_signed());
        let mut cells = vec![Cell::Key(self.kind.id(n))];
        cells.extend((self.row)(size, n));
        cells.extend([Cell::Instant(made), Cell::Instant(changed), Cell::Number(2)]);
        cells
    }
}
