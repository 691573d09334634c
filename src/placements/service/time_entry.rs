//! Handing in hours, one entry or many.
//!
//! Hours of one student never run into each other, whichever partner they were worked at: the
//! check locks the students of the batch and looks at all their hours of these days, also at those
//! that the caller may not see.

mod approval;
mod check;
mod correction;

use entity::{
    id::{TimeEntryId, TypedId},
    time_entry::{ActiveModel, Entity, Model, TimeEntryState},
};
use sea_orm::{ActiveModelTrait, ActiveValue, ActiveValue::Set};

pub use approval::{approve, hand_back};
pub use correction::{correct, resubmit};

use super::{draft::TimeEntryDraft, proposal::tie};
use crate::{
    app::App,
    auth::Caller,
    error::{Problem, Result},
    store::{RowKey, Synced, Write, assign, create, default_to, settled},
};

/// Which entry, and the version that the caller has seen.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// The entry.
    pub id: TimeEntryId,
    /// The version, when the caller cares.
    pub expected_version: Option<i64>,
}

/// Hands in hours, under another system's key when there is one.
pub async fn submit(
    app: &App,
    caller: &Caller,
    draft: &TimeEntryDraft,
    key: Option<&RowKey>,
) -> Result<Model> {
    settled(|| async {
        let draft = draft.clone();
        let write = Write::begin(app, caller).await?;
        let row = create::<Entity>(&write, &draft).await?;
        let tenant = write.tenant_key().unwrap_or(row.district_id.into());
        tie(&write, tenant, TimeEntryId::PREFIX, row.id.into(), key).await?;
        write.commit_row(row).await
    })
    .await
}

impl Synced for Entity {
    type Draft = TimeEntryDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&TimeEntryDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        check::check(write, drafts).await
    }

    fn assign(draft: &TimeEntryDraft, row: &mut ActiveModel) {
        assign(&mut row.placement_id, draft.placement.as_ref());
        assign(&mut row.worked_on, draft.worked_on.as_ref());
        assign(&mut row.starts_at, draft.starts_at.as_ref());
        assign(&mut row.ends_at, draft.ends_at.as_ref());
        assign(&mut row.break_minutes, draft.break_minutes.as_ref());
        assign(&mut row.category, draft.category.as_ref());
        assign(&mut row.note, draft.note.as_ref());
        if let Some(filled) = draft.filled.get() {
            assign(&mut row.minutes, Some(&filled.minutes));
            default_to(&mut row.district_id, filled.district);
            default_to(&mut row.partner_id, filled.partner);
            default_to(&mut row.student_id, filled.student);
        }
        default_to(&mut row.break_minutes, 0);
        default_to(&mut row.corrects_id, draft.corrects);
        let returned =
            matches!(row.state, ActiveValue::Unchanged(state) if state == TimeEntryState::Returned);
        if returned && (draft.resubmits || row.is_changed()) {
            row.state = Set(TimeEntryState::Submitted);
            row.returned_reason = Set(None);
        }
        default_to(&mut row.state, TimeEntryState::Submitted);
    }
}
