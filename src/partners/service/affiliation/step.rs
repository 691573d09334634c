//! Negotiating, signing and ending agreements.

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{AgreementState, Entity, Model},
    id::{AffiliationAgreementId, TypedId},
    partner,
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::may_write;
use crate::{
    app::App,
    auth::Caller,
    error::{Problem, Result},
    partners::rules,
    store::{Write, assign, check_step, expect_version},
};

/// Lays a draft before both sides.
pub async fn negotiate(
    app: &App,
    caller: &Caller,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
) -> Result<Model> {
    step(app, caller, id, expected_version, AgreementState::Negotiating).await
}

/// Takes an agreement back to be written anew.
pub async fn redraft(
    app: &App,
    caller: &Caller,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
) -> Result<Model> {
    step(app, caller, id, expected_version, AgreementState::Draft).await
}

/// Puts a signed agreement in force.
pub async fn activate(
    app: &App,
    caller: &Caller,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
) -> Result<Model> {
    step(app, caller, id, expected_version, AgreementState::Active).await
}

/// A step that changes nothing but the state.
async fn step(
    app: &App,
    caller: &Caller,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
    to: AgreementState,
) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, id, expected_version).await?;
    let blockers = match to {
        AgreementState::Active => {
            let partner = write.load::<partner::Entity>(row.partner_id).await?;
            rules::activation_blockers(&row, &partner, write.now.date_naive())
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

/// Ends an agreement; students already placed may stay through the last day of the wind-down.
pub async fn terminate(
    app: &App,
    caller: &Caller,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
    wind_down_until: Option<NaiveDate>,
) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, id, expected_version).await?;
    check_step(row.state, AgreementState::Terminated, row.state.may_become(), Vec::new())?;
    if let Some(problem) = rules::wind_down(&row, wind_down_until, write.now.date_naive()) {
        return Err(problem.into());
    }
    let version = row.version;
    let mut active = row.into_active_model();
    active.state = Set(AgreementState::Terminated);
    assign(&mut active.wind_down_until, Some(&wind_down_until));
    let row = write.update(active, version).await?;
    write.commit_row(row).await
}

/// The agreement, for a caller who may move it.
async fn load(
    write: &Write<'_>,
    id: AffiliationAgreementId,
    expected_version: Option<i64>,
) -> Result<Model> {
    let row = write.load::<Entity>(id).await?;
    if let Some(problem) = may_write(write) {
        return Err(Problem { path: vec!["id".to_owned()], ..problem }.into());
    }
    expect_version(AffiliationAgreementId::PREFIX, id, row.version, expected_version)?;
    Ok(row)
}
