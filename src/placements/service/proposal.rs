//! Proposing a placement: making it, in its first state.

use entity::{
    id::{PlacementId, TypedId},
    placement::{Entity, Model},
};

use super::draft::PlacementDraft;
use crate::{
    app::App,
    auth::Caller,
    error::{Problem, Result},
    store::{RowKey, Write, create, external, settled},
};

/// Makes a placement in the state PROPOSED, under another system's key when there is one.
pub async fn propose(
    app: &App,
    caller: &Caller,
    draft: &PlacementDraft,
    key: Option<&RowKey>,
) -> Result<Model> {
    settled(|| async {
        let draft = draft.clone();
        let write = Write::begin(app, caller).await?;
        let row = create::<Entity>(&write, &draft).await?;
        let tenant = write.tenant_key().unwrap_or(row.district_id.into());
        tie(&write, tenant, PlacementId::PREFIX, row.id.into(), key).await?;
        write.commit_row(row).await
    })
    .await
}

/// Ties a new row to a key that no other row may have.
pub(super) async fn tie(
    write: &Write<'_>,
    tenant: uuid::Uuid,
    kind: &str,
    entity: uuid::Uuid,
    key: Option<&RowKey>,
) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    let taken = external::resolve(write, tenant, kind, std::iter::once(key)).await?;
    if let Some(existing) = taken.into_iter().flatten().next() {
        let existing = crate::typeid::with_prefix(kind, existing);
        return Err(taken_by(existing).into());
    }
    external::attach(write, tenant, kind, entity, key).await
}

fn taken_by(existing: String) -> Problem {
    let message = "another object already has this key";
    let detail = crate::error::Detail::Duplicate { existing: Some(existing) };
    Problem::with(crate::error::ProblemCode::AlreadyExists, "externalId", message, detail)
}
