//! What must hold for wishes, and how seats are given: pure functions over data.

pub mod deferred;
pub mod eligible;
mod lottery;
mod preference;
pub mod priority;
mod run;

pub use lottery::{Lottery, TICKETS};
pub use preference::{Place, preference, ranks};
pub use run::{Limits, run};
