//! Hiding small counts, so that nobody can be recognised in a table.
//!
//! A cell that stands for fewer than ten students is hidden. Where totals are told too, one hidden
//! cell could be worked out from the others, so further cells are hidden with it until that is
//! impossible: in every line of the table whose parts add up to a whole, either nothing is hidden
//! or at least two cells are, and where the whole is shown, what is hidden stands together for at
//! least ten. This is done over the whole table of a school, all grades by all areas and clusters
//! with every total, whichever part of it is asked for: otherwise one answer could be subtracted
//! from another.

/// Counts below this are hidden. No law fixes a number for FERPA's "reasonable determination that
/// a student's identity is not personally identifiable" (34 CFR 99.31(b)(1)); ten is what many
/// states use in reports of small groups, and what our own contract promises.
pub const SMALLEST_CELL: i64 = 10;

/// A count, and whether it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// How many students.
    pub count: i64,
    /// Whether it is hidden.
    pub is_hidden: bool,
}

impl Cell {
    /// A count that nobody has looked at yet.
    #[must_use]
    pub const fn of(count: i64) -> Self {
        Self { count, is_hidden: false }
    }

    /// What may be told.
    #[must_use]
    pub fn shown(self) -> Option<i64> {
        (!self.is_hidden).then_some(self.count)
    }
}

/// Cells, by place, that add up to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The places of the parts.
    pub parts: Vec<usize>,
    /// The place of the whole.
    pub whole: usize,
}

/// Hides what is small, and what would give it away.
pub fn suppress(cells: &mut [Cell], lines: &[Line]) {
    for cell in cells.iter_mut() {
        cell.is_hidden |= cell.count < SMALLEST_CELL;
    }
    while let Some(at) = lines.iter().find_map(|line| gives_away(cells, line)) {
        cells[at].is_hidden = true;
    }
}

/// The cell to hide next, when the line gives a hidden one away.
fn gives_away(cells: &[Cell], line: &Line) -> Option<usize> {
    let (hidden, shown): (Vec<usize>, Vec<usize>) =
        line.parts.iter().partition(|at| cells[**at].is_hidden);
    let smallest = || shown.iter().copied().min_by_key(|at| (cells[*at].count, *at));
    if cells[line.whole].is_hidden {
        // The whole follows from its parts when all of them are shown.
        return if hidden.is_empty() { smallest() } else { None };
    }
    let together: i64 = hidden.iter().map(|at| cells[*at].count).sum();
    let is_safe = hidden.is_empty() || hidden.len() > 1 && together >= SMALLEST_CELL;
    if is_safe { None } else { Some(smallest().unwrap_or(line.whole)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cell, Line, SMALLEST_CELL, suppress};

    /// A table with its totals at the end of each row and below each column.
    fn table(rows: &[Vec<i64>]) -> (Vec<Cell>, Vec<Line>) {
        let width = rows[0].len();
        let mut all: Vec<Vec<i64>> = rows.to_vec();
        all.push((0..width).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
        let place = |row: usize, column: usize| row * (width + 1) + column;
        let mut lines = Vec::new();
        for (at, row) in all.iter_mut().enumerate() {
            row.push(row.iter().sum());
            let parts = (0..width).map(|column| place(at, column)).collect();
            lines.push(Line { parts, whole: place(at, width) });
        }
        for column in 0..=width {
            let parts = (0..rows.len()).map(|row| place(row, column)).collect();
            lines.push(Line { parts, whole: place(rows.len(), column) });
        }
        (all.concat().into_iter().map(Cell::of).collect(), lines)
    }

    /// Everything that a patient reader can work out line by line.
    fn worked_out(cells: &[Cell], lines: &[Line]) -> Vec<Option<i64>> {
        let mut known: Vec<_> = cells.iter().map(|cell| cell.shown()).collect();
        loop {
            let before = known.clone();
            for line in lines {
                let unknown: Vec<_> =
                    line.parts.iter().filter(|at| known[**at].is_none()).copied().collect();
                let sum: i64 = line.parts.iter().filter_map(|at| known[*at]).sum();
                match (known[line.whole], &unknown[..]) {
                    (Some(whole), [only]) => known[*only] = Some(whole - sum),
                    (None, []) => known[line.whole] = Some(sum),
                    // Nothing is left for any of them.
                    (Some(whole), many) if whole == sum => {
                        for at in many {
                            known[*at] = Some(0);
                        }
                    }
                    _ => {}
                }
            }
            if known == before {
                return known;
            }
        }
    }

    proptest! {
        #[test]
        fn no_hidden_cell_can_be_worked_out(
            rows in (1_usize..5, 1_usize..6).prop_flat_map(|(height, width)| {
                let count = prop_oneof![0_i64..15, 0_i64..200];
                prop::collection::vec(prop::collection::vec(count, width), height)
            }),
        ) {
            let (mut cells, lines) = table(&rows);
            suppress(&mut cells, &lines);
            for (cell, known) in cells.iter().zip(worked_out(&cells, &lines)) {
                prop_assert!(cell.is_hidden || cell.count >= SMALLEST_CELL);
                prop_assert!(!cell.is_hidden || known.is_none(), "{cells:?}");
            }
        }
    }

    #[test]
    fn what_is_large_is_told() {
        let (mut cells, lines) = table(&[vec![10, 200], vec![30, 40]]);
        suppress(&mut cells, &lines);
        assert!(cells.iter().all(|cell| !cell.is_hidden));
    }

    #[test]
    fn one_small_cell_takes_others_with_it() {
        let (mut cells, lines) = table(&[vec![3, 20, 30], vec![40, 50, 60]]);
        suppress(&mut cells, &lines);
        let shown: Vec<_> = cells.iter().map(|cell| cell.shown()).collect();
        let expected = [
            [None, None, Some(30), Some(53)],
            [None, None, Some(60), Some(150)],
            [Some(43), Some(70), Some(90), Some(203)],
        ];
        assert_eq!(shown, expected.concat());
    }
}
