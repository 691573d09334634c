//! The vocabulary that the slices share, and the only place that knows the GraphQL library.
//!
//! A slice declares its types with [`object`], names what may be filtered and sorted with
//! [`filter`] and [`order`], and answers mutations with [`payload`]. async-graphql is pinned to a
//! release candidate; nothing but this folder, `schema.rs` and the faces of the slices names it,
//! so that it can be changed in a day.
//!
//! Before a document runs it is measured ([`guard`]), parsed, validated, and the scopes it needs
//! are listed ([`check`]), once per text ([`Documents`]). Each request then coerces its variables
//! ([`variables`]) and is costed; only then does the executor see it ([`Api`]).

pub mod bulk;
pub mod check;
pub mod export;
pub mod external;
pub mod filter;
pub mod guard;
pub mod input;
pub mod leaf;
pub mod model;
pub mod object;
pub mod once;
pub mod order;
pub mod page;
pub mod payload;
pub mod scalars;
pub mod scope;
pub mod synced;
pub mod variables;
pub mod viewer;

mod api;
mod condition;
mod executor;
mod literals;
mod prepare;
mod rules;
#[cfg(test)]
mod toy;

pub use api::{Api, Plan, Refusal, RequestId};
pub use executor::{Executed, Executor, Run, Schemas};
pub use prepare::{Document, Documents, Operation};
