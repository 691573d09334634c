//! The steps of a placement after it was proposed.
//!
//! Each step locks the placement, asks every gate, and writes state, dates and seat together or
//! not at all.

use chrono::NaiveDate;
use entity::{
    id::PlacementId,
    placement::{ActiveModel, Entity, Model, PlacementState},
    status::PersonStatus,
    student,
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use crate::{
    app::App,
    auth::Caller,
    error::{Blocker, Error, Problem, Result},
    partners::service::{affiliation, opportunity},
    placements::rules::{
        gate::{self, MatchFacts, StartFacts},
        placement as rules,
    },
    store::{Write, check_step, expect_version},
};

/// One placement that takes a step.
struct Step<'a> {
    write: Write<'a>,
    row: Model,
    to: PlacementState,
}

/// Which placement, and the version that the caller has seen.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// The placement.
    pub id: PlacementId,
    /// The version, when the caller cares.
    pub expected_version: Option<i64>,
}

/// Agrees on a proposed placement: it holds a seat of its opportunity from now on.
pub async fn match_seat(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let step = Step::begin(app, caller, which, PlacementState::Matched).await?;
    let opportunity = match step.row.opportunity_id {
        Some(id) => opportunity::take_seat(&step.write, id).await?.err().unwrap_or_default(),
        None => Vec::new(),
    };
    let facts = MatchFacts { student_takes_part: step.student_takes_part().await?, opportunity };
    step.finish(Vec::new(), gate::matched(&facts), |_| {}).await
}

/// Begins a matched placement, today or on an earlier day.
pub async fn start(
    app: &App,
    caller: &Caller,
    which: Which,
    started_on: Option<NaiveDate>,
) -> Result<Model> {
    let step = Step::begin(app, caller, which, PlacementState::Active).await?;
    let today = step.today();
    let (starts_on, ends_on) = (step.row.starts_on, step.row.ends_on);
    let started_on = started_on.unwrap_or(today);
    let first = started_on.max(starts_on);
    let (district, partner) = (step.row.district_id, step.row.partner_id);
    let last = ends_on.max(first);
    let covered = affiliation::in_force(&step.write, district, partner, first, last).await?;
    let affiliation = covered.err().unwrap_or_default();
    let student_takes_part = step.student_takes_part().await?;
    let blockers = gate::start(&StartFacts { today, starts_on, student_takes_part, affiliation });
    let problems = if starts_on <= today {
        rules::day_that_came("startedOn", started_on, starts_on, today)
    } else {
        Vec::new()
    };
    step.finish(problems, blockers, |row| row.started_on = Set(Some(started_on))).await
}

/// Ends a placement that has reached its end.
pub async fn complete(
    app: &App,
    caller: &Caller,
    which: Which,
    ended_on: Option<NaiveDate>,
) -> Result<Model> {
    let step = Step::begin(app, caller, which, PlacementState::Completed).await?;
    let (day, problems) = step.last_day(ended_on);
    step.finish(problems, Vec::new(), |row| row.ended_on = Set(Some(day))).await
}

/// Gives up a placement that has not begun; its seat is free again.
pub async fn cancel(app: &App, caller: &Caller, which: Which, reason: String) -> Result<Model> {
    let step = Step::begin(app, caller, which, PlacementState::Cancelled).await?;
    step.free_seat().await?;
    let problems = rules::reason("reason", &reason);
    step.finish(problems, Vec::new(), |row| row.state_reason = Set(Some(reason))).await
}

/// Breaks off a placement that is under way; its seat is free again.
pub async fn terminate(
    app: &App,
    caller: &Caller,
    which: Which,
    reason: String,
    ended_on: Option<NaiveDate>,
) -> Result<Model> {
    let step = Step::begin(app, caller, which, PlacementState::Terminated).await?;
    step.free_seat().await?;
    let (day, mut problems) = step.last_day(ended_on);
    problems.extend(rules::reason("reason", &reason));
    let set = |row: &mut ActiveModel| {
        row.ended_on = Set(Some(day));
        row.state_reason = Set(Some(reason));
    };
    step.finish(problems, Vec::new(), set).await
}

impl<'a> Step<'a> {
    /// Locks the placement, and refuses at once a step that its state does not know.
    async fn begin(
        app: &'a App,
        caller: &'a Caller,
        which: Which,
        to: PlacementState,
    ) -> Result<Self> {
        let write = Write::begin(app, caller).await?;
        let row = write.load::<Entity>(which.id).await?;
        let kind = <PlacementId as entity::id::TypedId>::PREFIX;
        expect_version(kind, row.id, row.version, which.expected_version)?;
        check_step(row.state, to, row.state.may_become(), Vec::new())?;
        Ok(Self { write, row, to })
    }

    fn today(&self) -> NaiveDate {
        self.write.now.date_naive()
    }

    async fn student_takes_part(&self) -> Result<bool> {
        let students = self.write.found::<student::Entity>(&[self.row.student_id.into()]).await?;
        Ok(students.values().any(|student| student.status == PersonStatus::Active))
    }

    /// Gives back the seat that the placement holds since its match.
    async fn free_seat(&self) -> Result<()> {
        match (self.row.state, self.row.opportunity_id) {
            (PlacementState::Matched | PlacementState::Active, Some(id)) => {
                opportunity::free_seat(&self.write, id).await
            }
            _ => Ok(()),
        }
    }

    /// The last day as it happened, today unless the caller says otherwise, and what is wrong with
    /// it.
    fn last_day(&self, ended_on: Option<NaiveDate>) -> (NaiveDate, Vec<Problem>) {
        let day = ended_on.unwrap_or_else(|| self.today());
        let first = self.row.started_on.unwrap_or(self.row.starts_on);
        (day, rules::day_that_came("endedOn", day, first, self.today()))
    }

    /// Writes the step, unless something is wrong or stands in its way.
    async fn finish(
        self,
        problems: Vec<Problem>,
        blockers: Vec<Blocker>,
        set: impl FnOnce(&mut ActiveModel),
    ) -> Result<Model> {
        let mut problems: Vec<_> =
            problems.into_iter().map(|problem| problem.under(&["input"])).collect();
        let allowed = self.row.state.may_become();
        if let Err(Error::Invalid(blocked)) = check_step(self.row.state, self.to, allowed, blockers)
        {
            problems.extend(blocked);
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let version = self.row.version;
        let mut row = self.row.into_active_model();
        row.state = Set(self.to);
        set(&mut row);
        let row = self.write.update(row, version).await?;
        self.write.commit_row(row).await
    }
}
