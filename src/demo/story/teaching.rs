//! Classes, who sits in them, and the results in the end.

use entity::{
    class::{self, ClassKind},
    enrollment,
};

use super::{Story, book::written};
use crate::{
    demo::plan::{ClassPlan, Term},
    error::Result,
    roster::service::{class::ClassDraft, enrollment::EnrollmentDraft},
    store::RowKey,
};

impl Story<'_> {
    /// Sets up the classes of a year and seats the students.
    pub async fn set_classes(&mut self, year: usize, district: usize) -> Result<()> {
        let classes = &self.plan.districts[district].classes[year];
        let actor = self.book.districts[district].actor;
        let drafts = classes.iter().map(|planned| {
            (actor.key(format!("cls-{}", planned.key)), self.class(year, district, planned))
        });
        let drafts = drafts.collect();
        let ids: Vec<_> = self.write_ids::<class::Entity, _>(actor, drafts).await?;
        let places = ids.into_iter().enumerate().map(|(at, id)| ((year, at), id));
        self.book.districts[district].classes.extend(places);
        let mut seats = Vec::new();
        for at in 0..classes.len() {
            seats.extend(self.seats_of(year, district, at, false)?);
        }
        self.write::<enrollment::Entity>(actor, seats).await?;
        Ok(())
    }

    /// Gives the students of the classes of this term their results.
    pub async fn give_results(&mut self, year: usize, term: Term) -> Result<()> {
        for district in 0..self.plan.districts.len() {
            let classes = self.plan.districts[district].classes[year].iter().enumerate();
            let mut seats = Vec::new();
            for (at, _) in classes.filter(|(_, class)| class.term == term) {
                seats.extend(self.seats_of(year, district, at, true)?);
            }
            let actor = self.book.districts[district].actor;
            self.write::<enrollment::Entity>(actor, seats).await?;
        }
        Ok(())
    }

    fn class(&self, year: usize, district: usize, planned: &ClassPlan) -> ClassDraft {
        let rows = &self.book.districts[district];
        let [fall, spring] = rows.semesters[year];
        let title = self.plan.districts[district].courses[planned.course].title;
        ClassDraft {
            district: rows.id,
            school: Some(rows.schools[planned.school]),
            course: Some(rows.courses[planned.course]),
            title: Some(format!("{title}, {}", planned.code)),
            class_code: Some(Some(planned.code.clone())),
            kind: Some(ClassKind::Scheduled),
            location: Some(Some(planned.room.clone())),
            period: Some(Some(planned.period.clone())),
            status: None,
            sessions: Some(match planned.term {
                Term::Year => vec![fall, spring],
                Term::Fall => vec![fall],
                Term::Spring => vec![spring],
            }),
            teachers: Some(planned.teachers.iter().map(|at| rows.staff[*at]).collect()),
        }
    }

    /// The seats of a class, with their results once it is over.
    fn seats_of(
        &self,
        year: usize,
        district: usize,
        class: usize,
        is_over: bool,
    ) -> Result<Vec<(RowKey, EnrollmentDraft)>> {
        let (plan, rows) = (&self.plan.districts[district], &self.book.districts[district]);
        let planned = &plan.classes[year][class];
        let id = written(rows.classes.get(&(year, class)))?;
        let span = planned.term.span(self.plan.years[year]);
        let full = if plan.profile.is_college() { 300 } else { 100 };
        let mut seats = Vec::with_capacity(planned.seats.len());
        for (student, grade) in &planned.seats {
            let key = format!("enr-{}-{}", planned.key, plan.students[*student].key);
            let credits = if *grade == "F" { 0 } else { full };
            let draft = EnrollmentDraft {
                district: rows.id,
                class: Some(id),
                student: Some(written(rows.students.get(student))?),
                begin_date: Some(Some(span.from)),
                end_date: Some(Some(span.until)),
                is_primary: Some(true),
                result_grade: is_over.then(|| Some((*grade).to_owned())),
                credits_hundredths: is_over.then_some(Some(credits)),
                completed_on: is_over.then(|| span.until.pred_opt()),
                status: None,
            };
            seats.push((rows.actor.key(key), draft));
        }
        Ok(seats)
    }
}
