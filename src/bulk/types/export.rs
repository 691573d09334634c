//! What files of exports look like.

use async_graphql::Enum;

use crate::{bulk::service::request, leaf_enums};

/// What a line of an exported file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum BulkExportFormat {
    /// The JSON of a node on each line, `__typename` first, in the order of the query.
    Ndjson,
    /// Comma-separated values by RFC 4180, of one list. The header names each value by the way that
    /// leads to it, as `school.name`, `__typename` first. Null is an empty field, an empty text is
    /// `""`, and a list inside a node is written as JSON. The file is made for programs: texts stand
    /// as they are, also those that a spreadsheet would take for a formula.
    Csv,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum BulkCompression {
    /// As it is.
    None,
    /// By gzip.
    Gzip,
}

leaf_enums!(BulkExportFormat, BulkCompression);

impl From<BulkExportFormat> for request::Format {
    fn from(format: BulkExportFormat) -> Self {
        match format {
            BulkExportFormat::Ndjson => Self::Ndjson,
            BulkExportFormat::Csv => Self::Csv,
        }
    }
}

impl From<BulkCompression> for request::Compression {
    fn from(compression: BulkCompression) -> Self {
        match compression {
            BulkCompression::None => Self::None,
            BulkCompression::Gzip => Self::Gzip,
        }
    }
}
