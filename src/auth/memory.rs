//! What one process remembers between requests, and may forget at any time.
//!
//! Nothing here is shared: another replica that never saw a token verifies it anew, and what was
//! revoked is read from the database again every second.

use std::fmt;

use super::{attempts::Attempts, revocation::Revocations, token::Verified};

/// Verified tokens, the latest revocations and recent failures to prove who calls.
#[derive(Default)]
pub struct Memory {
    pub(super) tokens: Verified,
    pub(super) revocations: Revocations,
    pub(super) attempts: Attempts,
}

impl fmt::Debug for Memory {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Memory")
    }
}
