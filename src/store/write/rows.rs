//! Writing rows, each with its word in the log.

use std::collections::HashMap;

use entity::{change_log::ChangeOp, external_id};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    UpdateMany,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use super::{Write, stamp, stamp_new};
use crate::{
    error::Result,
    store::{Logged, any_of, external, logged, view::Stage, visible},
};

impl Write<'_> {
    /// Writes a new row: its version is 1.
    pub async fn insert<A>(&self, mut row: A) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait<Entity: Logged> + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let given = logged::given(&row);
        stamp_new(&mut row, self.now);
        let row = row.insert(&self.tx).await?;
        self.outbox.wrote::<A::Entity>(&row, ChangeOp::Created, given);
        self.outbox.moves::<A::Entity>(&row, Stage::New);
        Ok(row)
    }

    /// Writes new rows with one statement: few enough for SQLite's limit on bound values.
    pub async fn insert_all<E: Logged>(
        &self,
        mut rows: Vec<E::ActiveModel>,
    ) -> Result<Vec<E::Model>>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        let given: Vec<_> = rows.iter().map(logged::given).collect();
        for row in &mut rows {
            stamp_new(row, self.now);
        }
        let rows = E::insert_many(rows).exec_with_returning(&self.tx).await?;
        for (row, given) in rows.iter().zip(given) {
            self.outbox.wrote::<E>(row, ChangeOp::Created, given);
            self.outbox.moves::<E>(row, Stage::New);
        }
        Ok(rows)
    }

    /// Writes the changes of a row and moves its version on; without changes nothing is written.
    pub async fn update<A>(
        &self,
        mut row: A,
        version: i64,
    ) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait<Entity: Logged> + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        if !row.is_changed() {
            return Ok(row.update(&self.tx).await?);
        }
        let changed = logged::changed(&row);
        let moves = logged::moves::<A::Entity>(changed);
        if moves {
            self.before(&row).await?;
        }
        stamp(&mut row, version + 1, self.now);
        let row = row.update(&self.tx).await?;
        self.outbox.wrote::<A::Entity>(&row, ChangeOp::Updated, changed);
        if moves {
            self.outbox.moves::<A::Entity>(&row, Stage::After);
        }
        Ok(row)
    }

    /// Remembers what a row moves as it stands before it changes.
    async fn before<A: ActiveModelTrait<Entity: Logged>>(&self, row: &A) -> Result<()> {
        let id = row.get(<A::Entity as crate::store::Visible>::id_column()).into_value();
        let Some(id) = id else { return Ok(()) };
        let of_row = <A::Entity as crate::store::Visible>::id_column().eq(id);
        let before = visible::<A::Entity>(self.caller).filter(of_row).one(&self.tx).await?;
        if let Some(before) = before {
            self.outbox.moves::<A::Entity>(&before, Stage::Before);
        }
        Ok(())
    }

    /// Moves the version of a row on because something that belongs to it has changed, which the
    /// schema shows as these fields of the row.
    pub async fn touch<A>(
        &self,
        mut row: A,
        version: i64,
        fields: &[&'static str],
    ) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait<Entity: Logged> + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        stamp(&mut row, version + 1, self.now);
        let row = row.update(&self.tx).await?;
        self.outbox.wrote_beyond::<A::Entity>(&row, fields);
        Ok(row)
    }

    /// Moves the version of a row on because a system of the caller's knows it by another key now;
    /// `replaced` is the one by which it knew it.
    pub(in crate::store) async fn rekeyed<A>(
        &self,
        mut row: A,
        version: i64,
        replaced: Option<&external_id::Model>,
    ) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait<Entity: Logged> + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        stamp(&mut row, version + 1, self.now);
        let row = row.update(&self.tx).await?;
        let key = |key: &external_id::Model| (key.tenant_id, key.system.clone(), key.value.clone());
        self.outbox.rekeyed::<A::Entity>(&row, replaced.map(key).into_iter().collect());
        Ok(row)
    }

    /// Changes every row that fits, where the statement itself decides which do; `fields` are what
    /// the schema shows of it. Tells the rows as they are now.
    pub async fn update_where<E: Logged>(
        &self,
        update: UpdateMany<E>,
        fields: &[&'static str],
    ) -> Result<Vec<E::Model>> {
        let version = Alias::new("version");
        let rows = update
            .col_expr(version.clone(), Expr::col(version).add(1_i64))
            .col_expr(Alias::new("updated_at"), Expr::val(self.now))
            .exec_with_returning(&self.tx)
            .await?;
        for row in &rows {
            self.outbox.wrote_beyond::<E>(row, fields);
        }
        Ok(rows)
    }

    /// Deletes those of the rows that the caller may see, and forgets the keys they came under; the
    /// log keeps both.
    pub async fn delete_all<E: Logged>(&self, ids: &[Uuid]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let rows = self.load_all::<E>(ids).await?;
        let mut keys = self.keys_of(E::KIND, ids).await?;
        external::forget(self, E::KIND, ids).await?;
        let among = any_of(self.backend(), E::id_column(), ids);
        E::delete_many().filter(E::visible(self.caller)).filter(among).exec(&self.tx).await?;
        for row in &rows {
            self.outbox.deleted::<E>(row, keys.remove(&E::id(row)).unwrap_or_default());
            self.outbox.moves::<E>(row, Stage::Gone);
        }
        Ok(())
    }

    /// The keys of rows in other systems, by row: tenant, system and value.
    async fn keys_of(
        &self,
        kind: &str,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<(Uuid, String, String)>>> {
        let rows = visible::<external_id::Entity>(self.caller)
            .filter(external_id::Column::Kind.eq(kind))
            .filter(any_of(self.backend(), external_id::Column::EntityId, ids))
            .all(&self.tx)
            .await?;
        let mut keys: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in rows {
            keys.entry(row.entity_id).or_default().push((row.tenant_id, row.system, row.value));
        }
        Ok(keys)
    }

    /// Adds fields that are no columns to what was just told of a row.
    pub(in crate::store) fn also_changed<E: Logged>(
        &self,
        row: &E::Model,
        fields: &[&'static str],
    ) {
        self.outbox.also::<E>(row, fields);
    }

    /// Sends the changes so far to the queue, when they have become many.
    pub(in crate::store) async fn send_changes(&self) -> Result<()> {
        self.outbox.send(&self.tx).await
    }
}
