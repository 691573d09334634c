//! Emptying a sandbox, a short transaction at a time.
//!
//! Every statement finds its rows through the sandbox's own row and the mark on its district: there
//! is no way to name those of anybody else. What points to a row goes before the row. A client that
//! goes on writing meanwhile may make a step fail; the next attempt begins anew.

use entity::{affiliation_view, api_client, district, external_id, partner, sandbox};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Query, SelectStatement},
};
use uuid::Uuid;

use super::cast;
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    store::{Logged, Write, any_of, visible},
};

/// Rows that are deleted in one transaction.
const AT_ONCE: u64 = 500;

/// How much of a sandbox goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What the story tells, and what was added to it.
    Story,
    /// That, and what the sandbox's clients have set up for themselves.
    Everything,
}

/// A table, and how some of a sandbox's rows in it are deleted; whether there were any.
struct Table {
    name: &'static str,
    extent: Extent,
    some: for<'c> fn(&'c Clearing<'c>) -> BoxFuture<'c, Result<bool>>,
}

macro_rules! tables {
    ($($extent:ident: $table:ident by $column:ident of $owner:ident $(before $parent:ident)?;)+) => {
        /// The tables in the order in which they are emptied.
        static TABLES: &[Table] = &[$(Table {
            name: stringify!($table),
            extent: Extent::$extent,
            some: |clearing| {
                type Entity = entity::$table::Entity;
                type Column = entity::$table::Column;
                let which = clearing.$owner(Column::$column);
                $(let which = which.add(leaves::<Entity>(Column::Id, Column::$parent));)?
                Box::pin(clearing.some::<Entity>(which))
            },
        }),+];
    };
}

tables! {
    // First of all, so that each side is told what it no longer sees of the other.
    Story: affiliation_agreement by DistrictId of district;
    Story: time_entry by DistrictId of district before CorrectsId;
    Story: match_run by DistrictId of district;
    Story: placement_preference by DistrictId of district;
    Story: placement by DistrictId of district;
    Story: pathway_enrollment by DistrictId of district;
    Story: pathway_course by DistrictId of district;
    Story: pathway_credential by DistrictId of district;
    Story: pathway by DistrictId of district;
    Story: pathway_definition by DistrictId of district;
    Story: enrollment by DistrictId of district;
    Story: class by DistrictId of district;
    Story: course by DistrictId of district;
    Story: guardianship by DistrictId of district;
    Story: guardian by DistrictId of district;
    Story: interest_assessment by DistrictId of district;
    Story: career_survey_response by DistrictId of district;
    Story: career_survey_question by DistrictId of district;
    Story: career_survey by DistrictId of district;
    Story: career_exposure by DistrictId of district;
    Story: career_goal by DistrictId of district before SupersedesId;
    Story: student by DistrictId of district;
    Story: staff by DistrictId of district;
    Story: academic_session by DistrictId of district before ParentId;
    Story: school by DistrictId of district;
    Story: opportunity by PartnerId of partners;
    Story: partner_contact by PartnerId of partners;
    Story: partner_site by PartnerId of partners;
    Everything: job by DistrictId of district;
    Everything: job by PartnerId of partners;
    Everything: webhook_endpoint by DistrictId of district;
    Everything: webhook_endpoint by PartnerId of partners;
}

/// Tables that are emptied without a word in the log: their rows are shown as part of others.
const SILENT: [&str; 2] = ["affiliation_view", "external_id"];
/// Tables whose rows go last, when nobody can call for them any more.
const LAST: [&str; 4] = ["api_client", "partner", "sandbox", "district"];

/// Every table in which a sandbox has rows; what belongs to one of these rows goes with it.
#[must_use]
pub fn covered() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).chain(SILENT).chain(LAST).collect()
}

/// A sandbox that is being emptied.
struct Clearing<'c> {
    app: &'c App,
    row: &'c sandbox::Model,
}

