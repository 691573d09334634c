//! Students' interests: how signals are written, what profile they make, how schools are counted,
//! and that no partner learns any of it.

mod fence;
mod profile;
mod signals;
mod summary;
mod taps;
pub mod world;
