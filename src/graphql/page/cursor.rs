//! Sealing a position into text, and opening it again.

use aws_lc_rs::{digest, hmac};
use sea_orm::{EntityTrait, ModelTrait};
use uuid::Uuid;

use crate::{
    auth::{seal, unseal},
    error::{Code, Error, Result},
    store::{Position, SortKey, Visible},
};

/// The first byte of every cursor: what follows can change with it.
const VERSION: u8 = 1;
const FINGERPRINT: usize = 8;

/// What binds a cursor to this server, one sort and one filter.
pub(super) struct Seal<E: EntityTrait> {
    key: hmac::Key,
    sort: SortKey<E>,
    fingerprint: [u8; FINGERPRINT],
}

impl<E: Visible> Seal<E> {
    pub(super) fn new(key: &hmac::Key, sort: SortKey<E>, filter: &async_graphql::Value) -> Self {
        let described = format!("{}|{}|{filter}", E::NOUN, sort.describe());
        let hash = digest::digest(&digest::SHA256, described.as_bytes());
        let mut fingerprint = [0; FINGERPRINT];
        fingerprint.copy_from_slice(&hash.as_ref()[..FINGERPRINT]);
        Self { key: key.clone(), sort, fingerprint }
    }

    /// version ‖ fingerprint ‖ primary key ‖ sort key as JSON ‖ MAC
    pub(super) fn close(&self, row: &E::Model, id: Uuid) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.fingerprint);
        bytes.extend(id.as_bytes());
        if let Some(column) = self.sort.column {
            let key = crate::store::to_json(&row.get(column));
            bytes.extend(key.to_string().into_bytes());
        }
        seal(&self.key, bytes)
    }

    pub(super) fn open(&self, argument: &str, text: &str) -> Result<Position> {
        let invalid = || {
            let message = format!(
                "`{argument}` is no cursor of this server; give one that an answer held, unchanged"
            );
            Error::argument(Code::CursorInvalid, message)
        };
        let sealed = unseal(&self.key, text).ok_or_else(invalid)?;
        let rest = sealed.strip_prefix(&[VERSION]).ok_or_else(invalid)?;
        let (fingerprint, rest) = rest.split_at_checked(FINGERPRINT).ok_or_else(invalid)?;
        if fingerprint != self.fingerprint {
            let message = format!(
                "`{argument}` was made under another sort or filter; start again from the first page"
            );
            return Err(Error::argument(Code::CursorMismatch, message));
        }
        let (id, key) = rest.split_at_checked(16).ok_or_else(invalid)?;
        let id = Uuid::from_slice(id).map_err(|_| invalid())?;
        let key = if self.sort.column.is_some() {
            let json = serde_json::from_slice(key).map_err(|_| invalid())?;
            Some(crate::store::from_json(&json).ok_or_else(invalid)?)
        } else {
            None
        };
        Ok(Position { key, id })
    }
}
