//! Making a proposal of who gets which seat.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::{
    id::{DistrictId, MatchResultId, MatchRunId, OpportunityId},
    match_result,
    match_run::{ActiveModel, MatchRunState, Model},
    opportunity,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde::Serialize;
use tokio::task;
use uuid::Uuid;

use super::{
    market::{From, Market, Terms},
    outcome::{self, Outcome},
};
use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, Result},
    matching::rules::{self, TICKETS, priority::Priority},
    store::{Write, any_of, visible},
};

/// Results that one statement inserts: few enough for SQLite's limit on bound values.
const AT_ONCE: usize = 500;

/// A proposal to be made.
#[derive(Debug, Clone)]
pub struct RunDraft {
    /// Whose students.
    pub district: DistrictId,
    /// What the coordinator calls it.
    pub name: String,
    /// What the lottery is drawn from.
    pub seed: String,
    /// What comes before the lottery.
    pub priorities: Vec<Priority>,
    /// The first day of what has no first day of its own.
    pub starts_on: NaiveDate,
    /// The last day of what has no last day of its own.
    pub ends_on: NaiveDate,
    /// The only opportunities that count, when not all do.
    pub only: Option<Vec<OpportunityId>>,
}

/// Makes a proposal of the lists and seats as they stand.
pub async fn create(app: &App, caller: &Caller, draft: RunDraft) -> Result<Model> {
    let period = (draft.starts_on, draft.ends_on);
    let named = draft.only.as_ref().map(Vec::len);
    let problems = rules::run(&draft.name, &draft.seed, period, &draft.priorities, named);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).under(&["input"]));
    }
    let from = From { reader: app.db.read_after(true), caller };
    let only = only(&from, draft.only.as_deref()).await?;
    let terms = Terms {
        district: draft.district,
        seed: &draft.seed,
        priorities: &draft.priorities,
        period,
        only: only.as_deref(),
    };
    let market = Market::read(&from, &terms).await?;
    // Other requests go on meanwhile.
    let worked_out = task::spawn_blocking(move || (outcome::assign(&market), market)).await;
    let (outcomes, market) = worked_out.map_err(Error::internal)?;
    let write = Write::begin(app, caller).await?;
    let row = write.insert(new_row(&write, &draft, &market, &outcomes)?).await?;
    insert(&write, &row, &market, outcomes).await?;
    write.commit_row(row).await
}

/// The keys of the opportunities that were named, each of which the caller sees.
async fn only(from: &From<'_>, named: Option<&[OpportunityId]>) -> Result<Option<Vec<Uuid>>> {
    let Some(named) = named else { return Ok(None) };
    let keys: Vec<Uuid> = named.iter().map(|id| (*id).into()).collect();
    let among = any_of(from.reader.backend, opportunity::Column::Id, &keys);
    let select = visible::<opportunity::Entity>(from.caller);
    let found = from.reader.all(select, among).await?;
    let found: HashSet<OpportunityId> = found.into_iter().map(|row| row.id).collect();
    let missing = named.iter().enumerate().filter(|(_, id)| !found.contains(id));
    let problem = |(at, _): (usize, _)| {
        Problem::reference(&format!("input.opportunityIds.{at}"), "opportunity")
    };
    let problems: Vec<_> = missing.map(problem).collect();
    if problems.is_empty() { Ok(Some(keys)) } else { Err(Error::Invalid(problems)) }
}

fn new_row(
    write: &Write<'_>,
    draft: &RunDraft,
    market: &Market,
    outcomes: &[Outcome],
) -> Result<ActiveModel> {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let seats: u64 = market.offers.iter().map(|offer| u64::from(offer.seats)).sum();
    let assigned = outcomes.iter().filter(|outcome| outcome.got.is_some()).count();
    let id: MatchRunId = write.app.clock.id();
    Ok(ActiveModel {
        id: Set(id),
        district_id: Set(draft.district),
        name: Set(draft.name.trim().to_owned()),
        state: Set(MatchRunState::Proposed),
        seed: Set(draft.seed.clone()),
        priorities: Set(json(&draft.priorities)?),
        starts_on: Set(draft.starts_on),
        ends_on: Set(draft.ends_on),
        students: Set(count(outcomes.len())),
        opportunities: Set(count(market.offers.len())),
        seats: Set(i32::try_from(seats).unwrap_or(i32::MAX)),
        assigned: Set(count(assigned)),
        settled_at: Set(None),
        ..Default::default()
    })
}

fn json(list: &[impl Serialize]) -> Result<String> {
    serde_json::to_string(list).map_err(Error::internal)
}

async fn insert(
    write: &Write<'_>,
    run: &Model,
    market: &Market,
    outcomes: Vec<Outcome>,
) -> Result<()> {
    let mut rows = Vec::with_capacity(AT_ONCE);
    for (student, outcome) in market.students.iter().zip(outcomes) {
        let id: MatchResultId = write.app.clock.id();
        let row = match_result::Model {
            id,
            run_id: run.id,
            district_id: run.district_id,
            student_id: student.id,
            opportunity_id: outcome.got.map(|(id, _)| id),
            rank: outcome.got.map(|(_, rank)| rank),
            level: i32::try_from(student.level).unwrap_or(i32::MAX),
            ticket: i64::try_from(student.ticket % TICKETS).unwrap_or_default(),
            passed_over: json(&outcome.passed_over)?,
            placement_id: None,
        };
        rows.push(row.into_active_model().reset_all());
        if rows.len() == AT_ONCE {
            send(write, &mut rows).await?;
        }
    }
    send(write, &mut rows).await
}

async fn send(write: &Write<'_>, rows: &mut Vec<match_result::ActiveModel>) -> Result<()> {
    if !rows.is_empty() {
        let rows = std::mem::take(rows);
        match_result::Entity::insert_many(rows).exec_without_returning(&write.tx).await?;
    }
    Ok(())
}
