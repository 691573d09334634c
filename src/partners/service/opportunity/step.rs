//! Opening and closing.

use entity::{
    id::{OpportunityId, TypedId},
    opportunity::{Entity, Model, OpportunityState},
    partner,
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use crate::{
    app::App,
    auth::Caller,
    error::{Problem, Result},
    partners::{rules, service::rights::Rights},
    store::{Write, check_step, expect_version},
};

/// Shows the opportunity to districts and lets it take students.
pub async fn open(
    app: &App,
    caller: &Caller,
    id: OpportunityId,
    expected_version: Option<i64>,
) -> Result<Model> {
    step(app, caller, id, expected_version, OpportunityState::Open).await
}

/// Lets it take no more students; placements keep their seats.
pub async fn close(
    app: &App,
    caller: &Caller,
    id: OpportunityId,
    expected_version: Option<i64>,
) -> Result<Model> {
    step(app, caller, id, expected_version, OpportunityState::Closed).await
}

async fn step(
    app: &App,
    caller: &Caller,
    id: OpportunityId,
    expected_version: Option<i64>,
    to: OpportunityState,
) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = write.load::<Entity>(id).await?;
    let rights = Rights::of(&write, std::iter::once(row.partner_id)).await?;
    if let Some(problem) = rights.check("", row.partner_id) {
        return Err(Problem { path: vec!["id".to_owned()], ..problem }.into());
    }
    expect_version(OpportunityId::PREFIX, id, row.version, expected_version)?;
    let blockers = match to {
        OpportunityState::Open => {
            let partner = write.load::<partner::Entity>(row.partner_id).await?;
            rules::opening_blockers(&row, &partner, write.now.date_naive())
        }
        _ => Vec::new(),
    };
    check_step(row.state, to, row.state.may_become(), blockers)?;
    let version = row.version;
    let mut active = row.into_active_model();
    active.state = Set(to);
    let row = write.update(active, version).await?;
    write.commit_row(row).await
}
