//! What must hold for a row of the bank: pure functions over drafts and rows.

mod affiliation;
mod contact;
mod cover;
mod formats;
mod opportunity;
mod partner;
mod site;

pub use affiliation::{activation_blockers, agreement, wind_down};
pub use contact::contact;
pub use cover::cover_blockers;
pub use opportunity::{opening_blockers, opportunity, seat_blockers, seats_blockers, unseen};
pub use partner::partner;
pub use site::site;

/// A description or the terms of an agreement are no longer than this.
const LONGEST_TEXT: usize = 10_000;
