//! Approving hours, and handing them back.

use entity::{
    id::{PartnerContactId, TimeEntryId, TypedId},
    partner_contact,
    status::PersonStatus,
    time_entry::{Entity, Model, TimeEntryState},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::Which;
use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, Result},
    placements::rules::placement::reason,
    store::{Write, check_step, expect_version},
};

/// Approves hours in the name of a person of the partner.
///
/// A student is never such a person, so nobody approves their own hours.
pub async fn approve(
    app: &App,
    caller: &Caller,
    which: Which,
    approver: PartnerContactId,
) -> Result<Model> {
    let (write, row) = open(app, caller, which, TimeEntryState::Approved).await?;
    let found = write.found::<partner_contact::Entity>(&[approver.into()]).await?;
    let is_of_partner = found
        .values()
        .any(|person| person.partner_id == row.partner_id && person.status == PersonStatus::Active);
    if !is_of_partner {
        let noun = "active person of the placement's partner";
        return Err(Problem::reference("input.approverId", noun).into());
    }
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(TimeEntryState::Approved);
    row.approved_by = Set(Some(approver));
    row.approved_at = Set(Some(write.now));
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Hands hours back to the student, who may put them right and hand them in again.
pub async fn hand_back(app: &App, caller: &Caller, which: Which, why: String) -> Result<Model> {
    let (write, row) = open(app, caller, which, TimeEntryState::Returned).await?;
    let problems = reason("input.reason", &why);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(TimeEntryState::Returned);
    row.returned_reason = Set(Some(why));
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Locks an entry for a step that its state knows.
pub(super) async fn open<'a>(
    app: &'a App,
    caller: &'a Caller,
    which: Which,
    to: TimeEntryState,
) -> Result<(Write<'a>, Model)> {
    let write = Write::begin(app, caller).await?;
    let row = write.load::<Entity>(which.id).await?;
    expect_version(TimeEntryId::PREFIX, row.id, row.version, which.expected_version)?;
    check_step(row.state, to, row.state.may_become(), Vec::new())?;
    Ok((write, row))
}
