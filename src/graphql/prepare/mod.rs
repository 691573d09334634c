//! Documents, each understood once.
//!
//! Clients send the same few documents over and over. What does not depend on the variables —
//! limits, syntax, validity, the scopes that are needed — is found out at the first request and
//! kept under the hash of the text. Only what passed is kept, and never more than the cache may
//! hold.

mod document;
mod root;

use std::sync::Arc;

use async_graphql::{ServerError, parser::parse_query};
use aws_lc_rs::digest::{SHA256, digest};
use moka::sync::Cache;

pub use document::{Document, Operation};
pub(super) use root::{each_field, root_fields};

use super::{Executor, Refusal, guard::Limits, literals, model::Model, rules};
use crate::error::Code;

/// What the cache may hold, in estimated bytes.
const CAPACITY: u64 = 64 * 1024 * 1024;
/// How much larger a parsed document is than its text, roughly.
const EXPANSION: usize = 24;
/// The least that a document counts, so that there are never more than two thousand.
const LEAST_WEIGHT: usize = 32 * 1024;

/// The documents that were seen lately.
pub struct Documents {
    cache: Cache<[u8; 32], Arc<Document>>,
}

impl Default for Documents {
    fn default() -> Self {
        let weigher = |_: &[u8; 32], document: &Arc<Document>| {
            let bytes = document.text_bytes().saturating_mul(EXPANSION).max(LEAST_WEIGHT);
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self { cache: Cache::builder().max_capacity(CAPACITY).weigher(weigher).build() }
    }
}

impl Documents {
    /// The document of this text: kept, or measured, parsed and validated now.
    pub async fn get(
        &self,
        text: &str,
        limits: &Limits,
        model: &Model,
        executor: &dyn Executor,
    ) -> Result<Arc<Document>, Refusal> {
        let key = hash(text);
        if let Some(document) = self.cache.get(&key) {
            return Ok(document);
        }
        limits.check_text(text)?;
        let parsed = parse_query(text).map_err(|error| {
            Refusal::new(Code::GraphqlParseFailed, vec![ServerError::from(error)])
        })?;
        limits.check_document(&parsed)?;
        let mut errors = executor.validate(parsed.clone()).await;
        if errors.is_empty() {
            errors = rules::check(text, &parsed);
            errors.extend(literals::check(model, &parsed));
        }
        if !errors.is_empty() {
            return Err(Refusal::new(Code::GraphqlValidationFailed, errors));
        }
        let document = Arc::new(Document::new(text.len(), parsed, model));
        self.cache.insert(key, Arc::clone(&document));
        Ok(document)
    }
}

fn hash(text: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    key
}
