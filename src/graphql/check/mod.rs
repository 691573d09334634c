//! The static pass: what an operation needs and what it costs, known before it runs.
//!
//! Both are read from the printed schema. [`scopes()`] depends on the document alone and is kept
//! with it; [`cost()`] depends on the variables too, since they say how long the pages are.

mod cost;
mod scopes;
#[cfg(test)]
mod vectors;

pub use cost::{Cost, cost};
pub use scopes::{Needed, Scopes, scopes};
