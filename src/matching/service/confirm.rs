//! Confirming a proposal, or letting it go.
//!
//! Between proposal and confirmation seats are taken, agreements end and students leave. The
//! confirmation looks at all of it again, under locks, and makes every placement or none.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use entity::{
    id::{MatchRunId, OpportunityId, TypedId},
    match_result::{Column, Entity as Results, Model as MatchResult},
    match_run::{Entity, MatchRunState, Model},
    opportunity::Model as Offer,
    placement::{self, PlacementState},
    status::PersonStatus,
    student,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::market::days;
use crate::{
    app::App,
    auth::Caller,
    error::{Blocker, Result},
    partners::{
        rules::cover_blockers,
        service::{affiliation, opportunity},
    },
    placements::service::{draft::PlacementDraft, seated},
    store::{Write, check_step, expect_version, visible},
    typeid,
};

/// Reasons that are told when a confirmation is refused.
const MOST_BLOCKERS: usize = 100;

/// Which run, and the version that the caller has seen.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// The run.
    pub id: MatchRunId,
    /// The version, when the caller cares.
    pub expected_version: Option<i64>,
}

/// Makes the placements of a proposal, each MATCHED and with its seat.
pub async fn confirm(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let run = load(&write, which, MatchRunState::Confirmed).await?;
    let results = assigned(&write, &run).await?;
    let mut wanted: BTreeMap<OpportunityId, i32> = BTreeMap::new();
    for id in results.iter().filter_map(|result| result.opportunity_id) {
        *wanted.entry(id).or_default() += 1;
    }
    let (offers, mut blockers) = opportunity::take_seats(&write, &wanted).await?;
    blockers.extend(uncovered(&write, &run, &offers).await?);
    blockers.extend(away(&write, &results).await?);
    blockers.extend(placed(&write, &run).await?);
    blockers.truncate(MOST_BLOCKERS);
    check_step(run.state, MatchRunState::Confirmed, run.state.may_become(), blockers)?;
    let period = (run.starts_on, run.ends_on);
    let drafts = results.iter().filter_map(|result| draft(result, &offers, period));
    seated::seat_all(&write, &drafts.collect::<Vec<_>>()).await?;
    tie(&write, &run).await?;
    settle(write, run, MatchRunState::Confirmed).await
}

/// Lets a proposal go.
pub async fn discard(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let run = load(&write, which, MatchRunState::Discarded).await?;
    settle(write, run, MatchRunState::Discarded).await
}

async fn load(write: &Write<'_>, which: Which, to: MatchRunState) -> Result<Model> {
    let run = write.load::<Entity>(which.id).await?;
    expect_version(MatchRunId::PREFIX, run.id, run.version, which.expected_version)?;
    check_step(run.state, to, run.state.may_become(), Vec::new())?;
    Ok(run)
}

async fn settle(write: Write<'_>, run: Model, to: MatchRunState) -> Result<Model> {
    let version = run.version;
    let mut row = run.into_active_model();
    row.state = Set(to);
    row.settled_at = Set(Some(write.now));
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Those who got a seat.
async fn assigned(write: &Write<'_>, run: &Model) -> Result<Vec<MatchResult>> {
    let select = visible::<Results>(write.caller)
        .filter(Column::RunId.eq(run.id))
        .filter(Column::OpportunityId.is_not_null())
        .order_by_asc(Column::Id);
    Ok(select.all(&write.tx).await?)
}

/// The opportunities whose days no agreement covers any more.
async fn uncovered(
    write: &Write<'_>,
    run: &Model,
    offers: &HashMap<OpportunityId, Offer>,
) -> Result<Vec<Blocker>> {
    let signed = affiliation::signed(write, run.district_id).await?;
    let of_offer = |offer: &Offer| {
        let (first, last) = days(offer, (run.starts_on, run.ends_on));
        let signed = signed.get(&offer.partner_id).map_or(&[][..], Vec::as_slice);
        let named = typeid::encode(offer.id);
        let tell = move |blocker: Blocker| Blocker {
            message: format!("{named}: {}", blocker.message),
            ..blocker
        };
        cover_blockers(signed, first, last).into_iter().map(tell)
    };
    Ok(offers.values().flat_map(of_offer).collect())
}

/// The students who no longer take part. They are held until the end.
async fn away(write: &Write<'_>, results: &[MatchResult]) -> Result<Vec<Blocker>> {
    let ids: Vec<Uuid> = results.iter().map(|result| result.student_id.into()).collect();
    let students = write.load_all::<student::Entity>(&ids).await?;
    let left = students.into_iter().filter(|student| student.status != PersonStatus::Active);
    let tell = |student: student::Model| {
        let message = format!("{} no longer takes part", typeid::encode(student.id));
        blocker("STUDENT_INACTIVE", message)
    };
    Ok(left.map(tell).collect())
}

/// The students who have got a placement of the same opportunity meanwhile.
async fn placed(write: &Write<'_>, run: &Model) -> Result<Vec<Blocker>> {
    let of_run = Query::select()
        .column(Column::Id)
        .from(Results)
        .and_where(Column::RunId.eq(run.id))
        .and_where(same(Column::StudentId, placement::Column::StudentId))
        .and_where(same(Column::OpportunityId, placement::Column::OpportunityId))
        .to_owned();
    let rows = visible::<placement::Entity>(write.caller)
        .filter(placement::Column::DistrictId.eq(run.district_id))
        .filter(placement::Column::State.ne(PlacementState::Cancelled))
        .filter(Expr::exists(of_run))
        .all(&write.tx)
        .await?;
    let tell = |row: placement::Model| {
        let (student, placement) = (typeid::encode(row.student_id), typeid::encode(row.id));
        blocker("PLACEMENT_EXISTS", format!("{student} has {placement} of the opportunity already"))
    };
    Ok(rows.into_iter().map(tell).collect())
}

fn same(column: Column, other: placement::Column) -> Expr {
    Expr::col((Results, column)).equals((placement::Entity, other))
}

fn blocker(code: &'static str, message: String) -> Blocker {
    let cleared_by = Some("COORDINATOR".into());
    Blocker { code: code.into(), message, citation: None, cleared_by, earliest_date: None }
}

fn draft(
    result: &MatchResult,
    offers: &HashMap<OpportunityId, Offer>,
    period: (NaiveDate, NaiveDate),
) -> Option<PlacementDraft> {
    let offer = offers.get(&result.opportunity_id?)?;
    let (first, last) = days(offer, period);
    Some(PlacementDraft {
        district: Some(result.district_id),
        student: Some(result.student_id),
        opportunity: Some(Some(offer.id)),
        starts_on: Some(first),
        ends_on: Some(last),
        ..PlacementDraft::default()
    })
}

/// Tells each result its placement: no student has two of one opportunity.
async fn tie(write: &Write<'_>, run: &Model) -> Result<()> {
    let made: SelectStatement = Query::select()
        .column(placement::Column::Id)
        .from(placement::Entity)
        .and_where(placement::Column::State.eq(PlacementState::Matched))
        .and_where(same(Column::StudentId, placement::Column::StudentId))
        .and_where(same(Column::OpportunityId, placement::Column::OpportunityId))
        .to_owned();
    Results::update_many()
        .col_expr(Column::PlacementId, Expr::SubQuery(None, Box::new(made.into())))
        .filter(Column::RunId.eq(run.id))
        .filter(Column::OpportunityId.is_not_null())
        .exec(&write.tx)
        .await?;
    Ok(())
}
