//! Worlds: the real one, and one for each sandbox.
//!
//! A sandbox is a throw-away district with partners of its own. The two worlds never meet: the bank
//! of partners that real districts share holds none of a sandbox, and a sandbox sees none of the
//! bank. Whatever else joins a partner to a district, as an agreement, is made between two that see
//! each other, so one wall at the partners is enough. A district that is gone is in no world: a token
//! that outlives it sees nothing.

use entity::{
    district,
    id::DistrictId,
    partner::{self, Column},
};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};

/// The partners in the world of the district.
#[must_use]
pub fn partners_around(district: DistrictId) -> Condition {
    let bank = Column::SandboxId.is_null().and(is_real(district));
    Condition::any().add(Column::SandboxId.eq(district)).add(bank)
}

/// Whether the district is there and no sandbox: asked once for a statement, not for each row.
#[must_use]
pub fn is_real(district: DistrictId) -> SimpleExpr {
    let found = Query::select()
        .expr(Expr::val(1))
        .from(district::Entity)
        .and_where(district::Column::Id.eq(district))
        .and_where(district::Column::IsSandbox.eq(false))
        .to_owned();
    Expr::exists(found)
}

/// The sandbox that a district is, by the key of its district; none of the real world.
#[must_use]
pub fn sandbox_of(district: &district::Model) -> Option<DistrictId> {
    district.is_sandbox.then_some(district.id)
}

/// Whether a partner and a district can have anything to do with each other.
#[must_use]
pub fn meet(district: &district::Model, partner: &partner::Model) -> bool {
    sandbox_of(district) == partner.sandbox_id
}
