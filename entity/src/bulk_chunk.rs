//! The files of bulk jobs, in pieces: every replica that reaches the database can serve them.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::JobId;

/// One piece of one file of a job.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "bulk_chunk")]
pub struct Model {
    /// The job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub job_id: JobId,
    /// Which of its files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: BulkPart,
    /// How many bytes of the file lie in front of the piece.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: i64,
    /// The piece.
    pub bytes: Vec<u8>,
}

/// Which file of a job.
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
pub enum BulkPart {
    /// What the client sent.
    #[default]
    Upload,
    /// What the job made.
    Result,
    /// The lines of the upload that were refused, ready to be put right.
    Rejected,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
