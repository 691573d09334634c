//! What one release says of an occupation.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{OccupationId, ReferenceReleaseId};
use crate::riasec::Riasec;

/// An occupation in one release; its scores, in hundredths, are all there or none.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "occupation_edition")]
pub struct Model {
    /// The occupation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub occupation_id: OccupationId,
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: ReferenceReleaseId,
    /// What the release calls it.
    pub title: String,
    /// How much preparation it takes, from 1 to 5.
    pub job_zone: Option<i32>,
    /// Working with things, tools and machines.
    pub realistic: Option<i32>,
    /// Finding out and understanding.
    pub investigative: Option<i32>,
    /// Creating and expressing.
    pub artistic: Option<i32>,
    /// Helping and teaching people.
    pub social: Option<i32>,
    /// Leading and persuading people.
    pub enterprising: Option<i32>,
    /// Keeping things in order and to rule.
    pub conventional: Option<i32>,
}

impl Model {
    /// The six scores, when the release has them.
    #[must_use]
    pub fn interests(&self) -> Option<Riasec> {
        Some(Riasec([
            self.realistic?,
            self.investigative?,
            self.artistic?,
            self.social?,
            self.enterprising?,
            self.conventional?,
        ]))
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
