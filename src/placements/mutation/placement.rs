//! Mutations that write the terms of placements.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{DistrictId, PlacementId},
    placement,
};

use super::{Tenancy, key_of, read};
use crate::{
    auth::Scope,
    bulk_payload, by_file,
    error::Result,
    graphql::{
        bulk::ErrorPolicy,
        external::ExternalIdInput,
        input::{Reading, actors, id_of, patched},
        scalars::{Date, Decimal, Long},
        scope::scope,
        synced::{Input, Read, bulk_upsert},
    },
    partners::types::WorkBasedLearningKind,
    payload,
    placements::{
        service::{draft::PlacementDraft, proposal},
        types::Placement,
    },
    store::{self, RowKey},
    upsert_input,
};

/// How a placement should be. What is absent is kept; null clears.
///
/// A partner client leaves `coordinatorId`, `courseId` and `goalMinutes` to the district. From the
/// match on, the opportunity can no longer change; once the placement is under way, only mentor,
/// supervisor, coordinator, course, goal and last day can.
#[derive(Debug, InputObject)]
pub struct PlacementInput {
    /// The student; needed for a new placement, and never changed afterwards.
    student_id: Option<ID>,
    /// The partner; never changed afterwards. A new placement takes it from the opportunity, or
    /// from the partner client that writes it, when it is left out.
    partner_id: Option<ID>,
    /// The opportunity behind it. A new placement takes kind, site and pay from it as far as they
    /// are left out.
    opportunity_id: MaybeUndefined<ID>,
    /// Which form of work-based learning it is; needed for a new placement without opportunity.
    kind: Option<WorkBasedLearningKind>,
    /// The site of the partner where it takes place.
    site_id: MaybeUndefined<ID>,
    /// Who guides the student: a person of the partner.
    mentor_id: MaybeUndefined<ID>,
    /// Who directs the work: a person of the partner.
    supervisor_id: MaybeUndefined<ID>,
    /// Who answers for it at the district.
    coordinator_id: MaybeUndefined<ID>,
    /// The course that gives credit for it.
    course_id: MaybeUndefined<ID>,
    /// The first day, as planned; needed for a new placement.
    starts_on: Option<Date>,
    /// The last day, as planned; needed for a new placement.
    ends_on: Option<Date>,
    /// The time that the student should reach, in minutes.
    goal_minutes: MaybeUndefined<i32>,
    /// Whether the student is paid; false for a new placement without opportunity.
    is_paid: Option<bool>,
    /// The wage of an hour.
    hourly_wage: MaybeUndefined<Decimal>,
    /// The ISO 4217 code of the wage, as `USD`.
    wage_currency: MaybeUndefined<String>,
}

upsert_input!(PlacementUpsertInput { placement: PlacementInput });
bulk_payload!(PlacementBulkUpsertPayload, PlacementUpsertResult { placement: Placement });
payload! {
    /// The placement that was proposed.
    PlacementProposePayload { placement: Placement }
    /// The placement after the update.
    PlacementUpdatePayload { placement: Placement }
}

impl Input for PlacementInput {
    type Draft = PlacementDraft;
    type Home = Tenancy;

    fn draft(self, home: Tenancy) -> Read<PlacementDraft> {
        self.draft(home.district)
    }
}

impl PlacementInput {
    fn draft(self, district: Option<DistrictId>) -> Read<PlacementDraft> {
        let mut reading = Reading::default();
        let draft = PlacementDraft {
            district,
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            partner: reading.optional_id("partnerId", self.partner_id.as_ref()),
            opportunity: reading.patched_id("opportunityId", &self.opportunity_id),
            site: reading.patched_id("siteId", &self.site_id),
            mentor: reading.patched_id("mentorId", &self.mentor_id),
            supervisor: reading.patched_id("supervisorId", &self.supervisor_id),
            coordinator: reading.patched_id("coordinatorId", &self.coordinator_id),
            course: reading.patched_id("courseId", &self.course_id),
            kind: self.kind.map(Into::into),
            starts_on: self.starts_on.map(|day| day.0),
            ends_on: self.ends_on.map(|day| day.0),
            goal_minutes: patched(self.goal_minutes, Into::into),
            is_paid: self.is_paid,
            hourly_wage_minor: patched(self.hourly_wage, |wage| wage.hundredths),
            wage_currency: patched(self.wage_currency, Into::into),
            ..PlacementDraft::default()
        };
        reading.finish(draft)
    }
}

/// Mutations that write the terms of placements.
#[derive(Debug, Default)]
pub struct PlacementMutation;

by_file!(
    PlacementMutation,
    placement::Entity,
    PlacementInput,
    PlacementUpsertInput,
    Scope::PlacementsWrite
);

#[Object]
impl PlacementMutation {
    /// Proposes a placement: makes it, in the state PROPOSED. A partner client proposes placements
    /// with itself, for students whom it already sees through another placement.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the placement should be.")] input: PlacementInput,
        #[graphql(desc = "The key of your own system for it.")] external_id: Option<
            ExternalIdInput,
        >,
    ) -> Result<PlacementProposePayload> {
        let (app, caller) = actors(ctx)?;
        let proposed = async {
            let key = key_of(external_id)?;
            let draft = read(input.draft(None))?;
            proposal::propose(app, caller, &draft, key.as_ref()).await
        };
        PlacementProposePayload::of(proposed.await)
    }

    /// Changes the terms of one placement.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: PlacementInput,
    ) -> Result<PlacementUpdatePayload> {
        let (app, caller) = actors(ctx)?;
        let key = RowKey::Id(id_of::<PlacementId>("id", &id)?.into());
        let row = store::update_row::<placement::Entity>(
            app,
            caller,
            key,
            expected_version.map(|version| version.0),
            input.draft(None),
        );
        PlacementUpdatePayload::of(row.await)
    }

    /// Proposes and changes placements by your own system's keys, as a nightly run does. Sending
    /// the same rows again writes nothing.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<PlacementUpsertInput>,
        #[graphql(
            desc = "What to do when some rows are refused.",
            default_with = "ErrorPolicy::RejectAll"
        )]
        error_policy: ErrorPolicy,
        #[graphql(
            desc = "The district; needed from a platform client, and for a partner client a way \
                    to keep the batch to one district."
        )]
        district_id: Option<ID>,
    ) -> Result<PlacementBulkUpsertPayload> {
        let outcomes = bulk_upsert::<placement::Entity, Tenancy, _>(
            ctx,
            input,
            error_policy,
            district_id,
            Self::wanted,
        );
        Ok(PlacementBulkUpsertPayload::of(outcomes.await?))
    }
}
