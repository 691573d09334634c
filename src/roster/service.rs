//! The roster's rows: who may see them, and how they are written.
//!
//! Every table has a draft, the wanted state of one of its rows; `store::upsert` brings a batch of
//! drafts in. A draft names its district, and whatever it refers to must belong to that district.

pub mod academic_session;
pub mod class;
pub mod course;
pub mod district;
pub mod enrollment;
pub mod guardian;
pub mod guardianship;
mod logged;
pub mod owned;
pub mod school;
pub mod staff;
pub mod student;
mod visible;
