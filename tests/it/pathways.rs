//! Career pathways: how they are written, how far students have come, what suits them, and that no
//! partner learns of it.

mod fence;
mod progress;
mod recommendations;
mod sync;
mod world;
