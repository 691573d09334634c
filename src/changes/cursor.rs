//! A place in the log of one database.

use aws_lc_rs::hmac;
use uuid::Uuid;

use crate::auth::{seal, unseal};

/// The first byte of every cursor of the log: no other sealed text begins with it.
const VERSION: u8 = 2;
const MARK: usize = 4;

/// A place behind a change, or in front of all.
///
/// It knows the database by its epoch, and the change by a mark of its transaction: after the
/// database was set back, the change of this number is another one, and the cursor says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub(super) epoch: Uuid,
    /// The number of the change that the place is behind.
    pub change_no: i64,
    mark: [u8; MARK],
}

impl Cursor {
    /// The place behind the change of this number, which this transaction made.
    #[must_use]
    pub fn behind(epoch: Uuid, change_no: i64, transaction: Option<Uuid>) -> Self {
        Self { epoch, change_no, mark: transaction.map(mark).unwrap_or_default() }
    }

    /// Whether the change that it is behind was made by this transaction.
    pub(super) fn is_behind(&self, transaction: Option<Uuid>) -> bool {
        transaction.is_some_and(|transaction| mark(transaction) == self.mark)
    }

    /// The cursor as clients keep it.
    #[must_use]
    pub fn seal(&self, key: &hmac::Key) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.epoch.as_bytes());
        bytes.extend(self.change_no.to_be_bytes());
        bytes.extend(self.mark);
        seal(key, bytes)
    }

    /// The cursor behind a text; nothing when this server did not make it.
    #[must_use]
    pub fn open(key: &hmac::Key, text: &str) -> Option<Self> {
        let bytes = unseal(key, text)?;
        let rest = bytes.strip_prefix(&[VERSION])?;
        let (epoch, rest) = rest.split_at_checked(16)?;
        let (number, mark) = rest.split_at_checked(8)?;
        Some(Self {
            epoch: Uuid::from_slice(epoch).ok()?,
            change_no: i64::from_be_bytes(number.try_into().ok()?),
            mark: mark.try_into().ok()?,
        })
    }
}

/// The random end of a transaction's key.
fn mark(transaction: Uuid) -> [u8; MARK] {
    let mut mark = [0; MARK];
    mark.copy_from_slice(&transaction.as_bytes()[16 - MARK..]);
    mark
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use uuid::Uuid;

    use super::Cursor;

    #[test]
    fn a_cursor_is_what_it_was_when_it_comes_back() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]);
        let [epoch, transaction] = [1, u128::MAX].map(Uuid::from_u128);
        let cursor = Cursor::behind(epoch, 42, Some(transaction));
        assert_eq!(Cursor::open(&key, &cursor.seal(&key)), Some(cursor));
        assert!(cursor.is_behind(Some(transaction)));
        assert!(!cursor.is_behind(Some(epoch)) && !cursor.is_behind(None));
    }
}
