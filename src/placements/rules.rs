//! What must hold for a placement and its hours: pure functions over data.

pub mod gate;
pub mod hours;
pub mod placement;

/// A state in the word that clients read.
pub(crate) fn word(state: impl std::fmt::Debug) -> String {
    format!("{state:?}").to_uppercase()
}
