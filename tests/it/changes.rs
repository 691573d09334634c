//! The log of changes: nothing that is written stays untold, and nothing else is told.

mod every_mutation;
pub mod feed;
mod recording;
mod rekeying;
pub mod story;
pub mod town;
mod views;
mod worker;
