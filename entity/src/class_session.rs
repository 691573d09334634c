//! The sessions of the calendar in which a class meets.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{AcademicSessionId, ClassId};

/// A class meets in a session.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "class_session")]
pub struct Model {
    /// The class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class_id: ClassId,
    /// The session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub academic_session_id: AcademicSessionId,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
