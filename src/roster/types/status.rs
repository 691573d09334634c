//! Whether people and records are in use.

use async_graphql::Enum;
use entity::status;

use crate::{enum_filter, leaf_enums};

/// Whether a person still takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "status::PersonStatus")]
pub enum PersonStatus {
    /// Takes part.
    Active,
    /// No longer takes part; kept for the history.
    Inactive,
}

/// Whether a record is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "status::RecordStatus")]
pub enum RecordStatus {
    /// In use.
    Active,
    /// No longer in use; kept for the history.
    Retired,
}

leaf_enums!(PersonStatus, RecordStatus);
enum_filter!(pub PersonStatusFilter of PersonStatus as status::PersonStatus);
enum_filter!(pub RecordStatusFilter of RecordStatus as status::RecordStatus);
