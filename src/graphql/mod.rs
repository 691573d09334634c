//! The vocabulary that the slices share, and the only place that knows the GraphQL library.
//!
//! A slice declares its types with [`object`], names what may be filtered and sorted with
//! [`filter`] and [`order`], and answers mutations with [`payload`]. async-graphql is pinned to a
//! release candidate; nothing but this folder, `schema.rs` and the faces of the slices names it,
//! so that it can be changed in a day.

pub mod bulk;
pub mod external;
pub mod filter;
pub mod input;
pub mod object;
pub mod order;
pub mod page;
pub mod payload;
pub mod scalars;
pub mod scope;
