//! Filling SQLite: one statement per table, without the indexes, then the indexes.

use std::{path::Path, time::Instant};

use rusqlite::{
    Connection, ToSql, params_from_iter,
    types::{ToSqlOutput, Value},
};

use super::{cell::Cell, size::Size, table::Table};

const SCHEME: &str = "sqlite://";

/// How Pathbridge is told of the file.
pub fn url(file: &Path) -> String {
    format!("{SCHEME}{}?mode=rwc", file.display())
}

/// The file of such an address; nothing for another database.
pub fn file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix(SCHEME)?;
    Some(Path::new(path.split_once('?').map_or(path, |(path, _)| path)))
}

/// Puts everything into the file itself, so that it can be copied.
pub fn settle(file: &Path) -> anyhow::Result<()> {
    Connection::open(file)?.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

pub(super) fn fill(file: &Path, size: &Size, tables: &[Table]) -> anyhow::Result<()> {
    let connection = Connection::open(file)?;
    // A file that is filled once and thrown away when that fails needs no journal; keys to other
    // tables are right by construction.
    let fast = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = OFF; \
                PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY";
    connection.execute_batch(fast)?;
    for table in tables {
        let begin = Instant::now();
        let indexes = drop_indexes(&connection, table.name)?;
        connection.execute_batch("BEGIN")?;
        insert(&connection, size, table)?;
        connection.execute_batch("COMMIT")?;
        for index in &indexes {
            connection.execute_batch(index)?;
        }
        let seconds = begin.elapsed().as_secs_f32();
        eprintln!("bench: {:>9} rows of {} in {seconds:.1} s", table.rows, table.name);
    }
    connection.execute_batch(super::IN_FORCE)?;
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// Drops what only speeds up reading; answers how to make it again.
fn drop_indexes(connection: &Connection, table: &str) -> anyhow::Result<Vec<String>> {
    let sql = "SELECT name, sql FROM sqlite_master \
               WHERE type = 'index' AND tbl_name = ?1 AND name LIKE 'ix!_%' ESCAPE '!'";
    let mut statement = connection.prepare(sql)?;
    let found = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
    for (name, _) in &found {
        connection.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

fn insert(connection: &Connection, size: &Size, table: &Table) -> anyhow::Result<()> {
    let columns = table.all_columns();
    let places = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({places})", table.name, columns.join(", "));
    let mut statement = connection.prepare(&sql)?;
    for n in 0..table.rows {
        statement.execute(params_from_iter(table.cells(size, n)))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Key(key) => Value::Blob(key.as_bytes().to_vec()),
            Self::Number(number) => Value::Integer(*number),
            Self::Flag(flag) => Value::Integer(i64::from(*flag)),
            other => other.text().map_or(Value::Null, Value::Text),
        };
        Ok(ToSqlOutput::Owned(value))
    }
}
