//! Work on many rows that goes on after the request that asked for it.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};
use serde::{Deserialize, Serialize};

use crate::id::{ApiClientId, DistrictId, JobId, PartnerId};

/// One import or export of one client.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// The district that its client works for.
    pub district_id: Option<DistrictId>,
    /// The partner that its client works for; with neither, it is the platform's.
    pub partner_id: Option<PartnerId>,
    /// The client that asked for it.
    pub client_id: ApiClientId,
    /// What the token that asked for it could do: the job does no more.
    pub scopes: String,
    /// Which way the rows go.
    pub kind: JobKind,
    /// How far it has come.
    pub state: JobState,
    /// What was asked, as JSON.
    pub request: String,
    /// What its client calls it.
    pub client_reference: Option<String>,
    /// Rows that were looked at.
    pub processed: i64,
    /// Rows that there are, once that is known.
    pub total: Option<i64>,
    /// New rows.
    pub created: i64,
    /// Rows that differed.
    pub updated: i64,
    /// Rows that were equal.
    pub unchanged: i64,
    /// Rows that were refused.
    pub rejected: i64,
    /// Rows that were fine and stayed unwritten because of others.
    pub not_written: i64,
    /// Rows that the file no longer names, marked as no longer in use.
    pub retired: i64,
    /// Bytes of its file that are done: work goes on behind them.
    pub done_bytes: i64,
    /// Lines of its file that are done.
    pub done_lines: i64,
    /// The size of the file with the results, once there is one.
    pub result_bytes: Option<i64>,
    /// The size of the file with what was refused, once there is one.
    pub rejected_bytes: Option<i64>,
    /// The SHA-256 of the file of an export, in hexadecimal digits.
    pub result_sha256: Option<String>,
    /// How often an export has begun.
    pub attempts: i32,
    /// The place in the log of changes at which an export was taken.
    pub change_cursor: Option<String>,
    /// Why it failed.
    pub failure: Option<JobFailure>,
    /// The same in words.
    pub failure_message: Option<String>,
    /// Whether its client no longer wants it, and whoever works at it is to stop.
    pub is_cancel_requested: bool,
    /// Who works at it: drawn anew with each claim.
    pub claimed_by: Option<Uuid>,
    /// Until when; then it is anybody's.
    pub claimed_until: Option<DateTimeUtc>,
    /// When work at it began.
    pub started_at: Option<DateTimeUtc>,
    /// When it came to its end.
    pub completed_at: Option<DateTimeUtc>,
    /// When it must have come to its end; afterwards, when its files go.
    pub expires_at: DateTimeUtc,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change of its state, and not with its progress.
    pub version: i64,
}

/// Which way the rows of a job go.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobKind {
    /// From a file into the record.
    #[default]
    Import,
    /// From the record into a file.
    Export,
}

/// How far a job has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobState {
    /// Its file is not here yet.
    #[default]
    WaitingForFile,
    /// It waits for somebody to work at it.
    Queued,
    /// Somebody works at it.
    Running,
    /// It is done.
    Completed,
    /// It could not be done.
    Failed,
    /// Its client no longer wanted it.
    Canceled,
    /// It came to its end long ago, and its files are gone.
    Expired,
}

impl JobState {
    /// The states of a job that has not come to its end.
    pub const OPEN: [Self; 3] = [Self::WaitingForFile, Self::Queued, Self::Running];

    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::WaitingForFile => &[Self::Queued, Self::Canceled, Self::Failed],
            Self::Queued => &[Self::Running, Self::Canceled, Self::Failed],
            Self::Running => &[Self::Completed, Self::Canceled, Self::Failed],
            Self::Completed | Self::Failed | Self::Canceled => &[Self::Expired],
            Self::Expired => &[],
        }
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_over(self) -> bool {
        !Self::OPEN.contains(&self)
    }
}

/// Why a job failed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobFailure {
    /// Its client may no longer call.
    ClientRevoked,
    /// Its client lacks a scope that the job needs.
    ScopeMissing,
    /// Rows were refused, and none was to be written then.
    RowsRejected,
    /// The file leaves out more rows than was allowed.
    TooManyMissing,
    /// The file as a whole cannot be read.
    UnreadableFile,
    /// What was asked cannot be done any more.
    InvalidRequest,
    /// It was not done within its time.
    OutOfTime,
    /// A fault of ours.
    #[default]
    Internal,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
