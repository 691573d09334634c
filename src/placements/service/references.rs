//! What drafts of placements point to, looked up for a whole batch at once.

use std::collections::HashMap;

use entity::{
    course,
    id::{DistrictId, PartnerContactId, PartnerId},
    opportunity, partner, partner_contact, partner_site,
    placement::Model,
    staff,
    status::PersonStatus,
    student,
};
use uuid::Uuid;

use super::draft::PlacementDraft;
use crate::{
    error::{Problem, Result},
    store::Write,
};

/// The rows that a batch points to, by their keys; what the caller may not see is not among them.
pub struct References {
    students: HashMap<Uuid, student::Model>,
    partners: HashMap<Uuid, partner::Model>,
    opportunities: HashMap<Uuid, opportunity::Model>,
    sites: HashMap<Uuid, partner_site::Model>,
    contacts: HashMap<Uuid, partner_contact::Model>,
    staff: HashMap<Uuid, staff::Model>,
    courses: HashMap<Uuid, course::Model>,
}

/// A draft, and the row that it changes.
type Pair<'d> = (&'d PlacementDraft, Option<&'d Model>);

/// A key that a draft points to and the stored row does not.
#[expect(clippy::option_option, reason = "absent keeps, null clears")]
fn newly<K: Copy + PartialEq>(wanted: Option<Option<K>>, stored: Option<Option<K>>) -> Option<K> {
    wanted.flatten().filter(|wanted| stored.flatten() != Some(*wanted))
}

