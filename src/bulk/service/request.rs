//! What was asked of a job, as its row keeps it.

use entity::job::{JobKind, Model};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// What a job is to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Rows of one type come from a file.
    Import(Import),
    /// What a query names goes into a file.
    Export(Export),
}

/// What goes into a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// The query.
    pub query: String,
    /// The values of its variables.
    pub variables: Map<String, Value>,
    /// What a line of the file looks like.
    pub format: Format,
    /// How the file is packed.
    pub compression: Compression,
    /// What is in it, for the name of the file.
    pub name: String,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compression {
    /// As it is.
    None,
    /// By gzip.
    Gzip,
}

/// How rows come from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The type of the rows, as the schema names it in `BulkImportType`.
    pub rows: String,
    /// What a line of the file looks like.
    pub format: Format,
    /// The size of the file in bytes.
    pub size: u64,
    /// The SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Whether one refused row keeps all others from being written.
    pub is_all_or_nothing: bool,
    /// Whether everything is done and taken back.
    pub is_dry_run: bool,
    /// The largest share of the rows in use that the file may leave out, when those that it leaves
    /// out are to be marked as no longer in use.
    pub delete_missing: Option<f64>,
    /// The district or tenant that a platform client writes for.
    pub home: Option<String>,
}

impl Import {
    /// Whether it is one transaction, so that nothing of it stays when it breaks off.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_all_or_nothing || self.is_dry_run
    }
}

/// What a line of a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A JSON object on each line.
    Ndjson,
    /// Comma-separated values, with a header.
    Csv,
}

impl Request {
    /// What this job is to do.
    pub fn of(job: &Model) -> Result<Self> {
        serde_json::from_str(&job.request).map_err(Error::internal)
    }

    /// Which way the rows go.
    #[must_use]
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Import(_) => JobKind::Import,
            Self::Export(_) => JobKind::Export,
        }
    }

    /// The form in which it is kept.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }
}
