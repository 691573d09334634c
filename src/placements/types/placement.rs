//! Placements.

use async_graphql::Enum;
use entity::{
    id::{DistrictId, OpportunityId, PartnerContactId, PartnerId, PlacementId, StudentId},
    placement, time_entry,
};

use super::TimeEntry;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
        scalars::Decimal,
    },
    leaf_enums, object, order,
    partners::types::{Opportunity, Partner, PartnerContact, PartnerSite, WorkBasedLearningKind},
    roster::types::{Course, District, Staff, Student},
    tracked,
};

/// How far a placement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "placement::PlacementState")]
pub enum PlacementState {
    /// Suggested; nothing is agreed and no seat is held.
    Proposed,
    /// Agreed; it holds a seat of its opportunity, and waits for its first day.
    Matched,
    /// Under way; hours can be handed in.
    Active,
    /// Reached its end.
    Completed,
    /// Given up before it started.
    Cancelled,
    /// Broken off after it started.
    Terminated,
}

leaf_enums!(PlacementState);
enum_filter!(pub PlacementStateFilter of PlacementState as placement::PlacementState);

filter! {
    pub PlacementWhere on placement::Entity as placement::Column {
        /// The global id.
        id: IdFilter => Id of PlacementId,
        /// The district that sends the student.
        district: IdFilter => DistrictId of DistrictId,
        /// The partner that receives the student.
        partner: IdFilter => PartnerId of PartnerId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The opportunity behind it.
        opportunity: IdFilter => OpportunityId of OpportunityId,
        /// The mentor.
        mentor: IdFilter => MentorId of PartnerContactId,
        /// How far it has come.
        state: PlacementStateFilter => State,
        /// The first day, as planned.
        starts_on: DateFilter => StartsOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PlacementOrder, PlacementOrderField on placement::Entity as placement::Column {
        /// By the first day, as planned.
        StartsOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A student's time with a partner: a visit, an internship, a practicum. The district that
    /// sends the student and the partner that receives the student share the record.
    pub Placement(placement::Entity) is PlacementId, needs Scope::PlacementsRead, by PlacementWhere, PlacementOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let placement = graph.node::<Placement>();
    placement.column("id", |row| Key(row.id), "The global id.");
    declare_course(placement);
    declare_terms(placement);
    declare_sides(placement);
    declare_people(placement);
    placement.has_many::<TimeEntry>(
        "timeEntries",
        time_entry::Column::PlacementId,
        |row| row.id.into(),
        "The hours that were handed in, entry by entry.",
    );
    placement.external_ids();
    tracked!(placement);
}

fn declare_course(placement: &mut Declaration<Placement>) {
    placement.column(
        "kind",
        |row| WorkBasedLearningKind::from(row.kind),
        "Which form of work-based learning it is.",
    );
    placement.column("state", |row| PlacementState::from(row.state), "How far it has come.");
    placement.column(
        "stateReason",
        |row| row.state_reason.clone(),
        "Why it was cancelled or terminated.",
    );
    placement.column("startsOn", |row| row.starts_on, "The first day, as planned.");
    placement.column("endsOn", |row| row.ends_on, "The last day, as planned.");
    placement.column("startedOn", |row| row.started_on, "The first day, as it happened.");
    placement.column("endedOn", |row| row.ended_on, "The last day, as it happened.");
}

fn declare_terms(placement: &mut Declaration<Placement>) {
    placement.column(
        "goalMinutes",
        |row| row.goal_minutes,
        "The time that the student should reach, in minutes.",
    );
    placement.column("isPaid", |row| row.is_paid, "Whether the student is paid.");
    placement
        .column(
            "hourlyWage",
            |row| row.hourly_wage_minor.map(|hundredths| Decimal { hundredths }),
            "The wage of an hour, when one is agreed.",
        )
        .reads([placement::Column::HourlyWageMinor]);
    placement.column(
        "wageCurrency",
        |row| row.wage_currency.clone(),
        "The ISO 4217 code of the wage, as `USD`.",
    );
}

fn declare_sides(placement: &mut Declaration<Placement>) {
    placement.belongs_to::<Student>(
        "student",
        |row| Some(row.student_id.into()),
        "The student. A partner sees the name and nothing else.",
    );
    placement.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district that sends the student.",
    );
    placement.belongs_to::<Partner>(
        "partner",
        |row| Some(row.partner_id.into()),
        "The partner that receives the student.",
    );
    placement.belongs_to::<Opportunity>(
        "opportunity",
        |row| row.opportunity_id.map(Into::into),
        "The opportunity behind it; from the match on it holds one of its seats.",
    );
    placement.belongs_to::<PartnerSite>(
        "site",
        |row| row.site_id.map(Into::into),
        "Where it takes place.",
    );
    placement.belongs_to::<Course>(
        "course",
        |row| row.course_id.map(Into::into),
        "The course that gives credit for it.",
    );
}

fn declare_people(placement: &mut Declaration<Placement>) {
    placement.belongs_to::<PartnerContact>(
        "mentor",
        |row| row.mentor_id.map(Into::into),
        "Who guides the student at the partner.",
    );
    placement.belongs_to::<PartnerContact>(
        "supervisor",
        |row| row.supervisor_id.map(Into::into),
        "Who directs the work at the partner.",
    );
    placement.belongs_to::<Staff>(
        "coordinator",
        |row| row.coordinator_id.map(Into::into),
        "Who answers for it at the district.",
    );
}