impl References {
    /// Looks up what the drafts point to anew; what a row points to already is taken as it is.
    pub async fn look_up(write: &Write<'_>, pairs: &[Pair<'_>]) -> Result<Self> {
        fn keys<'p, K: Into<Uuid>>(
            pairs: &'p [Pair<'p>],
            key: impl Fn(&Pair<'p>) -> [Option<K>; 2],
        ) -> Vec<Uuid> {
            pairs.iter().flat_map(key).flatten().map(Into::into).collect()
        }
        let fresh = |pair: &Pair<'_>| pair.1.is_none();
        let students = keys(pairs, |pair| [pair.0.student.filter(|_| fresh(pair)), None]);
        let partners = keys(pairs, |pair| [pair.0.partner.filter(|_| fresh(pair)), None]);
        let opportunities = keys(pairs, |(draft, row)| {
            [newly(draft.opportunity, row.map(|row| row.opportunity_id)), None]
        });
        let sites =
            keys(pairs, |(draft, row)| [newly(draft.site, row.map(|row| row.site_id)), None]);
        let contacts = keys(pairs, |(draft, row)| {
            let mentor = newly(draft.mentor, row.map(|row| row.mentor_id));
            [mentor, newly(draft.supervisor, row.map(|row| row.supervisor_id))]
        });
        let staff = keys(pairs, |(draft, row)| {
            [newly(draft.coordinator, row.map(|row| row.coordinator_id)), None]
        });
        let courses =
            keys(pairs, |(draft, row)| [newly(draft.course, row.map(|row| row.course_id)), None]);
        Ok(Self {
            students: write.found::<student::Entity>(&students).await?,
            partners: write.found::<partner::Entity>(&partners).await?,
            opportunities: write.found::<opportunity::Entity>(&opportunities).await?,
            sites: write.found::<partner_site::Entity>(&sites).await?,
            contacts: write.found::<partner_contact::Entity>(&contacts).await?,
            staff: write.found::<staff::Entity>(&staff).await?,
            courses: write.found::<course::Entity>(&courses).await?,
        })
    }

    /// The district of a new placement: that of its student, who must still take part.
    pub fn district(&self, draft: &PlacementDraft) -> Result<DistrictId, Problem> {
        let id = draft.student.ok_or_else(|| Problem::required("studentId"))?;
        let student = self.students.get(&id.0);
        let student = student.filter(|student| {
            draft.district.is_none_or(|district| district == student.district_id)
        });
        match student {
            Some(student) if student.status == PersonStatus::Active => Ok(student.district_id),
            Some(_) => Err(Problem::reference("studentId", "student who still takes part")),
            None => Err(Problem::reference("studentId", "student")),
        }
    }

    /// The partner of a new placement: the one that is named, the caller's own, or the one that
    /// offers the opportunity.
    pub fn partner(
        &self,
        draft: &PlacementDraft,
        own: Option<PartnerId>,
    ) -> Result<PartnerId, Problem> {
        let offered = || self.opportunity(draft).map(|opportunity| opportunity.partner_id);
        let id = draft.partner.or(own).or_else(offered);
        let id = id.ok_or_else(|| Problem::required("partnerId"))?;
        let visible = draft.partner.is_none() || self.partners.contains_key(&id.0);
        let allowed = own.is_none_or(|own| own == id);
        if visible && allowed { Ok(id) } else { Err(Problem::reference("partnerId", "partner")) }
    }

    /// The opportunity that the draft points to anew.
    pub fn opportunity(&self, draft: &PlacementDraft) -> Option<&opportunity::Model> {
        self.opportunities.get(&draft.opportunity.flatten()?.0)
    }

    /// What the draft points to and what is not there, or belongs to somebody else.
    pub fn dangling(
        &self,
        pair: Pair<'_>,
        district: Option<DistrictId>,
        partner: Option<PartnerId>,
    ) -> Vec<Problem> {
        let mut missing = self.missing_at_partner(pair, partner);
        missing.extend(self.missing_at_district(pair, district));
        missing.into_iter().map(|(path, noun)| Problem::reference(path, noun)).collect()
    }

    /// What the draft points to and the partner does not have.
    fn missing_at_partner(
        &self,
        (draft, row): Pair<'_>,
        partner: Option<PartnerId>,
    ) -> Vec<(&'static str, &'static str)> {
        let belongs = |owner: Option<PartnerId>| {
            owner.is_some_and(|owner| partner.is_none_or(|partner| partner == owner))
        };
        let has_opportunity = newly(draft.opportunity, row.map(|row| row.opportunity_id))
            .is_none_or(|id| belongs(self.opportunities.get(&id.0).map(|row| row.partner_id)));
        let has_site = newly(draft.site, row.map(|row| row.site_id))
            .is_none_or(|id| belongs(self.sites.get(&id.0).map(|row| row.partner_id)));
        let has_person =
            |id: PartnerContactId| belongs(self.contacts.get(&id.0).map(|row| row.partner_id));
        let mentor = newly(draft.mentor, row.map(|row| row.mentor_id));
        let supervisor = newly(draft.supervisor, row.map(|row| row.supervisor_id));
        let all = [
            (has_opportunity, ("opportunityId", "opportunity of the partner")),
            (has_site, ("siteId", "site of the partner")),
            (mentor.is_none_or(has_person), ("mentorId", "person of the partner")),
            (supervisor.is_none_or(has_person), ("supervisorId", "person of the partner")),
        ];
        all.into_iter().filter_map(|(found, told)| (!found).then_some(told)).collect()
    }

    /// What the draft points to and the district does not have.
    fn missing_at_district(
        &self,
        (draft, row): Pair<'_>,
        district: Option<DistrictId>,
    ) -> Vec<(&'static str, &'static str)> {
        let belongs = |owner: Option<DistrictId>| {
            owner.is_some_and(|owner| district.is_none_or(|district| district == owner))
        };
        let has_coordinator = newly(draft.coordinator, row.map(|row| row.coordinator_id))
            .is_none_or(|id| belongs(self.staff.get(&id.0).map(|row| row.district_id)));
        let has_course = newly(draft.course, row.map(|row| row.course_id))
            .is_none_or(|id| belongs(self.courses.get(&id.0).map(|row| row.district_id)));
        let all = [
            (has_coordinator, ("coordinatorId", "member of the district's staff")),
            (has_course, ("courseId", "course of the district")),
        ];
        all.into_iter().filter_map(|(found, told)| (!found).then_some(told)).collect()
    }
}
