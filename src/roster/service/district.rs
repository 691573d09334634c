//! Making and finding districts: the work of the platform, not of any tenant.

use entity::{
    district::{ActiveModel, Column, DistrictKind, Entity, Model},
    id::{ApiClientId, DistrictId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    app::App,
    auth::{Caller, Scopes, Tenant},
    error::{Detail, Error, Problem, ProblemCode, Result},
    roster::rules,
    store::{Write, visible},
    typeid,
};

/// A new district.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct DistrictDraft {
    pub slug: String,
    pub name: String,
    pub kind: DistrictKind,
    pub identifier: Option<String>,
    pub time_zone: String,
    pub is_sandbox: bool,
}

/// The caller that the command line and the demo are: the operator, who sees every tenant.
#[must_use]
pub fn operator(app: &App) -> Caller {
    Caller {
        client: ApiClientId(Uuid::nil()),
        tenant: Tenant::Platform,
        scopes: Scopes::all(),
        now: app.clock.now(),
        request: None,
        once: None,
    }
}

/// Makes a district; only the platform may.
pub async fn create(write: &Write<'_>, draft: DistrictDraft) -> Result<Model> {
    if write.caller.tenant != Tenant::Platform {
        let message = "only a client of the platform makes districts";
        let detail = Detail::Permission { scope: None };
        return Err(Problem::with(ProblemCode::Forbidden, "", message, detail).into());
    }
    let mut problems = rules::district(&draft);
    let holder = Column::Slug.eq(draft.slug.as_str());
    let holder = visible::<Entity>(write.caller).filter(holder).one(&write.tx).await?;
    problems.extend(holder.map(|row| taken(row.id)));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let row = ActiveModel {
        id: Set(write.app.clock.id()),
        slug: Set(draft.slug),
        name: Set(draft.name),
        kind: Set(draft.kind),
        identifier: Set(draft.identifier),
        time_zone: Set(draft.time_zone),
        is_sandbox: Set(draft.is_sandbox),
        ..Default::default()
    };
    write.insert(row).await
}

fn taken(holder: DistrictId) -> Problem {
    let detail = Detail::Duplicate { existing: Some(typeid::encode(holder)) };
    let message = "another district has this short name";
    Problem::with(ProblemCode::AlreadyExists, "slug", message, detail)
}

/// The districts that the caller may see, by their short names.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Model>> {
    let select = visible::<Entity>(caller).order_by_asc(Column::Slug);
    app.db.reader().all(select, Column::Slug.is_not_null()).await
}

/// The district with this short name, for the command line.
pub async fn by_slug(app: &App, slug: &str) -> Result<Model> {
    let select = visible::<Entity>(&operator(app));
    let mut rows = app.db.reader().all(select, Column::Slug.eq(slug)).await?;
    rows.pop().ok_or(Error::NotFound("district"))
}
