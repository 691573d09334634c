//! Hours: handed in by the week, reviewed, returned, mended, corrected.

use chrono::{NaiveDate, TimeDelta};
use entity::{id::TimeEntryId, time_entry};

use super::{Story, book::written};
use crate::{
    auth::Caller,
    demo::plan::{Fate, Workday},
    error::Result,
    placements::service::{
        draft::TimeEntryDraft,
        time_entry::{self as service, Which},
    },
};

/// Why hours go back to a student.
const RETURNED: &str = "The sign-out sheet says a quarter of an hour less; please check the end.";

impl Story<'_> {
    /// The days that a partner's students hand in on this Saturday.
    fn week(&self, partner: usize, due: NaiveDate) -> Vec<(usize, usize)> {
        self.weeks.get(&(partner, due)).cloned().unwrap_or_default()
    }

    fn workday(&self, (placement, day): (usize, usize)) -> &Workday {
        &self.plan.placements[placement].days[day]
    }

    /// The portal sends the week in one batch.
    pub async fn hand_in(&mut self, partner: usize, due: NaiveDate) -> Result<()> {
        let actor = self.book.partners[partner].actor;
        let week = self.week(partner, due);
        let mut drafts = Vec::with_capacity(week.len());
        for at in &week {
            let day = self.workday(*at);
            let draft = TimeEntryDraft {
                placement: Some(written(self.book.placements.get(&at.0))?),
                worked_on: Some(day.on),
                starts_at: Some(day.from),
                ends_at: Some(day.to),
                break_minutes: Some(day.break_minutes),
                category: Some(day.category),
                note: Some(day.note.map(str::to_owned)),
                ..TimeEntryDraft::default()
            };
            drafts.push((actor.key(format!("ts-{:04}-{}", at.0 + 1, day.on)), draft));
        }
        let ids: Vec<TimeEntryId> = self.write_ids::<time_entry::Entity, _>(actor, drafts).await?;
        self.book.hours.extend(week.into_iter().zip(ids));
        Ok(())
    }

    /// Supervisors approve most of the week and hand back the rest.
    pub async fn review(&mut self, partner: usize, due: NaiveDate) -> Result<()> {
        for at in self.week(partner, due) {
            let (caller, which) = self.entry(partner, at)?;
            if self.workday(at).fate == Fate::Returned {
                service::hand_back(&self.app, &caller, which, RETURNED.to_owned()).await?;
            } else {
                self.approve(partner, at).await?;
            }
        }
        Ok(())
    }

    /// What came back is handed in again; what was approved wrongly is replaced.
    pub async fn mend(&mut self, partner: usize, due: NaiveDate) -> Result<()> {
        for at in self.week(partner, due) {
            let (caller, which) = self.entry(partner, at)?;
            let day = self.workday(at);
            let ends_at = Some(day.to - TimeDelta::minutes(15));
            let draft = TimeEntryDraft { ends_at, ..TimeEntryDraft::default() };
            match day.fate {
                Fate::Approved => {}
                Fate::Returned => {
                    service::resubmit(&self.app, &caller, which, draft).await?;
                }
                Fate::Corrected => {
                    let row = service::correct(&self.app, &caller, which, draft, None).await?;
                    self.book.hours.insert(at, row.id);
                }
            }
        }
        Ok(())
    }

    /// What was put right is approved.
    pub async fn settle(&mut self, partner: usize, due: NaiveDate) -> Result<()> {
        for at in self.week(partner, due) {
            if self.workday(at).fate != Fate::Approved {
                self.approve(partner, at).await?;
            }
        }
        Ok(())
    }

    async fn approve(&self, partner: usize, at: (usize, usize)) -> Result<()> {
        let (caller, which) = self.entry(partner, at)?;
        let supervisor = self.plan.placements[at.0].supervisor;
        let approver = self.book.partners[partner].people[supervisor];
        service::approve(&self.app, &caller, which, approver).await?;
        Ok(())
    }

    fn entry(&self, partner: usize, at: (usize, usize)) -> Result<(Caller, Which)> {
        let id = written(self.book.hours.get(&at))?;
        let caller = self.book.partners[partner].actor.caller(&self.app);
        Ok((caller, Which { id, expected_version: None }))
    }
}
