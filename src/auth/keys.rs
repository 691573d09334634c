//! The secrets of the service itself.

use std::fmt;

use aws_lc_rs::hmac;

/// The signing keys and the secret of the cursors.
pub struct Keys {
    cursor: hmac::Key,
}

impl Keys {
    /// Keys over this secret of the cursors.
    #[must_use]
    pub fn new(cursor_secret: &[u8; 32]) -> Self {
        Self { cursor: hmac::Key::new(hmac::HMAC_SHA256, cursor_secret) }
    }

    /// The key that seals cursors, so that a page starts only where this server said it may.
    #[must_use]
    pub fn cursor(&self) -> &hmac::Key {
        &self.cursor
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys")
    }
}
