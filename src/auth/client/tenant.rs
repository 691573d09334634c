//! Between what an operator calls a tenant and its key.

use std::collections::HashMap;

use entity::{
    api_client::ApiClientKind,
    district,
    id::{DistrictId, PartnerId},
    partner,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use crate::{
    app::App,
    auth::{Client, Tenant, rows},
    error::{Problem, ProblemCode, Result},
    typeid,
};

/// Two partners of one name are one too many already.
const AMBIGUOUS: u64 = 2;

/// The tenant of a new client: a district by its slug, a partner by its global id or exact name.
pub(super) async fn resolve(
    db: &impl ConnectionTrait,
    kind: ApiClientKind,
    named: Option<&str>,
) -> Result<Result<Tenant, Problem>> {
    let named = named.map(str::trim).filter(|named| !named.is_empty());
    match (kind, named) {
        (ApiClientKind::Platform, None) => Ok(Ok(Tenant::Platform)),
        (ApiClientKind::Platform, Some(_)) => Ok(Err(Problem::field(
            ProblemCode::InvalidFormat,
            "tenant",
            "a platform client works for every tenant and names none",
        ))),
        (ApiClientKind::District | ApiClientKind::Partner, None) => {
            Ok(Err(Problem::required("tenant")))
        }
        (ApiClientKind::District, Some(slug)) => district_by_slug(db, slug).await,
        (ApiClientKind::Partner, Some(named)) => partner_by_id_or_name(db, named).await,
    }
}

async fn district_by_slug(
    db: &impl ConnectionTrait,
    slug: &str,
) -> Result<Result<Tenant, Problem>> {
    let named = rows::<district::Entity>().filter(district::Column::Slug.eq(slug));
    let row = named.one(db).await?;
    Ok(row.map(|row| Tenant::District(row.id)).ok_or_else(|| {
        let message = format!("there is no district with the slug `{slug}`");
        Problem::field(ProblemCode::ReferenceNotFound, "tenant", message)
    }))
}

async fn partner_by_id_or_name(
    db: &impl ConnectionTrait,
    named: &str,
) -> Result<Result<Tenant, Problem>> {
    let column = match typeid::decode::<PartnerId>(named) {
        Some(id) => partner::Column::Id.eq(id),
        None => partner::Column::Name.eq(named),
    };
    let rows = rows::<partner::Entity>().filter(column).limit(AMBIGUOUS).all(db).await?;
    let (code, message) = match rows.as_slice() {
        [row] => return Ok(Ok(Tenant::Partner(row.id))),
        [] => {
            let message = format!("there is no partner with the id or name `{named}`");
            (ProblemCode::ReferenceNotFound, message)
        }
        _ => {
            let message = format!("several partners are called `{named}`; give the id of one");
            (ProblemCode::InvalidFormat, message)
        }
    };
    Ok(Err(Problem::field(code, "tenant", message)))
}

/// What an operator calls the tenants of these clients: a district's slug, a partner's name.
pub async fn tenant_names(app: &App, clients: &[Client]) -> Result<HashMap<Tenant, String>> {
    let (mut districts, mut partners): (Vec<DistrictId>, Vec<PartnerId>) = Default::default();
    for client in clients {
        match client.tenant {
            Tenant::District(id) => districts.push(id),
            Tenant::Partner(id) => partners.push(id),
            Tenant::Platform => {}
        }
    }
    let named = rows::<district::Entity>().filter(district::Column::Id.is_in(districts));
    let districts = named.all(app.db.latest()).await?;
    let named = rows::<partner::Entity>().filter(partner::Column::Id.is_in(partners));
    let partners = named.all(app.db.latest()).await?;
    let districts = districts.into_iter().map(|row| (Tenant::District(row.id), row.slug));
    let partners = partners.into_iter().map(|row| (Tenant::Partner(row.id), row.name));
    Ok(districts.chain(partners).collect())
}
