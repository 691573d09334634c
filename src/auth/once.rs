//! What a client sends once, however often it has to send it.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};

/// A mutation under a key of the client's choosing.
#[derive(Debug)]
pub struct Once {
    /// The mutation's name: the same key under another one is another key.
    pub operation: String,
    /// The key.
    pub key: String,
    /// The digest of the mutation's arguments, in hexadecimal digits.
    pub fingerprint: String,
    done: OnceLock<DateTime<Utc>>,
}

impl Once {
    /// A mutation that may have been done before.
    #[must_use]
    pub fn new(operation: String, key: String, fingerprint: String) -> Self {
        Self { operation, key, fingerprint, done: OnceLock::new() }
    }

    /// It was done at that time, and is answered from then.
    pub fn was_done(&self, at: DateTime<Utc>) {
        self.done.get_or_init(|| at);
    }

    /// When it was done, if that was in an earlier request.
    #[must_use]
    pub fn done_at(&self) -> Option<DateTime<Utc>> {
        self.done.get().copied()
    }
}