/// Deletes what is in a sandbox; its tenants and their clients stay.
pub async fn clear(app: &App, row: &sandbox::Model, extent: Extent) -> Result<()> {
    let clearing = Clearing { app, row };
    let wanted = |table: &&Table| table.extent == Extent::Story || extent == Extent::Everything;
    for table in TABLES.iter().filter(wanted) {
        while (table.some)(&clearing).await? {}
    }
    while clearing.some::<partner::Entity>(clearing.strangers()?).await? {}
    clearing.forget().await
}

/// The district of the sandbox, and of no row that is not a sandbox's.
fn home(row: &sandbox::Model) -> SelectStatement {
    let of_sandbox = Query::select()
        .column(sandbox::Column::DistrictId)
        .from(sandbox::Entity)
        .and_where(sandbox::Column::Id.eq(row.id))
        .to_owned();
    Query::select()
        .column(district::Column::Id)
        .from(district::Entity)
        .and_where(district::Column::Id.in_subquery(of_sandbox))
        .and_where(district::Column::IsSandbox.eq(true))
        .to_owned()
}

/// The partners of the sandbox.
fn bank(row: &sandbox::Model) -> SelectStatement {
    Query::select()
        .column(partner::Column::Id)
        .from(partner::Entity)
        .and_where(partner::Column::SandboxId.in_subquery(home(row)))
        .to_owned()
}

/// Rows that no row of their own table points to.
fn leaves<E: EntityTrait>(id: E::Column, parent: E::Column) -> Condition {
    let parents = Query::select()
        .column(parent)
        .from(E::default())
        .and_where(parent.is_not_null())
        .to_owned();
    Condition::all().add(id.not_in_subquery(parents))
}

impl Clearing<'_> {
    fn district<C: ColumnTrait>(&self, column: C) -> Condition {
        Condition::all().add(column.in_subquery(home(self.row)))
    }

    fn partners<C: ColumnTrait>(&self, column: C) -> Condition {
        Condition::all().add(column.in_subquery(bank(self.row)))
    }

    /// Partners that were not there on the first day, and for which no client calls.
    fn strangers(&self) -> Result<Condition> {
        let cast: Vec<Uuid> = cast(self.row)?.into_iter().map(Into::into).collect();
        let called_for = Query::select()
            .column(api_client::Column::PartnerId)
            .from(api_client::Entity)
            .and_where(api_client::Column::PartnerId.is_not_null())
            .to_owned();
        Ok(self
            .district(partner::Column::SandboxId)
            .add(any_of(self.app.db.backend(), partner::Column::Id, &cast).not())
            .add(partner::Column::Id.not_in_subquery(called_for)))
    }

    /// Deletes some of these rows and tells the log; whether there were any.
    async fn some<E: Logged>(&self, which: Condition) -> Result<bool> {
        let house = Caller::house(self.app.clock.now());
        let write = Write::begin(self.app, &house).await?;
        let ids: Vec<Uuid> = visible::<E>(&house)
            .select_only()
            .column(E::id_column())
            .filter(which)
            .order_by_asc(E::id_column())
            .limit(AT_ONCE)
            .into_tuple()
            .all(&write.tx)
            .await?;
        if ids.is_empty() {
            return Ok(false);
        }
        write.delete_all::<E>(&ids).await?;
        write.commit().await?;
        Ok(true)
    }

    /// Forgets what the tenants were told of each other, and the keys that they gave to rows which
    /// stay.
    async fn forget(&self) -> Result<()> {
        let tx = self.app.db.begin().await?;
        let views = affiliation_view::Column::DistrictId.in_subquery(home(self.row));
        affiliation_view::Entity::delete_many().filter(views).exec(&tx).await?;
        for tenants in [home(self.row), bank(self.row)] {
            let keys = external_id::Column::TenantId.in_subquery(tenants);
            external_id::Entity::delete_many().filter(keys).exec(&tx).await?;
        }
        Ok(tx.commit().await?)
    }
}
