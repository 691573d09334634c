//! The expressions of the tables in the words of either database.

use std::ops::Range;

use pathbridge::store::Backend;

use super::{Scale, tables::ordinal};

/// A database and the numbers that `:names` stand for.
pub(super) struct Dialect {
    pub backend: Backend,
    pub scale: Scale,
}

impl Dialect {
    /// Lets go of the keys between tables: checking them would take most of the time.
    pub fn in_haste(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite => {
                "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;
                 PRAGMA cache_size = -100000; PRAGMA temp_store = MEMORY"
            }
            Backend::Postgres => {
                "DO $$ DECLARE key RECORD; BEGIN
                     FOR key IN SELECT conrelid::regclass AS of_table, conname
                         FROM pg_constraint WHERE contype = 'f'
                     LOOP
                         EXECUTE format(
                             'ALTER TABLE %s DROP CONSTRAINT %I', key.of_table, key.conname
                         );
                     END LOOP;
                 END $$"
            }
        }
    }

    /// What a database in service does for its planner from time to time.
    pub fn housekeeping(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite => "ANALYZE",
            Backend::Postgres => "VACUUM (ANALYZE)",
        }
    }

    /// Asks for the name of each index and the statement that makes it.
    pub fn indexes(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite => {
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            }
            Backend::Postgres => {
                "SELECT indexname::text AS name, indexdef AS sql FROM pg_indexes
                 WHERE schemaname = 'public' AND indexname NOT LIKE 'pk\\_%'
                     AND indexname NOT LIKE '%\\_pkey'"
            }
        }
    }

    /// The statement that writes these rows; `columns` has a line `name = expression` for each.
    pub fn insert(&self, table: &str, columns: &str, rows: &Range<usize>) -> String {
        let column = |line: &str| {
            let (name, value) = line.split_once(" = ").expect("`name = expression`");
            (name.trim().to_owned(), self.expression(value))
        };
        let lines = columns.lines().filter(|line| !line.trim().is_empty());
        let (names, values): (Vec<_>, Vec<_>) = lines.map(column).unzip();
        let (names, values) = (names.join(", "), values.join(", "));
        let Range { start, end } = rows;
        let series = match self.backend {
            Backend::Sqlite => format!(
                "(WITH RECURSIVE series(n) AS
                    (SELECT {start} UNION ALL SELECT n + 1 FROM series WHERE n + 1 < {end})
                 SELECT n FROM series) AS series"
            ),
            Backend::Postgres => format!("generate_series({start}, {end} - 1) AS series(n)"),
        };
        format!("INSERT INTO {table} ({names}) SELECT {values} FROM {series}")
    }

    /// Replaces `:names` by numbers and `words[of an expression]`, the innermost first.
    fn expression(&self, text: &str) -> String {
        let Scale { rows, districts, schools, partners, affiliated, values } = self.scale;
        let mut text = text.trim().to_owned();
        let numbers = [
            (":districts", districts),
            (":schools", schools),
            (":partners", partners),
            (":contacts", rows / partners),
            (":affiliated", affiliated),
            (":values", values),
        ];
        for (name, number) in numbers {
            text = text.replace(name, &number.to_string());
        }
        while let Some(open) = opening(&text) {
            let close = open + text[open..].find(']').expect("a bracket that closes");
            let word = text[..open].rfind(|c: char| !c.is_alphanumeric() && c != '_');
            let start = word.map_or(0, |at| at + 1);
            let value = self.word(&text[start..open], &text[open + 1..close]);
            text.replace_range(start..=close, &value);
        }
        text
    }

    fn word(&self, word: &str, of: &str) -> String {
        let is_sqlite = self.backend == Backend::Sqlite;
        match word {
            // No two rows beside one another agree, and the next column takes other turns.
            "any" => format!("(((n + 1) * 7919 + ({of}) * 1543) % 104729 % {})", self.scale.values),
            "partner_of" => {
                format!("(({of}) % {0} * ((({of}) % 200 + 199) / 200))", self.scale.partners)
            }
            "day" if is_sqlite => format!("date('2026-01-01', ({of}) || ' days')"),
            "day" => format!("(DATE '2026-01-01' + ({of}))"),
            "instant" if is_sqlite => {
                format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', '2026-01-01', ({of}) || ' minutes')")
            }
            "instant" => format!("(TIMESTAMPTZ '2026-01-01Z' + ({of}) * INTERVAL '1 minute')"),
            table if is_sqlite => {
                format!("unhex(printf('%02x%030x', {}, {of}))", ordinal(table))
            }
            table => format!("('{:02x}' || lpad(to_hex({of}), 30, '0'))::uuid", ordinal(table)),
        }
    }
}

/// The last bracket that opens behind a word; one by itself is part of a text.
fn opening(text: &str) -> Option<usize> {
    let mut brackets = text.match_indices('[').map(|(at, _)| at);
    brackets.rfind(|at| text[..*at].ends_with(char::is_alphanumeric))
}
