//! Placements, step by step.

use std::sync::OnceLock;

use entity::placement;

use super::{Actor, Story, book::written};
use crate::{
    auth::Caller,
    demo::{
        courses::SEMINAR,
        plan::{Outcome, PlacementPlan},
    },
    error::{Error, Result},
    placements::service::{
        draft::PlacementDraft,
        proposal,
        transition::{self, Which},
    },
    store::RowKey,
};

impl Story<'_> {
    /// The district proposes, or a partner that knows the student; the district then adds what is
    /// its own to say.
    pub async fn propose(&mut self, at: usize) -> Result<()> {
        let planned = &self.plan.placements[at];
        let district = self.book.districts[planned.district].actor;
        let terms = self.terms(planned)?;
        let decisions = self.decisions(planned)?;
        let number = format!("wbl-{}-{:04}", self.plan.years[planned.year].ends, at + 1);
        let id = if planned.by_partner {
            let partner = self.book.partners[planned.partner].actor;
            let id = self.propose_as(partner, &terms, &number).await?;
            let key = RowKey::Id(id.into());
            self.write::<placement::Entity>(district, vec![(key, decisions)]).await?;
            id
        } else {
            let whole = PlacementDraft {
                coordinator: decisions.coordinator,
                course: decisions.course,
                goal_minutes: decisions.goal_minutes,
                ..terms
            };
            self.propose_as(district, &whole, &number).await?
        };
        self.book.placements.insert(at, id);
        Ok(())
    }

    async fn propose_as(
        &self,
        actor: Actor,
        draft: &PlacementDraft,
        number: &str,
    ) -> Result<entity::id::PlacementId> {
        let key = actor.key(number);
        let caller = actor.caller(&self.app);
        Ok(proposal::propose(&self.app, &caller, draft, Some(&key)).await?.id)
    }

    /// What both sides may say.
    fn terms(&self, planned: &PlacementPlan) -> Result<PlacementDraft> {
        let partner = &self.book.partners[planned.partner];
        let student = self.book.districts[planned.district].students.get(&planned.student);
        let offer = (planned.partner, planned.opening, planned.year);
        Ok(PlacementDraft {
            student: Some(written(student)?),
            partner: Some(partner.id),
            opportunity: Some(Some(written(self.book.opportunities.get(&offer))?)),
            mentor: Some(Some(partner.people[planned.mentor])),
            supervisor: Some(Some(partner.people[planned.supervisor])),
            starts_on: Some(planned.course.starts_on),
            ends_on: Some(planned.course.ends_on),
            filled: OnceLock::new(),
            ..PlacementDraft::default()
        })
    }

    /// What only the district says.
    fn decisions(&self, planned: &PlacementPlan) -> Result<PlacementDraft> {
        let rows = &self.book.districts[planned.district];
        let courses = &self.plan.districts[planned.district].courses;
        let seminar = courses.iter().position(|course| course.code == SEMINAR);
        let seminar = seminar.ok_or_else(|| Error::internal("the catalogue has no seminar"))?;
        let offer = &self.plan.partners[planned.partner].profile.openings[planned.opening];
        Ok(PlacementDraft {
            coordinator: Some(Some(rows.staff[planned.coordinator])),
            course: Some(Some(rows.courses[seminar])),
            goal_minutes: Some(Some(offer.goal_hours * 60)),
            ..PlacementDraft::default()
        })
    }

    /// The placement, and the district that moves it.
    fn step(&self, at: usize) -> Result<(Caller, Which)> {
        let district = &self.book.districts[self.plan.placements[at].district];
        let id = written(self.book.placements.get(&at))?;
        Ok((district.actor.caller(&self.app), Which { id, expected_version: None }))
    }

    pub async fn match_seat(&mut self, at: usize) -> Result<()> {
        let (caller, which) = self.step(at)?;
        transition::match_seat(&self.app, &caller, which).await?;
        Ok(())
    }

    pub async fn start(&mut self, at: usize) -> Result<()> {
        let (caller, which) = self.step(at)?;
        transition::start(&self.app, &caller, which, None).await?;
        Ok(())
    }

    pub async fn end(&mut self, at: usize) -> Result<()> {
        let (caller, which) = self.step(at)?;
        let planned = &self.plan.placements[at];
        let reason = planned.reason.to_owned();
        match planned.course.outcome {
            Outcome::Completed => transition::complete(&self.app, &caller, which, None).await?,
            Outcome::Cancelled => transition::cancel(&self.app, &caller, which, reason).await?,
            _ => transition::terminate(&self.app, &caller, which, reason, None).await?,
        };
        Ok(())
    }
}
