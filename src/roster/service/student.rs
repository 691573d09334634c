//! Writing students.

use chrono::NaiveDate;
use entity::{
    id::{DistrictId, SchoolId},
    school,
    status::PersonStatus,
    student::{ActiveModel, Entity, Model},
};

use super::owned::{Known, at_home, keys};
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a student should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct StudentDraft {
    pub district: DistrictId,
    pub school: Option<Option<SchoolId>>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub middle_name: Option<Option<String>>,
    pub preferred_given_name: Option<Option<String>>,
    pub birth_date: Option<Option<NaiveDate>>,
    pub grade_level: Option<Option<String>>,
    pub email: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub student_number: Option<Option<String>>,
    pub status: Option<PersonStatus>,
}

impl Synced for Entity {
    type Draft = StudentDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&StudentDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let schools = keys(drafts.iter().filter_map(|(draft, _)| draft.school.flatten()));
        let schools = Known::<school::Entity>::among(write, schools).await?;
        let today = write.now.date_naive();
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::student(problems, draft, row.is_none(), today);
            schools.check(problems, "schoolId", draft.district, draft.school.flatten());
        }
        Ok(problems)
    }

    fn assign(draft: &StudentDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.school_id, draft.school.as_ref());
        assign(&mut row.given_name, draft.given_name.as_ref());
        assign(&mut row.family_name, draft.family_name.as_ref());
        assign(&mut row.middle_name, draft.middle_name.as_ref());
        assign(&mut row.preferred_given_name, draft.preferred_given_name.as_ref());
        assign(&mut row.birth_date, draft.birth_date.as_ref());
        assign(&mut row.grade_level, draft.grade_level.as_ref());
        assign(&mut row.email, draft.email.as_ref());
        assign(&mut row.phone, draft.phone.as_ref());
        assign(&mut row.student_number, draft.student_number.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, PersonStatus::Active);
    }
}
