//! What has been written so far, under the numbers that it has in the plan.

use std::collections::HashMap;

use entity::id::{
    AcademicSessionId, AffiliationAgreementId, CareerGoalId, CareerSurveyQuestionId, ClassId,
    CourseId, DistrictId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId, PathwayId,
    PlacementId, SchoolId, StaffId, StudentId, TimeEntryId,
};

use super::Actor;
use crate::{
    demo::courses::Area,
    error::{Error, Result},
};

/// The keys of the rows.
#[derive(Default)]
pub struct Book {
    pub districts: Vec<DistrictRows>,
    pub partners: Vec<PartnerRows>,
    /// Agreements that were signed, by partner and district.
    pub agreements: HashMap<(usize, usize), AffiliationAgreementId>,
    /// By partner, opening and year.
    pub opportunities: HashMap<(usize, usize, usize), OpportunityId>,
    /// By placement.
    pub placements: HashMap<usize, PlacementId>,
    /// By placement and day.
    pub hours: HashMap<(usize, usize), TimeEntryId>,
}

/// The rows of a district.
pub struct DistrictRows {
    pub id: DistrictId,
    pub actor: Actor,
    pub schools: Vec<SchoolId>,
    pub staff: Vec<StaffId>,
    pub courses: Vec<CourseId>,
    pub students: HashMap<usize, StudentId>,
    /// What each of them means to become by now.
    pub goals: HashMap<usize, CareerGoalId>,
    /// The questions of the career survey, a field of work each.
    pub questions: Vec<CareerSurveyQuestionId>,
    /// The pathway of each field of work.
    pub pathways: HashMap<Area, PathwayId>,
    /// By year, and place in the year.
    pub classes: HashMap<(usize, usize), ClassId>,
    /// Fall and spring of each year.
    pub semesters: Vec<[AcademicSessionId; 2]>,
}

/// The rows of a partner.
pub struct PartnerRows {
    pub id: PartnerId,
    pub actor: Actor,
    pub sites: Vec<PartnerSiteId>,
    pub people: Vec<PartnerContactId>,
}

/// What the plan promised to have been written before.
pub fn written<T: Copy>(found: Option<&T>) -> Result<T> {
    found.copied().ok_or_else(|| Error::internal("the story is told out of order"))
}
