//! Putting hours right: before they count by handing them in again, afterwards by a further entry.

use entity::{
    id::{TimeEntryId, TypedId},
    time_entry::{Entity, Model, TimeEntryState},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{Which, approval::open};
use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, Result},
    placements::service::{draft::TimeEntryDraft, proposal::tie},
    store::{RowKey, Synced, create, settled},
};

/// Hands in returned hours again, with what the draft changes.
pub async fn resubmit(
    app: &App,
    caller: &Caller,
    which: Which,
    draft: TimeEntryDraft,
) -> Result<Model> {
    let (write, row) = open(app, caller, which, TimeEntryState::Submitted).await?;
    let draft = TimeEntryDraft { resubmits: true, ..draft };
    let problems = Entity::check(&write, &[(&draft, Some(&row))]).await?;
    let problems: Vec<Problem> =
        problems.into_iter().flatten().map(|problem| problem.under(&["input"])).collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let version = row.version;
    let mut row = row.into_active_model();
    Entity::assign(&draft, &mut row);
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Voids approved hours and hands in others in their place; what the draft leaves out is taken from
/// the voided entry.
pub async fn correct(
    app: &App,
    caller: &Caller,
    which: Which,
    draft: TimeEntryDraft,
    key: Option<&RowKey>,
) -> Result<Model> {
    settled(|| correct_once(app, caller, which, draft.clone(), key)).await
}

async fn correct_once(
    app: &App,
    caller: &Caller,
    which: Which,
    draft: TimeEntryDraft,
    key: Option<&RowKey>,
) -> Result<Model> {
    let (write, old) = open(app, caller, which, TimeEntryState::Voided).await?;
    let draft = TimeEntryDraft {
        placement: Some(old.placement_id),
        worked_on: draft.worked_on.or(Some(old.worked_on)),
        starts_at: draft.starts_at.or(Some(old.starts_at)),
        ends_at: draft.ends_at.or(Some(old.ends_at)),
        break_minutes: draft.break_minutes.or(Some(old.break_minutes)),
        category: draft.category.or(Some(old.category)),
        note: draft.note.or_else(|| Some(old.note.clone())),
        corrects: Some(old.id),
        ..TimeEntryDraft::default()
    };
    let version = old.version;
    let mut voided = old.into_active_model();
    voided.state = Set(TimeEntryState::Voided);
    write.update(voided, version).await?;
    let row = create::<Entity>(&write, &draft).await?;
    let tenant = write.tenant_key().unwrap_or(row.district_id.into());
    tie(&write, tenant, TimeEntryId::PREFIX, row.id.into(), key).await?;
    write.commit_row(row).await
}
