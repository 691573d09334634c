//! The rows of pathways, and what is worked out of them.

pub mod course;
pub mod credential;
pub mod definition;
pub mod enrollment;
mod logged;
pub mod pathway;
mod period;
mod visible;
