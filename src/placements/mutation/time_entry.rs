//! Mutations that approve hours, hand them back, and put them right.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};

use super::key_of;
use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        external::ExternalIdInput,
        input::{actors, id_of, patched},
        scalars::{Date, LocalTime, Long},
        scope::scope,
    },
    payload,
    placements::{
        service::{
            draft::TimeEntryDraft,
            time_entry::{self as service, Which},
        },
        types::{TimeCategory, TimeEntry},
    },
};

/// Who approves hours.
#[derive(Debug, InputObject)]
pub struct TimeEntryApproveInput {
    /// The person of the placement's partner who approves them.
    approver_id: ID,
}

/// Why hours are handed back.
#[derive(Debug, InputObject)]
pub struct TimeEntryReturnInput {
    /// The reason, in words for the student; at most 255 characters.
    reason: String,
}

/// How hours are put right. What is absent stays as it was; null clears.
#[derive(Debug, Default, InputObject)]
pub struct TimeEntryChangeInput {
    /// The day.
    worked_on: Option<Date>,
    /// The begin.
    starts_at: Option<LocalTime>,
    /// The end, after the begin.
    ends_at: Option<LocalTime>,
    /// The rest in between, in minutes.
    break_minutes: Option<i32>,
    /// What the time was spent on.
    category: Option<TimeCategory>,
    /// What was done; at most 255 characters.
    note: MaybeUndefined<String>,
}

impl TimeEntryChangeInput {
    fn draft(self) -> TimeEntryDraft {
        TimeEntryDraft {
            worked_on: self.worked_on.map(|day| day.0),
            starts_at: self.starts_at.map(|time| time.0),
            ends_at: self.ends_at.map(|time| time.0),
            break_minutes: self.break_minutes,
            category: self.category.map(Into::into),
            note: patched(self.note, Into::into),
            ..TimeEntryDraft::default()
        }
    }
}

payload! {
    /// The hours after the approval.
    TimeEntryApprovePayload { time_entry: TimeEntry }
    /// The hours that were handed back.
    TimeEntryReturnPayload { time_entry: TimeEntry }
    /// The hours that were handed in again.
    TimeEntryResubmitPayload { time_entry: TimeEntry }
    /// The new hours; `corrects` leads to the voided ones.
    TimeEntryCorrectPayload { time_entry: TimeEntry }
}

fn which(id: &ID, expected_version: Option<Long>) -> Result<Which> {
    let expected_version = expected_version.map(|version| version.0);
    Ok(Which { id: id_of("id", id)?, expected_version })
}

/// Mutations that approve hours, hand them back, and put them right.
#[derive(Debug, Default)]
pub struct TimeEntryStepMutation;

#[Object]
impl TimeEntryStepMutation {
    /// Approves SUBMITTED hours in the name of a person of the partner, never of the student: they
    /// are APPROVED and count.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which hours.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "Who approves them.")] input: TimeEntryApproveInput,
    ) -> Result<TimeEntryApprovePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let approver = id_of("input.approverId", &input.approver_id)?;
        TimeEntryApprovePayload::of(service::approve(app, caller, which, approver).await)
    }

    /// Hands SUBMITTED hours back to be put right: they are RETURNED.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which hours.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "The reason for it.")] input: TimeEntryReturnInput,
    ) -> Result<TimeEntryReturnPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        TimeEntryReturnPayload::of(service::hand_back(app, caller, which, input.reason).await)
    }

    /// Hands RETURNED hours in again, changed or not: they are SUBMITTED.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_resubmit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which hours.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is different now.")] input: Option<TimeEntryChangeInput>,
    ) -> Result<TimeEntryResubmitPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let draft = input.unwrap_or_default().draft();
        TimeEntryResubmitPayload::of(service::resubmit(app, caller, which, draft).await)
    }

    /// Corrects APPROVED hours: voids them and hands in others in their place, which have to be
    /// approved in their turn.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_correct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which approved hours.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is different.")] input: TimeEntryChangeInput,
        #[graphql(
            desc = "The key of your own system for the new hours; the old ones keep theirs."
        )]
        external_id: Option<ExternalIdInput>,
    ) -> Result<TimeEntryCorrectPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let corrected = async {
            let key = key_of(external_id)?;
            service::correct(app, caller, which, input.draft(), key.as_ref()).await
        };
        TimeEntryCorrectPayload::of(corrected.await)
    }
}
