//! Data that arrives or leaves by the hundred thousand rows.
//!
//! A bulk import never has its own way of writing: it reads foreign files here, turns them into
//! plain records, and hands these to the services of the slices that a single mutation calls too.

pub mod file;
pub mod import;
pub mod oneroster;
