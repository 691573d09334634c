//! Client secrets: 256 random bits, shown once.

use std::fmt;

use aws_lc_rs::{constant_time, digest};

use crate::{auth::random, clock::Clock};

/// What secrets begin with, so that scanners find one that was committed by mistake.
const PREFIX: &str = "pbs_";

/// A new secret, on its way to its owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(super) fn new(clock: &Clock) -> Self {
        Self(format!("{PREFIX}{}", random::<32>(clock)))
    }

    /// The secret itself: to be shown to its owner once and nowhere else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> Vec<u8> {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

/// Whether the text is the secret that was stored; without one, the same work for the answer no.
pub(in crate::auth) fn matches(stored: Option<&[u8]>, text: &str) -> bool {
    // With 256 random bits nobody can try them all: a slow hash would only slow us down.
    let given = hash(text);
    let nobody = [0; 32];
    let equal = constant_time::verify_slices_are_equal(stored.unwrap_or(&nobody), &given).is_ok();
    equal && stored.is_some()
}

fn hash(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}
