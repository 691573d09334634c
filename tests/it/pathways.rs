//! Career pathways: how they are written, and that no partner learns of them.

mod fence;
mod sync;
mod world;
