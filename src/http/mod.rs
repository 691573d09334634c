//! HTTP: every route of the server.

pub mod oauth;
