//! Agreements that come into force, and cease to be.

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{self as agreement, AgreementState},
    affiliation_view, district,
    id::{DistrictId, PartnerId},
    partner_contact, placement, staff, student, time_entry,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseConnection, DatabaseTransaction, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
    sea_query::{OnConflict, Query, SelectStatement},
};

use super::rows;
use crate::{
    app::App,
    error::Result,
    store::outbox::{ChangeOp, Origin, Outbox, View},
};

/// A district and a partner.
type Pair = (DistrictId, PartnerId);

/// Tells both sides what they see of each other, when that differs from what they were told last.
pub(super) async fn tell(outbox: &Outbox, tx: &DatabaseTransaction, pair: Pair) -> Result<()> {
    let told = hold(tx, pair).await?;
    let today = outbox.today();
    let in_force = in_force(today)
        .add(agreement::Column::DistrictId.eq(pair.0))
        .add(agreement::Column::PartnerId.eq(pair.1));
    #[expect(
        clippy::disallowed_methods,
        reason = "the log tells others of what the caller may not see"
    )]
    let in_force = agreement::Entity::find().filter(in_force).count(tx).await? > 0;
    if told == in_force {
        return Ok(());
    }
    affiliation_view::Entity::update_many()
        .col_expr(affiliation_view::Column::InForce, in_force.into())
        .filter(affiliation_view::Column::DistrictId.eq(pair.0))
        .filter(affiliation_view::Column::PartnerId.eq(pair.1))
        .exec(tx)
        .await?;
    let op = if in_force { ChangeOp::Visible } else { ChangeOp::Hidden };
    to_partner(outbox, tx, pair, op).await?;
    let people = Condition::all().add(partner_contact::Column::PartnerId.eq(pair.1));
    let to_district = View { op, audience: pair.0.into() };
    rows::<partner_contact::Entity>(outbox, tx, people, to_district).await
}

async fn to_partner(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    (district, partner): Pair,
    op: ChangeOp,
) -> Result<()> {
    let view = View { op, audience: partner.into() };
    let all = Condition::all;
    let itself = all().add(district::Column::Id.eq(district));
    rows::<district::Entity>(outbox, tx, itself, view).await?;
    let pupils =
        student::Column::Id.in_subquery(named((district, partner), placement::Column::StudentId));
    rows::<student::Entity>(outbox, tx, all().add(pupils), view).await?;
    let staff =
        staff::Column::Id.in_subquery(named((district, partner), placement::Column::CoordinatorId));
    rows::<staff::Entity>(outbox, tx, all().add(staff), view).await?;
    let placements = all()
        .add(placement::Column::DistrictId.eq(district))
        .add(placement::Column::PartnerId.eq(partner));
    rows::<placement::Entity>(outbox, tx, placements, view).await?;
    let hours = all()
        .add(time_entry::Column::DistrictId.eq(district))
        .add(time_entry::Column::PartnerId.eq(partner));
    rows::<time_entry::Entity>(outbox, tx, hours, view).await
}

/// Whom the placements between the two name.
fn named((district, partner): Pair, column: placement::Column) -> SelectStatement {
    Query::select()
        .column(column)
        .from(placement::Entity)
        .and_where(placement::Column::DistrictId.eq(district))
        .and_where(placement::Column::PartnerId.eq(partner))
        .and_where(column.is_not_null())
        .to_owned()
}

fn in_force(today: NaiveDate) -> Condition {
    Condition::all()
        .add(agreement::Column::State.eq(AgreementState::Active))
        .add(agreement::Column::StartsOn.lte(today))
        .add(agreement::Column::EndsOn.gte(today))
}

/// What the two were told last, held until the transaction ends.
async fn hold(tx: &DatabaseTransaction, (district, partner): Pair) -> Result<bool> {
    use affiliation_view::{ActiveModel, Column, Entity};
    let first =
        ActiveModel { district_id: Set(district), partner_id: Set(partner), in_force: Set(false) };
    let once = OnConflict::columns([Column::DistrictId, Column::PartnerId]).do_nothing().to_owned();
    Entity::insert(first).on_conflict(once).exec_without_returning(tx).await?;
    #[expect(clippy::disallowed_methods, reason = "what was told belongs to no tenant")]
    let told = Entity::find()
        .filter(Column::DistrictId.eq(district))
        .filter(Column::PartnerId.eq(partner))
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(told.is_some_and(|told| told.in_force))
}

/// Tells what the day has moved: agreements whose first day has come, or whose last has gone. Each
/// pair is told by itself: whoever breaks off goes on with those that are left.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    for pair in stale(app.db.latest(), now.date_naive()).await? {
        let tx = app.db.begin().await?;
        let outbox = Outbox::new(app, Origin::house(now));
        tell(&outbox, &tx, pair).await?;
        let has_changed = outbox.close(&tx).await?;
        tx.commit().await?;
        if has_changed {
            app.db.wake().ring();
        }
    }
    Ok(())
}

/// The pairs that were told last what is no longer so, always in the same order.
#[expect(
    clippy::disallowed_methods,
    reason = "agreements and what was told of them, of all tenants"
)]
async fn stale(tx: &DatabaseConnection, today: NaiveDate) -> Result<Vec<Pair>> {
    use affiliation_view::Column::{DistrictId, InForce, PartnerId};
    let in_force = agreement::Entity::find()
        .select_only()
        .columns([agreement::Column::DistrictId, agreement::Column::PartnerId])
        .filter(in_force(today))
        .into_tuple::<Pair>()
        .all(tx)
        .await?;
    let told = affiliation_view::Entity::find()
        .select_only()
        .columns([DistrictId, PartnerId])
        .filter(InForce.eq(true))
        .into_tuple::<Pair>()
        .all(tx)
        .await?;
    let [in_force, told] = [in_force, told].map(std::collections::BTreeSet::from_iter);
    Ok(in_force.symmetric_difference(&told).copied().collect())
}
