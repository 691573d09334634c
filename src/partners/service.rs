//! The bank's rows: who may see them, and how they are written.

pub mod affiliation;
pub mod contact;
mod logged;
pub mod opportunity;
pub mod partner;
mod rights;
pub mod site;
mod visible;
