//! The roster's rows: who may see them, and how they are written.

pub mod student;
mod visible;
