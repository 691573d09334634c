//! What must hold for pathways, and what is made of them: pure functions over data.

mod form;
pub mod levels;
pub mod progress;
pub mod recommend;
mod rows;

pub use rows::{counts, course, credential, definition, enrollment, pathway};
