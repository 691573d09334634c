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

use sea_orm::sea_query::{Expr, SimpleExpr};
use uuid::Uuid;

pub use endpoint::EndpointDraft;

use crate::{auth::Tenant, store::statement};

/// The key of a tenant; nil for the platform.
fn key_of(tenant: Tenant) -> Uuid {
    match tenant {
        Tenant::District(id) => id.into(),
        Tenant::Partner(id) => id.into(),
        Tenant::Platform => Uuid::nil(),
    }
}

/// Deliveries that wait, in the words of the indexes that hold them and no others.
fn pending() -> SimpleExpr {
    Expr::cust("\"state\" = 'PENDING'")
}
