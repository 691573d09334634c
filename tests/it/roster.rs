//! The roster goes in, comes back, and lets nothing in or out that does not belong there.

mod batches;
mod calendar;
mod districts;
mod edges;
mod races;
mod references;
mod seats;
mod ties;
mod visibility;
pub mod world;
