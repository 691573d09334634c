//! How placements and hours should be, as a client says it.

use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveTime};
use entity::{
    id::{
        CourseId, DistrictId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId,
        PlacementId, StaffId, StudentId, TimeEntryId,
    },
    time_entry::TimeCategory,
    wbl::WorkBasedLearningKind,
};

/// How a placement should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PlacementDraft {
    /// The district that the caller writes for; a student of another one is not found.
    pub district: Option<DistrictId>,
    pub student: Option<StudentId>,
    pub partner: Option<PartnerId>,
    pub opportunity: Option<Option<OpportunityId>>,
    pub site: Option<Option<PartnerSiteId>>,
    pub mentor: Option<Option<PartnerContactId>>,
    pub supervisor: Option<Option<PartnerContactId>>,
    pub coordinator: Option<Option<StaffId>>,
    pub course: Option<Option<CourseId>>,
    pub kind: Option<WorkBasedLearningKind>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub goal_minutes: Option<Option<i32>>,
    pub is_paid: Option<bool>,
    pub hourly_wage_minor: Option<Option<i64>>,
    pub wage_currency: Option<Option<String>>,
    /// What the check adds to the draft of a new row; left empty by whoever makes the draft.
    pub filled: OnceLock<Filled>,
}

/// What a new placement takes from its student and its opportunity.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct Filled {
    pub district: DistrictId,
    pub partner: PartnerId,
    pub kind: WorkBasedLearningKind,
    pub site: Option<PartnerSiteId>,
    pub is_paid: bool,
    pub hourly_wage_minor: Option<i64>,
    pub wage_currency: Option<String>,
}

/// How hours should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct TimeEntryDraft {
    pub placement: Option<PlacementId>,
    pub worked_on: Option<NaiveDate>,
    pub starts_at: Option<NaiveTime>,
    pub ends_at: Option<NaiveTime>,
    pub break_minutes: Option<i32>,
    pub category: Option<TimeCategory>,
    pub note: Option<Option<String>>,
    /// The approved entry that a new one corrects; set by the correction alone.
    pub corrects: Option<TimeEntryId>,
    /// Whether a returned entry is handed in again even when nothing in it has changed.
    pub resubmits: bool,
    /// What the check adds to the draft; left empty by whoever makes the draft.
    pub filled: OnceLock<FilledHours>,
}

/// What hours take from their placement and their times.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct FilledHours {
    pub district: DistrictId,
    pub partner: PartnerId,
    pub student: StudentId,
    pub minutes: i32,
}
