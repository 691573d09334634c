//! Endpoints and deliveries: how they are set up, made, claimed and settled.

pub mod claim;
pub mod delivery;
pub mod endpoint;
pub mod fan_out;
mod logged;
pub mod outcome;
pub mod retention;
pub mod secret;
mod visible;

use chrono::{DateTime, Utc};
use entity::id::ApiClientId;
use sea_orm::{
    DbBackend, Statement, Value,
    sea_query::{Expr, SimpleExpr},
};
use uuid::Uuid;

pub use endpoint::EndpointDraft;

use crate::{
    auth::{Caller, Scopes, Tenant},
    store::Backend,
};

/// The house itself, which sees every row: what comes with time has no client that asked for it.
fn house(now: DateTime<Utc>) -> Caller {
    Caller {
        client: ApiClientId(Uuid::nil()),
        tenant: Tenant::Platform,
        scopes: Scopes::all(),
        now,
        request: None,
        once: None,
    }
}

/// The key of a tenant; nil for the platform.
fn key_of(tenant: Tenant) -> Uuid {
    match tenant {
        Tenant::District(id) => id.into(),
        Tenant::Partner(id) => id.into(),
        Tenant::Platform => Uuid::nil(),
    }
}

/// A statement that is written by hand with `$1`, `$2`, … for its values.
fn statement(backend: Backend, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    match backend {
        Backend::Postgres => Statement::from_sql_and_values(DbBackend::Postgres, sql, values),
        Backend::Sqlite => {
            Statement::from_sql_and_values(DbBackend::Sqlite, sql.replace('$', "?"), values)
        }
    }
}

/// Deliveries that wait, in the words of the indexes that hold them and no others.
fn pending() -> SimpleExpr {
    Expr::cust("\"state\" = 'PENDING'")
}
