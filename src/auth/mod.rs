//! Who calls, and what they may do.
//!
//! A client is registered for one tenant and proves itself at `/oauth/token`; the token it gets
//! names the client, the tenant and the scopes. Every request turns its token into a [`Caller`],
//! and nothing below the HTTP layer ever sees the token itself.

pub mod assertion;
mod attempts;
mod caller;
pub mod client;
mod keys;
mod memory;
mod once;
mod proof;
mod public_key;
pub mod revocation;
mod scope;
mod seal;
pub mod token;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

pub use caller::{Caller, Class, Tenant};
pub use client::Client;
pub use keys::{KeyError, Keys, SigningKey};
pub use memory::Memory;
pub use once::Once;
pub use proof::{Proof, prove};
pub use public_key::ASSERTION_ALGORITHMS;
pub use scope::{Scope, Scopes};
pub use seal::{seal, unseal};
pub use token::authenticate;

use crate::clock::Clock;
use public_key::PublicKey;
use sea_orm::{EntityTrait, Select};

/// This many random bytes, in letters that need no escaping anywhere.
fn random<const BYTES: usize>(clock: &Clock) -> String {
    let mut bytes = [0; BYTES];
    clock.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The rows that say who a caller is: read before there is a caller, and by nobody else.
fn rows<E: EntityTrait>() -> Select<E> {
    #[expect(clippy::disallowed_methods, reason = "no caller yet whose rows could be selected")]
    E::find()
}
