//! The secrets of the service itself.
//!
//! They lie in one folder that only the service may read: `signing-<kid>.pem` signs the access
//! tokens, `cursor.key` seals the cursors and, through a key derived from it, the secrets of
//! webhooks in the database. The first start makes both, and of several processes that start at
//! once exactly one does. To rotate, put a second `signing-*.pem` beside the first: the youngest
//! file signs, every one of them verifies, and the old one may go when its last token has expired.
//! `cursor.key` is kept: without it, clients read everything anew and webhooks need new secrets.

mod folder;
mod signing;

use std::{fmt, path::Path};

use aws_lc_rs::hmac;
use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};

pub use folder::KeyError;
pub use signing::SigningKey;

use crate::clock::Clock;

/// The signing keys and the secret of the cursors.
pub struct Keys {
    cursor: hmac::Key,
    /// Youngest first.
    signing: Vec<SigningKey>,
}

impl Keys {
    /// Keys over this secret of the cursors that sign no tokens.
    #[must_use]
    pub fn new(cursor_secret: &[u8; 32]) -> Self {
        Self::with(cursor_secret, Vec::new())
    }

    /// New keys that live as long as the process.
    pub fn ephemeral(clock: &Clock) -> Result<Self, KeyError> {
        let mut cursor_secret = [0; 32];
        clock.fill(&mut cursor_secret);
        Ok(Self::with(&cursor_secret, vec![SigningKey::generate()?]))
    }

    /// The keys of a folder, made there when it has none yet.
    pub fn load_or_create(folder: &Path, clock: &Clock) -> Result<Self, KeyError> {
        let (cursor_secret, signing) = folder::load_or_create(folder, clock)?;
        Ok(Self::with(&cursor_secret, signing))
    }

    fn with(cursor_secret: &[u8; 32], signing: Vec<SigningKey>) -> Self {
        Self { cursor: hmac::Key::new(hmac::HMAC_SHA256, cursor_secret), signing }
    }

    /// The key that seals cursors, so that a page starts only where this server said it may.
    #[must_use]
    pub fn cursor(&self) -> &hmac::Key {
        &self.cursor
    }

    /// A secret for a further purpose, which only this service can know and no other purpose has.
    #[must_use]
    pub fn derived(&self, purpose: &[u8]) -> [u8; 32] {
        let mut secret = [0; 32];
        secret.copy_from_slice(hmac::sign(&self.cursor, purpose).as_ref());
        secret
    }

    /// The key that signs new tokens.
    #[must_use]
    pub fn signer(&self) -> Option<&SigningKey> {
        self.signing.first()
    }

    /// The public half of the signing key with this id.
    #[must_use]
    pub fn verifier(&self, kid: &str) -> Option<&DecodingKey> {
        self.signing.iter().find(|key| key.kid() == kid).map(SigningKey::public)
    }

    /// The public halves of all signing keys as a JSON Web Key Set.
    #[must_use]
    pub fn jwks(&self) -> Value {
        json!({ "keys": self.signing.iter().map(SigningKey::jwk).collect::<Vec<_>>() })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys")
    }
}

#[cfg(test)]
mod tests;
