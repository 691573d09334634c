//! Mutations that hand in hours.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::time_entry;

use super::{Tenancy, key_of, read};
use crate::{
    auth::Scope,
    bulk_payload, by_file,
    error::Result,
    graphql::{
        bulk::ErrorPolicy,
        external::ExternalIdInput,
        input::{Reading, actors, patched},
        scalars::{Date, LocalTime},
        scope::scope,
        synced::{Input, Read, bulk_upsert},
    },
    payload,
    placements::{
        service::{draft::TimeEntryDraft, time_entry as service},
        types::{TimeCategory, TimeEntry},
    },
    upsert_input,
};

/// How hours should be. What is absent is kept; null clears.
///
/// Begin and end lie on one day by the clock on the wall: hand in a shift over midnight as two
/// entries. The minutes that count are computed. Hours of one student never overlap, and one day
/// has at most 16 of them.
#[derive(Debug, InputObject)]
pub struct TimeEntryInput {
    /// The placement; needed for new hours, and never changed afterwards.
    placement_id: Option<ID>,
    /// The day, where the work was done; needed for new hours.
    worked_on: Option<Date>,
    /// The begin; needed for new hours.
    starts_at: Option<LocalTime>,
    /// The end, after the begin; needed for new hours.
    ends_at: Option<LocalTime>,
    /// The rest in between, in minutes; 0 for new hours.
    break_minutes: Option<i32>,
    /// What the time was spent on; needed for new hours.
    category: Option<TimeCategory>,
    /// What was done; at most 255 characters.
    note: MaybeUndefined<String>,
}

upsert_input!(TimeEntryUpsertInput { time_entry: TimeEntryInput });
bulk_payload!(TimeEntryBulkUpsertPayload, TimeEntryUpsertResult { time_entry: TimeEntry });
payload! {
    /// The hours that were handed in.
    TimeEntrySubmitPayload { time_entry: TimeEntry }
}

impl Input for TimeEntryInput {
    type Draft = TimeEntryDraft;
    type Home = Tenancy;

    fn draft(self, _: Tenancy) -> Read<TimeEntryDraft> {
        self.draft()
    }
}

impl TimeEntryInput {
    fn draft(self) -> Read<TimeEntryDraft> {
        let mut reading = Reading::default();
        let draft = TimeEntryDraft {
            placement: reading.optional_id("placementId", self.placement_id.as_ref()),
            worked_on: self.worked_on.map(|day| day.0),
            starts_at: self.starts_at.map(|time| time.0),
            ends_at: self.ends_at.map(|time| time.0),
            break_minutes: self.break_minutes,
            category: self.category.map(Into::into),
            note: patched(self.note, Into::into),
            ..TimeEntryDraft::default()
        };
        reading.finish(draft)
    }
}

/// Mutations that hand in hours.
#[derive(Debug, Default)]
pub struct TimeEntryMutation;

by_file!(
    TimeEntryMutation,
    time_entry::Entity,
    TimeEntryInput,
    TimeEntryUpsertInput,
    Scope::HoursWrite
);

#[Object]
impl TimeEntryMutation {
    /// Hands in hours of one day: they are SUBMITTED, and count once somebody of the partner has
    /// approved them. The placement must be ACTIVE, or COMPLETED for hours that come in late.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The hours.")] input: TimeEntryInput,
        #[graphql(desc = "The key of your own system for them.")] external_id: Option<
            ExternalIdInput,
        >,
    ) -> Result<TimeEntrySubmitPayload> {
        let (app, caller) = actors(ctx)?;
        let submitted = async {
            let key = key_of(external_id)?;
            let draft = read(input.draft())?;
            service::submit(app, caller, &draft, key.as_ref()).await
        };
        TimeEntrySubmitPayload::of(submitted.await)
    }

    /// Hands in and changes hours by your own system's keys, as a nightly run does. New hours are
    /// SUBMITTED; hours that were handed back and now differ are handed in again; hours that are
    /// approved can no longer change. Sending the same rows again writes nothing.
    #[graphql(directive = scope::apply(Scope::HoursWrite.name().to_owned()))]
    async fn time_entry_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<TimeEntryUpsertInput>,
        #[graphql(
            desc = "What to do when some rows are refused.",
            default_with = "ErrorPolicy::RejectAll"
        )]
        error_policy: ErrorPolicy,
        #[graphql(desc = "The district whose keys the rows go by; needed from a platform client.")]
        district_id: Option<ID>,
    ) -> Result<TimeEntryBulkUpsertPayload> {
        let outcomes = bulk_upsert::<time_entry::Entity, Tenancy, _>(
            ctx,
            input,
            error_policy,
            district_id,
            Self::wanted,
        );
        Ok(TimeEntryBulkUpsertPayload::of(outcomes.await?))
    }
}
