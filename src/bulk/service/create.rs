//! Making jobs.

use entity::job::{ActiveModel, Column, Entity, JobState, Model};
use sea_orm::{ActiveEnum, ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter};

use super::{MOST_OPEN, Request, TIME};
use crate::{
    app::App,
    auth::{Caller, Tenant},
    bulk::rules,
    error::{Error, Problem, ProblemCode, Result},
    store::{Write, visible},
};

/// A job to be made.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Where it begins: without a file to wait for, in the queue.
    pub state: JobState,
    /// What it is to do.
    pub request: Request,
    /// What its client calls it.
    pub client_reference: Option<String>,
}

/// Makes a job of the caller.
pub async fn create(app: &App, caller: &Caller, new: &NewJob) -> Result<Model> {
    let problems = rules::reference(new.client_reference.as_deref());
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).under(&["input"]));
    }
    let write = Write::begin(app, caller).await?;
    check_room(&write).await?;
    let row = write.insert(row(&write, new)?).await?;
    write.commit_row(row).await
}

fn row(write: &Write<'_>, new: &NewJob) -> Result<ActiveModel> {
    let (district, partner) = match write.caller.tenant {
        Tenant::District(id) => (Some(id), None),
        Tenant::Partner(id) => (None, Some(id)),
        Tenant::Platform => (None, None),
    };
    Ok(ActiveModel {
        id: Set(write.app.clock.id()),
        district_id: Set(district),
        partner_id: Set(partner),
        client_id: Set(write.caller.client),
        scopes: Set(write.caller.scopes.to_string()),
        kind: Set(new.request.kind()),
        state: Set(new.state),
        request: Set(new.request.to_json()?),
        client_reference: Set(new.client_reference.clone()),
        processed: Set(0),
        total: Set(None),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        rejected: Set(0),
        not_written: Set(0),
        retired: Set(0),
        done_bytes: Set(0),
        done_lines: Set(0),
        attempts: Set(0),
        is_cancel_requested: Set(false),
        expires_at: Set(write.now + TIME),
        ..Default::default()
    })
}

async fn check_room(write: &Write<'_>) -> Result<()> {
    let open = visible::<Entity>(write.caller)
        .filter(Column::ClientId.eq(write.caller.client))
        .filter(Column::State.is_in(JobState::OPEN.map(|state| state.to_value())));
    if open.count(&write.tx).await? < MOST_OPEN {
        return Ok(());
    }
    let message = format!(
        "{MOST_OPEN} jobs of this client have not come to their end, the most that it may have; \
         wait for one, or cancel it"
    );
    Err(Problem::field(ProblemCode::LimitExceeded, "input", message).into())
}
