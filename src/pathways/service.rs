//! The rows of pathways, and what is worked out of them.

pub mod capacity;
pub mod course;
pub mod credential;
pub mod definition;
pub mod enrollment;
mod logged;
pub mod pathway;
mod period;
pub mod progress;
pub mod recommend;
mod records;
mod visible;
