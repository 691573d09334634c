//! Following changes live: what is told, to whom, for how long, and over which wires.

mod peers;
mod sse;
mod stalled;
pub mod wire;
mod ws;
