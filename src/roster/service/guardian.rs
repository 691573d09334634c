//! Writing the adults who answer for students.

use std::collections::{HashMap, HashSet};

use entity::{
    guardian::{ActiveModel, Entity, Model},
    guardianship::{self, Relationship},
    id::{DistrictId, GuardianId, StudentId},
    status::PersonStatus,
    student,
};
use uuid::Uuid;

use super::{
    guardianship::{GuardianshipDraft, stored, write_ties},
    owned::{Known, at_home, keys},
};
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Outcome, Synced, Write, assign, default_to},
};

/// How a guardian should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct GuardianDraft {
    pub district: DistrictId,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub status: Option<PersonStatus>,
    /// All students the guardian answers for, and as what.
    pub students: Option<Vec<(StudentId, Relationship)>>,
}

impl Synced for Entity {
    type Draft = GuardianDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&GuardianDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let students = drafts.iter().flat_map(|(draft, _)| draft.students.iter().flatten());
        let students = keys(students.map(|(student, _)| *student));
        let students = Known::<student::Entity>::among(write, students).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::guardian(problems, draft, row.is_none());
            for (at, (student, _)) in draft.students.iter().flatten().enumerate() {
                let path = format!("students.{at}.studentId");
                students.check(problems, &path, draft.district, Some(*student));
            }
        }
        Ok(problems)
    }

    fn assign(draft: &GuardianDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.given_name, draft.given_name.as_ref());
        assign(&mut row.family_name, draft.family_name.as_ref());
        assign(&mut row.email, draft.email.as_ref());
        assign(&mut row.phone, draft.phone.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, PersonStatus::Active);
    }

    fn attaches(draft: &GuardianDraft) -> bool {
        draft.students.is_some()
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&GuardianDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        let mut wanted = Vec::new();
        for (draft, row) in rows {
            let tie = |(student, relationship): &(StudentId, Relationship)| GuardianshipDraft {
                district: draft.district,
                student: *student,
                guardian: row.id,
                relationship: *relationship,
            };
            wanted.extend(draft.students.iter().flatten().map(tie));
        }
        let told = rows.iter().filter(|(draft, _)| draft.students.is_some());
        let told: Vec<Uuid> = told.map(|(_, row)| row.id.0).collect();
        let changed = replace(write, &told, &wanted).await?;
        let of_row =
            |row: &Model| if changed.contains(&row.id) { vec!["students"] } else { vec![] };
        Ok(rows.iter().map(|(_, row)| of_row(row)).collect())
    }
}

/// Gives these guardians the wanted ties and no others; tells whose ties changed.
async fn replace(
    write: &Write<'_>,
    guardians: &[Uuid],
    wanted: &[GuardianshipDraft],
) -> Result<HashSet<GuardianId>> {
    let named: HashMap<_, _> =
        wanted.iter().map(|draft| ((draft.student, draft.guardian), draft)).collect();
    let (kept, ended): (Vec<_>, Vec<_>) =
        stored(write, guardians).await?.into_iter().partition(|row: &guardianship::Model| {
            named.contains_key(&(row.student_id, row.guardian_id))
        });
    let ids: Vec<_> = ended.iter().map(|row| row.id.0).collect();
    write.delete_all::<guardianship::Entity>(&ids).await?;
    let mut changed: HashSet<_> = ended.iter().map(|row| row.guardian_id).collect();
    for (outcome, row) in write_ties(write, wanted, kept).await? {
        if outcome != Outcome::Unchanged {
            changed.insert(row.guardian_id);
        }
    }
    Ok(changed)
}
