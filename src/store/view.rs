//! What comes into a tenant's view, or leaves it, without having changed.
//!
//! | what is written | whose view moves | which rows |
//! |---|---|---|
//! | an affiliation agreement signed, ended, re-dated; its first or last day comes | the partner's | the district; the placements and hours between the two; the students and coordinators of those placements |
//! | the same | the district's | the partner's people |
//! | the first agreement with a partner that is no longer in use | the district's | the partner, its sites and opportunities |
//! | a placement proposed, or given another student or coordinator | the partner's | the students and coordinators that it names, or named before |
//! | a partner taken out of use, or back into it | every district's | the partner, its sites and opportunities |
//! | a partner's first client registered, its last one revoked | every district's | the drafts among its opportunities |
//!
//! A row that is itself written needs none of this: `UPDATED` brings it into view, and rows of the
//! roster never change their district. Whether an agreement is in force depends on the day, so the
//! table `affiliation_view` keeps what was told last, and [`sweep`] brings it up to date.
//!
//! It does no harm to tell too much: who reads the log is told `HIDDEN` only of what it does not
//! see then, and everything else only of what it does.

mod tie;

use entity::{
    id::{DistrictId, PartnerId, StaffId, StudentId},
    opportunity, partner, partner_site, staff,
    status::RecordStatus,
    student,
};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub use tie::sweep;

use super::{
    Logged,
    outbox::{ChangeOp, EVERY_DISTRICT, Outbox, View},
};
use crate::{
    auth::{Caller, Tenant},
    error::Result,
};

/// Rows that are held at a time.
const AT_ONCE: u64 = 1_000;

/// How far the write of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A new row.
    New,
    /// A stored row, before it changes.
    Before,
    /// The same, changed.
    After,
    /// A row that was deleted.
    Gone,
}

/// Something that was written, and that moves rows which were not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// An agreement of the two; `is_new` when there may have been none before.
    Tie {
        /// The district.
        district: DistrictId,
        /// The partner.
        partner: PartnerId,
        /// Whether the agreement was just made.
        is_new: bool,
    },
    /// A placement that names these people, or named them before.
    Placed {
        /// The partner.
        partner: PartnerId,
        /// The student.
        student: StudentId,
        /// The coordinator.
        coordinator: Option<StaffId>,
        /// Whether it names them now.
        is_named: bool,
    },
    /// A partner in use, or no longer.
    Partner {
        /// The partner.
        partner: PartnerId,
        /// Whether it is in use.
        is_used: bool,
    },
}

/// Tells who sees what now that these were written.
pub(super) async fn tell(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    caller: &Caller,
    moves: &[Move],
) -> Result<()> {
    let mut told = std::collections::HashSet::new();
    for one in moves.iter().filter(|one| told.insert(**one)) {
        match *one {
            Move::Tie { district, partner, is_new } => {
                tie::tell(outbox, tx, (district, partner)).await?;
                if is_new && !is_used(tx, partner).await? {
                    let view = View { op: ChangeOp::Visible, audience: district.into() };
                    bank(outbox, tx, partner, view).await?;
                }
            }
            Move::Placed { partner, student, coordinator, is_named } => {
                let seer = Caller { tenant: Tenant::Partner(partner), ..caller.clone() };
                person::<student::Entity>(outbox, tx, &seer, (student.into(), is_named)).await?;
                if let Some(coordinator) = coordinator {
                    let coordinator = (coordinator.into(), is_named);
                    person::<staff::Entity>(outbox, tx, &seer, coordinator).await?;
                }
            }
            Move::Partner { partner, is_used } => {
                let op = if is_used { ChangeOp::Visible } else { ChangeOp::Hidden };
                bank(outbox, tx, partner, View { op, audience: EVERY_DISTRICT }).await?;
            }
        }
        outbox.send(tx).await?;
    }
    Ok(())
}

/// Tells a partner that it sees someone whom a placement names, or no longer sees someone whom it
/// named.
async fn person<E: Logged>(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    seer: &Caller,
    (id, is_named): (Uuid, bool),
) -> Result<()> {
    let of_person = Condition::all().add(E::id_column().eq(id));
    let row = super::visible::<E>(seer).filter(of_person.clone()).one(tx).await?;
    let Tenant::Partner(partner) = seer.tenant else { return Ok(()) };
    if row.is_some() != is_named {
        return Ok(());
    }
    let op = if is_named { ChangeOp::Visible } else { ChangeOp::Hidden };
    rows::<E>(outbox, tx, of_person, View { op, audience: partner.into() }).await
}

/// Whether a partner is in use: then every district sees it, whatever its agreements.
async fn is_used(tx: &DatabaseTransaction, id: PartnerId) -> Result<bool> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the log tells others of what the caller may not see"
    )]
    let row = partner::Entity::find_by_id(id).one(tx).await?;
    Ok(row.is_some_and(|row| row.status == RecordStatus::Active))
}

/// Tells of a partner with its sites and opportunities.
async fn bank(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    partner: PartnerId,
    view: View,
) -> Result<()> {
    let itself = Condition::all().add(partner::Column::Id.eq(partner));
    rows::<partner::Entity>(outbox, tx, itself, view).await?;
    let sites = Condition::all().add(partner_site::Column::PartnerId.eq(partner));
    rows::<partner_site::Entity>(outbox, tx, sites, view).await?;
    let offers = Condition::all().add(opportunity::Column::PartnerId.eq(partner));
    rows::<opportunity::Entity>(outbox, tx, offers, view).await
}

/// Tells every district of the drafts of a partner whose clients write its record, or no longer.
pub async fn drafts(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    partner: PartnerId,
    op: ChangeOp,
) -> Result<()> {
    let drafts = Condition::all()
        .add(opportunity::Column::PartnerId.eq(partner))
        .add(opportunity::Column::State.eq(opportunity::OpportunityState::Draft));
    let view = View { op, audience: EVERY_DISTRICT };
    rows::<opportunity::Entity>(outbox, tx, drafts, view).await
}

/// Tells of these rows, whoever sees them; there may be many, so some are held at a time.
async fn rows<E: Logged>(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    which: Condition,
    view: View,
) -> Result<()> {
    let mut behind = Uuid::nil();
    loop {
        #[expect(
            clippy::disallowed_methods,
            reason = "the log tells others of what the caller may not see"
        )]
        let some = E::find().filter(which.clone()).filter(E::id_column().gt(behind));
        let some = some.order_by_asc(E::id_column()).limit(AT_ONCE).all(tx).await?;
        for row in &some {
            outbox.moved::<E>(row, view);
        }
        outbox.send(tx).await?;
        match some.last() {
            Some(last) => behind = E::id(last),
            None => return Ok(()),
        }
    }
}
