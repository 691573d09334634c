//! A new school year: the calendar, who comes, who moves up, who leaves.

use std::collections::HashMap;

use entity::{
    academic_session::{self, AcademicSessionKind},
    guardian,
    id::{AcademicSessionId, StudentId},
    status::PersonStatus,
    student,
};

use super::Story;
use crate::{
    demo::{
        calendar::Span,
        plan::{GuardianPlan, StudentPlan},
    },
    error::{Error, Result},
    roster::service::{
        academic_session::AcademicSessionDraft, guardian::GuardianDraft, student::StudentDraft,
    },
    store::RowKey,
};

impl Story<'_> {
    pub async fn new_year(&mut self, year: usize) -> Result<()> {
        for district in 0..self.plan.districts.len() {
            self.set_calendar(year, district).await?;
            self.move_students(year, district).await?;
            self.bring_guardians(year, district).await?;
            self.set_classes(year, district).await?;
            self.walk_pathways(year, district).await?;
        }
        Ok(())
    }

    async fn set_calendar(&mut self, year: usize, district: usize) -> Result<()> {
        let calendar = self.plan.years[year];
        let actor = self.book.districts[district].actor;
        let whole = self.session(year, district, None, calendar.whole());
        let key = actor.key(format!("{}-year", calendar.ends));
        let parent = self
            .write_ids::<academic_session::Entity, AcademicSessionId>(actor, vec![(key, whole)])
            .await?;
        let parent = parent.first().copied();
        let semesters = [("Fall", calendar.fall()), ("Spring", calendar.spring())];
        let drafts = semesters.map(|(name, span)| {
            let key = actor.key(format!("{}-{}", calendar.ends, name.to_lowercase()));
            (key, self.session(year, district, parent.map(|id| (name, id)), span))
        });
        let ids = self.write_ids::<academic_session::Entity, _>(actor, drafts.into()).await?;
        let ids = ids.try_into().map_err(|_| Error::internal("a year has two semesters"))?;
        self.book.districts[district].semesters.push(ids);
        Ok(())
    }

    fn session(
        &self,
        year: usize,
        district: usize,
        semester: Option<(&str, AcademicSessionId)>,
        span: Span,
    ) -> AcademicSessionDraft {
        let calendar = self.plan.years[year];
        let (title, kind) = match semester {
            Some((name, _)) => {
                let starts = if name == "Fall" { calendar.ends - 1 } else { calendar.ends };
                (format!("{name} {starts}"), AcademicSessionKind::Semester)
            }
            None => (calendar.title(), AcademicSessionKind::SchoolYear),
        };
        AcademicSessionDraft {
            district: self.book.districts[district].id,
            title: Some(title),
            kind: Some(kind),
            start_date: Some(span.from),
            end_date: Some(span.until),
            school_year: Some(calendar.ends),
            parent: Some(semester.map(|(_, parent)| parent)),
            status: None,
        }
    }

    /// Students come, move up and leave.
    async fn move_students(&mut self, year: usize, district: usize) -> Result<()> {
        let students = self.plan.districts[district].students.iter().enumerate();
        let there: Vec<_> = students
            .filter(|(_, student)| {
                let stayed = year.checked_sub(1).and_then(|before| student.grade(before));
                student.grade(year).or(stayed).is_some()
            })
            .collect();
        let drafts = there.iter().map(|(_, student)| self.student(year, district, student));
        let actor = self.book.districts[district].actor;
        let drafts = drafts.collect();
        let ids: Vec<StudentId> = self.write_ids::<student::Entity, _>(actor, drafts).await?;
        let places = there.into_iter().map(|(at, _)| at);
        let rows: HashMap<_, _> = places.zip(ids).collect();
        self.book.districts[district].students.extend(rows);
        Ok(())
    }

    fn student(
        &self,
        year: usize,
        district: usize,
        student: &StudentPlan,
    ) -> (RowKey, StudentDraft) {
        let rows = &self.book.districts[district];
        let profile = self.plan.districts[district].profile;
        let grade = student.grade(year);
        let draft = StudentDraft {
            district: rows.id,
            school: Some(Some(rows.schools[student.school])),
            given_name: Some(student.name.given.clone()),
            family_name: Some(student.name.family.clone()),
            middle_name: None,
            preferred_given_name: Some(student.name.nickname().map(str::to_owned)),
            birth_date: Some(Some(student.birth_date)),
            // Who left keeps the grade that they left in.
            grade_level: grade.map(|grade| Some(profile.grade_level(grade))),
            email: Some(Some(student.email.clone())),
            phone: Some(student.phone.clone()),
            student_number: Some(Some(student.number.clone())),
            status: Some(match grade {
                Some(_) => PersonStatus::Active,
                None => PersonStatus::Inactive,
            }),
        };
        (rows.actor.key(student.key.as_str()), draft)
    }

    /// The adults who answer for those who have just come.
    async fn bring_guardians(&mut self, year: usize, district: usize) -> Result<()> {
        let rows = &self.book.districts[district];
        let mut drafts = Vec::new();
        for (at, student) in self.plan.districts[district].students.iter().enumerate() {
            let was_there = year.checked_sub(1).and_then(|before| student.grade(before)).is_some();
            let Some(id) = rows.students.get(&at).filter(|_| !was_there) else { continue };
            let guardians = student.guardians.iter();
            drafts.extend(guardians.map(|guardian| {
                let draft = GuardianDraft {
                    district: rows.id,
                    students: Some(vec![(*id, guardian.relationship)]),
                    ..person(rows.id, guardian)
                };
                (rows.actor.key(guardian.key.as_str()), draft)
            }));
        }
        self.write::<guardian::Entity>(rows.actor, drafts).await?;
        Ok(())
    }
}

fn person(district: entity::id::DistrictId, guardian: &GuardianPlan) -> GuardianDraft {
    GuardianDraft {
        district,
        given_name: Some(guardian.name.given.clone()),
        family_name: Some(guardian.name.family.clone()),
        email: Some(Some(guardian.email.clone())),
        phone: Some(Some(guardian.phone.clone())),
        status: None,
        students: None,
    }
}
