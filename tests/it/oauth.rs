//! OAuth 2.0: each way to prove a client, each way to fail, tokens, revocation, metadata.

mod assertion;
mod clients;
pub mod forge;
mod metadata;
mod methods;
mod revocation;
mod token;
mod world;
