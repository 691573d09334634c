//! Who calls, and what they may do.
//!
//! A client is registered for one tenant and proves itself at `/oauth/token`; the token it gets
//! names the client, the tenant and the scopes. Every request turns its token into a [`Caller`],
//! and nothing below the HTTP layer ever sees the token itself.

mod caller;
mod keys;
mod scope;

pub use caller::{Caller, Class, Tenant};
pub use keys::{KeyError, Keys, SigningKey};
pub use scope::{Scope, Scopes};
