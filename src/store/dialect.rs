//! Where the two databases want different words.

use sea_orm::{
    ColumnTrait, IntoSimpleExpr,
    sea_query::{ArrayType, Expr, SimpleExpr, Value},
};
use uuid::Uuid;

use super::Backend;

/// `column = any of these keys`, as one bound value: one prepared statement whatever the number
/// of keys, and no limit on it.
pub fn any_of<C: ColumnTrait>(backend: Backend, column: C, keys: &[Uuid]) -> SimpleExpr {
    let column = column.into_simple_expr();
    match backend {
        Backend::Postgres => {
            let keys = keys.iter().map(|key| Value::from(*key)).collect();
            let array = Value::Array(ArrayType::Uuid, Some(Box::new(keys)));
            Expr::cust_with_exprs("$1 = ANY($2)", [column, Expr::val(array)])
        }
        Backend::Sqlite => {
            // Keys are 16-byte blobs there: they travel in JSON as hexadecimal digits.
            let keys: Vec<String> = keys.iter().map(|key| key.simple().to_string()).collect();
            let list = serde_json::Value::from(keys).to_string();
            Expr::cust_with_exprs(
                "? IN (SELECT unhex(value) FROM json_each(?))",
                [column, Expr::val(list)],
            )
        }
    }
}
