//! A program that calls the API on behalf of a district, a partner or the platform itself.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{ApiClientId, DistrictId, PartnerId};

/// A registered client.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "api_client")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiClientId,
    /// On whose behalf it calls.
    pub kind: ApiClientKind,
    /// The district, for a client of a district.
    pub district_id: Option<DistrictId>,
    /// The partner, for a client of a partner.
    pub partner_id: Option<PartnerId>,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of its secret.
    pub secret_hash: Option<Vec<u8>>,
    /// PEM of the key that signs its assertions.
    pub public_key: Option<String>,
    /// What it may ask for, separated by spaces.
    pub scopes: String,
    /// Whether it may call.
    pub state: ApiClientState,
    /// When it last asked for a token.
    pub last_used_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// On whose behalf a client calls.
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
pub enum ApiClientKind {
    /// A district.
    #[default]
    District,
    /// A partner.
    Partner,
    /// The platform: every tenant.
    Platform,
}

/// Whether a client may call.
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
pub enum ApiClientState {
    /// It may.
    #[default]
    Active,
    /// Never again.
    Revoked,
}

impl ApiClientState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Active => &[Self::Revoked],
            Self::Revoked => &[],
        }
    }

    /// Whether that state may follow this one.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.may_become().contains(&to)
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::ApiClientState;

    #[test]
    fn states_follow_their_road_and_no_other() {
        let mut steps = Vec::new();
        for from in ApiClientState::iter() {
            steps.extend(
                ApiClientState::iter().filter(|to| from.can_become(*to)).map(|to| (from, to)),
            );
        }
        assert_eq!(steps, [(ApiClientState::Active, ApiClientState::Revoked),]);
    }
}
