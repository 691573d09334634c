//! Writing the people who guide and teach.

use entity::{
    id::{DistrictId, SchoolId},
    school,
    staff::{ActiveModel, Entity, Model, StaffKind},
    status::PersonStatus,
};

use super::owned::{Known, at_home, keys};
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a member of staff should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct StaffDraft {
    pub district: DistrictId,
    pub school: Option<Option<SchoolId>>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<Option<String>>,
    pub kind: Option<StaffKind>,
    pub status: Option<PersonStatus>,
}

impl Synced for Entity {
    type Draft = StaffDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&StaffDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let schools = keys(drafts.iter().filter_map(|(draft, _)| draft.school.flatten()));
        let schools = Known::<school::Entity>::among(write, schools).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::staff(problems, draft, row.is_none());
            schools.check(problems, "schoolId", draft.district, draft.school.flatten());
        }
        Ok(problems)
    }

    fn assign(draft: &StaffDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.school_id, draft.school.as_ref());
        assign(&mut row.given_name, draft.given_name.as_ref());
        assign(&mut row.family_name, draft.family_name.as_ref());
        assign(&mut row.email, draft.email.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, PersonStatus::Active);
    }
}
