//! Pathbridge.

pub mod http;
