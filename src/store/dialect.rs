//! Where the two databases want different words.

use sea_orm::{
    ColumnTrait, DbBackend, IntoSimpleExpr, Statement,
    sea_query::{Alias, ArrayType, Expr, ExprTrait, Func, SelectStatement, SimpleExpr, Value},
};
use uuid::Uuid;

use super::Backend;

/// `column = any of these keys`, as one bound value: one prepared statement whatever the number
/// of keys, and no limit on it.
pub fn any_of<C: ColumnTrait>(backend: Backend, column: C, keys: &[Uuid]) -> SimpleExpr {
    let column = column.into_simple_expr();
    let list = Expr::val(bound(backend, keys));
    match backend {
        Backend::Postgres => Expr::cust_with_exprs("$1 = ANY($2)", [column, list]),
        Backend::Sqlite => {
            Expr::cust_with_exprs("? IN (SELECT unhex(value) FROM json_each(?))", [column, list])
        }
    }
}

/// `column = any of these texts`, as one bound value.
///
/// A list of placeholders would do for a few. Of hundreds the planner supposes that they are most
/// of the table, and reads all of it for each of them.
#[must_use]
pub fn any_text(backend: Backend, column: Expr, texts: &[&str]) -> SimpleExpr {
    let list = Expr::val(bound_texts(backend, texts));
    match backend {
        Backend::Postgres => Expr::cust_with_exprs("$1 = ANY($2)", [column, list]),
        Backend::Sqlite => {
            Expr::cust_with_exprs("? IN (SELECT value FROM json_each(?))", [column, list])
        }
    }
}

/// Reads from a list of texts as from a table with the one column `value`.
pub fn list_of_texts(backend: Backend, statement: &mut SelectStatement, texts: &[&str]) {
    let texts = Expr::val(bound_texts(backend, texts));
    match backend {
        Backend::Postgres => {
            let list = Func::cust("unnest").arg(texts.cast_as("text[]"));
            statement.from_function(list, Alias::new("value"));
        }
        Backend::Sqlite => {
            statement.from_function(Func::cust("json_each").arg(texts), Alias::new("list"));
        }
    }
}

/// Reads from a list of keys as from a table of this name.
pub(super) fn list_of_keys(
    backend: Backend,
    statement: &mut SelectStatement,
    keys: &[Uuid],
    name: &'static str,
) {
    let keys = Expr::val(bound(backend, keys));
    let list = match backend {
        Backend::Postgres => Func::cust("unnest").arg(keys.cast_as("uuid[]")),
        Backend::Sqlite => Func::cust("json_each").arg(keys),
    };
    statement.from_function(list, Alias::new(name));
}

/// The key of a row of [`list_of_keys`].
pub(super) fn key_of_list(backend: Backend, name: &'static str) -> SimpleExpr {
    match backend {
        Backend::Postgres => Expr::col((Alias::new(name), Alias::new(name))),
        Backend::Sqlite => {
            let value = Expr::col((Alias::new(name), Alias::new("value")));
            Func::cust("unhex").arg(value).into()
        }
    }
}

/// A statement that is written by hand with `$1`, `$2`, … for its values.
pub fn statement(
    backend: Backend,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    match backend {
        Backend::Postgres => Statement::from_sql_and_values(DbBackend::Postgres, sql, values),
        Backend::Sqlite => {
            Statement::from_sql_and_values(DbBackend::Sqlite, sql.replace('$', "?"), values)
        }
    }
}

/// How a claim passes over rows of this table that somebody else is just claiming.
#[must_use]
pub fn skip_locked(backend: Backend, table: &str) -> String {
    match backend {
        Backend::Postgres => format!("FOR UPDATE OF {table} SKIP LOCKED"),
        // Its only writer is the lock.
        Backend::Sqlite => String::new(),
    }
}

/// Keys as one bound value. SQLite keeps them as 16-byte blobs: they travel in JSON as
/// hexadecimal digits.
fn bound(backend: Backend, keys: &[Uuid]) -> Value {
    match backend {
        Backend::Postgres => {
            let keys = keys.iter().map(|key| Value::from(*key)).collect();
            Value::Array(ArrayType::Uuid, Some(Box::new(keys)))
        }
        Backend::Sqlite => {
            let keys: Vec<String> = keys.iter().map(|key| key.simple().to_string()).collect();
            Value::from(serde_json::Value::from(keys).to_string())
        }
    }
}

/// Texts as one bound value.
fn bound_texts(backend: Backend, texts: &[&str]) -> Value {
    match backend {
        Backend::Postgres => {
            let texts = texts.iter().map(|text| Value::from(*text)).collect();
            Value::Array(ArrayType::String, Some(Box::new(texts)))
        }
        Backend::Sqlite => Value::from(serde_json::Value::from(texts).to_string()),
    }
}
