//! The teachers of a class.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{ClassId, StaffId};

/// A member of staff teaches a class.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "class_teacher")]
pub struct Model {
    /// The class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class_id: ClassId,
    /// The teacher.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: StaffId,
    /// Whether they are the teacher of record.
    pub is_primary: bool,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
