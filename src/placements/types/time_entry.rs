//! The hours of placements.

use async_graphql::Enum;
use entity::{
    id::{DistrictId, PartnerId, PlacementId, StudentId, TimeEntryId},
    time_entry,
};

use super::Placement;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order,
    partners::types::PartnerContact,
    tracked,
};

/// What the time was spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "time_entry::TimeCategory")]
pub enum TimeCategory {
    /// Work with clients, patients or customers.
    Direct,
    /// Work for clients, patients or customers in their absence.
    Indirect,
    /// Practice in a simulation.
    Simulation,
    /// A class or seminar.
    Seminar,
    /// A talk with the supervisor about the work.
    Supervision,
    /// Watching others work.
    Observation,
    /// Being shown around and trained.
    Orientation,
    /// Care at a distance.
    Telehealth,
}

/// Whether hours count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "time_entry::TimeEntryState")]
pub enum TimeEntryState {
    /// Handed in, and waiting for somebody of the partner to approve it.
    Submitted,
    /// Approved: it counts.
    Approved,
    /// Handed back to be put right; it does not count.
    Returned,
    /// Replaced by a correction; it no longer counts.
    Voided,
}

leaf_enums!(TimeCategory, TimeEntryState);
enum_filter!(pub TimeEntryStateFilter of TimeEntryState as time_entry::TimeEntryState);

filter! {
    pub TimeEntryWhere on time_entry::Entity as time_entry::Column {
        /// The global id.
        id: IdFilter => Id of TimeEntryId,
        /// The placement.
        placement: IdFilter => PlacementId of PlacementId,
        /// The student of the placement.
        student: IdFilter => StudentId of StudentId,
        /// The district of the placement.
        district: IdFilter => DistrictId of DistrictId,
        /// The partner of the placement.
        partner: IdFilter => PartnerId of PartnerId,
        /// Whether the hours count.
        state: TimeEntryStateFilter => State,
        /// The day.
        worked_on: DateFilter => WorkedOn,
        /// When the entry last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub TimeEntryOrder, TimeEntryOrderField on time_entry::Entity as time_entry::Column {
        /// By the day.
        WorkedOn,
    }
}

object! {
    /// Hours of one day of a placement. Approved hours are never edited: a correction voids them
    /// and hands in others.
    pub TimeEntry(time_entry::Entity) is TimeEntryId, needs Scope::HoursRead, by TimeEntryWhere, TimeEntryOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let entry = graph.node::<TimeEntry>();
    entry.column("id", |row| Key(row.id), "The global id.");
    declare_time(entry);
    declare_approval(entry);
    entry.belongs_to::<Placement>(
        "placement",
        |row| Some(row.placement_id.into()),
        "The placement.",
    );
    entry.belongs_to::<TimeEntry>(
        "corrects",
        |row| row.corrects_id.map(Into::into),
        "The voided entry that this one replaces.",
    );
    entry.external_ids();
    tracked!(entry);
}

fn declare_time(entry: &mut Declaration<TimeEntry>) {
    entry.column("workedOn", |row| row.worked_on, "The day, where the work was done.");
    entry.column("startsAt", |row| row.starts_at, "The begin, by the clock on the wall there.");
    entry.column("endsAt", |row| row.ends_at, "The end, by the clock on the wall there.");
    entry.column("breakMinutes", |row| row.break_minutes, "The rest in between, in minutes.");
    entry.column("minutes", |row| row.minutes, "The time that counts, without the rest.");
    entry.column("category", |row| TimeCategory::from(row.category), "What the time was spent on.");
    entry.column("note", |row| row.note.clone(), "What was done.");
}

fn declare_approval(entry: &mut Declaration<TimeEntry>) {
    entry.column("state", |row| TimeEntryState::from(row.state), "Whether the hours count.");
    entry.column("approvedAt", |row| row.approved_at, "When they were approved.");
    entry.column("returnedReason", |row| row.returned_reason.clone(), "Why they were handed back.");
    entry
        .belongs_to::<PartnerContact>(
            "approvedBy",
            |row| row.approved_by.map(Into::into),
            "The person of the partner who approved them.",
        )
        .reads([time_entry::Column::ApprovedBy]);
}
