//! Batches of drafts, written in the name of an actor.

use sea_orm::ActiveModelTrait;
use uuid::Uuid;

use super::{Actor, Story};
use crate::{
    error::{Error, Result},
    store::{ErrorPolicy, RowKey, Synced, Wanted, upsert_rows},
};

impl Story<'_> {
    /// Brings the rows in, all or none, and gives them in the order of the drafts.
    pub async fn write<E: Synced>(
        &self,
        actor: Actor,
        drafts: Vec<(RowKey, E::Draft)>,
    ) -> Result<Vec<E::Model>>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
        E::Model: Sync + Send,
    {
        let rows = drafts.into_iter().map(|(key, draft)| Ok(Wanted::under(key, draft))).collect();
        let (caller, tenant) = (actor.caller(&self.app), actor.tenant_key());
        let policy = ErrorPolicy::RejectAll;
        let written = upsert_rows::<E>(&self.app, &caller, tenant, rows, policy).await?;
        let mut models = Vec::with_capacity(written.len());
        let mut problems = Vec::new();
        for row in written {
            models.extend(row.row);
            problems.extend(row.problems);
        }
        if problems.is_empty() { Ok(models) } else { Err(Error::Invalid(problems)) }
    }

    /// The same, for the keys of the rows alone.
    pub async fn write_ids<E: Synced, K: From<Uuid>>(
        &self,
        actor: Actor,
        drafts: Vec<(RowKey, E::Draft)>,
    ) -> Result<Vec<K>>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
        E::Model: Sync + Send,
    {
        let rows = self.write::<E>(actor, drafts).await?;
        Ok(rows.iter().map(|row| E::id(row).into()).collect())
    }
}
