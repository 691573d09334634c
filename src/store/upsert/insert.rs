//! Writing the new rows of a batch, and what hangs on its rows.

use entity::external_id;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{Outcome, RowOutcome, Synced, Wanted};
use crate::{
    error::Result,
    store::{Write, external},
};

/// Rows that one statement inserts: few enough for SQLite's limit on bound values.
const INSERTED_AT_ONCE: usize = 500;

/// Inserts the new rows of a batch, each with the key it came under.
pub(super) async fn insert_all<E: Synced>(
    write: &Write<'_>,
    tenant: Uuid,
    fresh: &[(usize, &Wanted<E::Draft>)],
    outcomes: &mut [RowOutcome<E::Model>],
) -> Result<()>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
{
    for chunk in fresh.chunks(INSERTED_AT_ONCE) {
        let mut rows = Vec::with_capacity(chunk.len());
        let mut keys = Vec::with_capacity(chunk.len());
        for (_, wanted) in chunk {
            let id = Uuid::from(write.app.clock.id::<entity::id::ExternalIdId>());
            let mut row = <E::ActiveModel as Default>::default();
            row.set(E::id_column(), id.into());
            E::assign(&wanted.draft, &mut row);
            rows.push(row);
            keys.extend(external::tie(write, tenant, E::KIND, id, wanted.lasting_key()));
        }
        let inserted = write.insert_all::<E>(rows).await?;
        external_id::Entity::insert_many(keys).exec_without_returning(&write.tx).await?;
        for ((at, _), row) in chunk.iter().zip(inserted) {
            outcomes[*at].row = Some(row);
        }
    }
    Ok(())
}

/// Writes what the drafts say beyond their own rows; a row whose surroundings changed has changed.
pub(super) async fn attach_all<E: Synced>(
    write: &Write<'_>,
    batch: &[Wanted<E::Draft>],
    outcomes: &mut [RowOutcome<E::Model>],
) -> Result<()>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
{
    let written: Vec<_> = (0..outcomes.len()).filter(|at| outcomes[*at].row.is_some()).collect();
    let rows = batch.iter().zip(outcomes.iter());
    let rows: Vec<_> =
        rows.filter_map(|(wanted, row)| Some((&wanted.draft, row.row.as_ref()?))).collect();
    let changed = E::attach(write, &rows).await?;
    for (at, changed) in written.into_iter().zip(changed) {
        let Some(row) = outcomes[at].row.as_ref().filter(|_| !changed.is_empty()) else { continue };
        if outcomes[at].outcome != Outcome::Unchanged {
            write.also_changed::<E>(row, &changed);
            continue;
        }
        let version = E::version(row);
        let row = write.touch(row.clone().into_active_model(), version, &changed).await?;
        outcomes[at].row = Some(row);
        outcomes[at].outcome = Outcome::Updated;
    }
    Ok(())
}
