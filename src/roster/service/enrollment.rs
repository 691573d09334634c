//! Writing students' seats in classes, and what came of them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    class,
    enrollment::{ActiveModel, Column, Entity, Model},
    id::{ClassId, DistrictId, EnrollmentId, StudentId},
    status::RecordStatus,
    student,
};
use sea_orm::QueryFilter;

use super::owned::{Known, at_home, keys};
use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    roster::rules,
    store::{Synced, Write, any_of, assign, default_to, visible},
    typeid,
};

/// How an enrollment should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct EnrollmentDraft {
    pub district: DistrictId,
    pub class: Option<ClassId>,
    pub student: Option<StudentId>,
    pub begin_date: Option<Option<NaiveDate>>,
    pub end_date: Option<Option<NaiveDate>>,
    pub is_primary: Option<bool>,
    pub result_grade: Option<Option<String>>,
    pub credits_hundredths: Option<Option<i32>>,
    pub completed_on: Option<Option<NaiveDate>>,
    pub status: Option<RecordStatus>,
}

type Seat = (ClassId, StudentId);

impl Synced for Entity {
    type Draft = EnrollmentDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&EnrollmentDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let classes = keys(drafts.iter().filter_map(|(draft, _)| draft.class));
        let classes = Known::<class::Entity>::among(write, classes).await?;
        let students = keys(drafts.iter().filter_map(|(draft, _)| draft.student));
        let students = Known::<student::Entity>::among(write, students).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::enrollment(problems, draft, *row);
            classes.check(problems, "classId", draft.district, draft.class);
            students.check(problems, "studentId", draft.district, draft.student);
        }
        let seats: Vec<_> = drafts.iter().map(|(draft, row)| seat(draft, *row)).collect();
        let rows = drafts.iter().map(|(_, row)| row.map(|row| row.id));
        check_seats(write, &seats, rows.collect(), &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &EnrollmentDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.class_id, draft.class.as_ref());
        assign(&mut row.student_id, draft.student.as_ref());
        assign(&mut row.begin_date, draft.begin_date.as_ref());
        assign(&mut row.end_date, draft.end_date.as_ref());
        assign(&mut row.is_primary, draft.is_primary.as_ref());
        assign(&mut row.result_grade, draft.result_grade.as_ref());
        assign(&mut row.credits_hundredths, draft.credits_hundredths.as_ref());
        assign(&mut row.completed_on, draft.completed_on.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.is_primary, false);
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// Where the student would sit.
fn seat(draft: &EnrollmentDraft, row: Option<&Model>) -> Option<Seat> {
    let class = draft.class.or(row.map(|row| row.class_id))?;
    let student = draft.student.or(row.map(|row| row.student_id))?;
    Some((class, student))
}

/// Refuses a second seat of the same student in the same class, stored or in the same batch.
async fn check_seats(
    write: &Write<'_>,
    seats: &[Option<Seat>],
    rows: Vec<Option<EnrollmentId>>,
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let taken = taken(write, seats).await?;
    let mut seen = HashSet::new();
    for ((seat, row), problems) in seats.iter().zip(rows).zip(problems) {
        let Some(seat) = seat else { continue };
        if let Some(holder) = taken.get(seat).filter(|holder| row != Some(**holder)) {
            let message = "the student has a seat in this class already";
            let detail = Detail::Duplicate { existing: Some(typeid::encode(*holder)) };
            problems.push(Problem::with(ProblemCode::AlreadyExists, "studentId", message, detail));
        } else if !seen.insert(*seat) {
            let message = "another row of the same input seats this student in this class";
            problems.push(Problem::field(ProblemCode::DuplicateInInput, "studentId", message));
        }
    }
    Ok(())
}

/// Who holds the seats now.
async fn taken(write: &Write<'_>, seats: &[Option<Seat>]) -> Result<HashMap<Seat, EnrollmentId>> {
    let students = keys(seats.iter().flatten().map(|(_, student)| *student));
    if students.is_empty() {
        return Ok(HashMap::new());
    }
    let among = any_of(write.backend(), Column::StudentId, &students);
    let rows = visible::<Entity>(write.caller).filter(among).all(&write.tx).await?;
    Ok(rows.into_iter().map(|row| ((row.class_id, row.student_id), row.id)).collect())
}
