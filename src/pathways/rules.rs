//! What must hold for pathways, and what is made of them: pure functions over data.

mod form;
mod rows;

pub use rows::{counts, course, credential, definition, enrollment, pathway};
