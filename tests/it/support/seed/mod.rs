//! Rows of every table, twice: what one tenant must never see of another is told by the rows' own
//! texts, each of which begins with a marker that no other row has.
//!
//! The rows are written past the services, so that a wall is not tested with the bricks it is
//! made of. A new table gets its row here; the tenancy test fails until it has one.

mod changes;
mod interests;
mod jobs;
mod matching;
mod partners;
mod pathways;
mod placements;
mod reference;
mod roster;
mod sandbox;
mod webhooks;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    external_id,
    id::{DistrictId, PartnerId, TypedId},
};
use pathbridge::typeid;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use super::TestApp;

/// A stored row that has a global id.
#[derive(Debug, Clone)]
pub struct Row {
    /// The first part of its global id.
    pub prefix: &'static str,
    /// Its key.
    pub key: Uuid,
    /// What its texts begin with.
    pub marker: String,
}

impl Row {
    /// Its global id.
    pub fn id(&self) -> String {
        typeid::with_prefix(self.prefix, self.key)
    }
}

/// A district, a partner, their agreement, and everything that belongs to either.
pub struct Side {
    /// The district.
    pub district: DistrictId,
    /// The partner.
    pub partner: PartnerId,
    /// Every row that has a global id.
    pub rows: Vec<Row>,
}

impl Side {
    /// The nth row of a kind, from 1.
    pub fn row(&self, prefix: &str, nth: usize) -> &Row {
        let mut of_kind = self.rows.iter().filter(|row| row.prefix == prefix);
        of_kind.nth(nth - 1).expect("the seed has such a row")
    }

    /// The rows of these kinds.
    pub fn only(&self, prefixes: &[&str]) -> Vec<Row> {
        self.rows.iter().filter(|row| prefixes.contains(&row.prefix)).cloned().collect()
    }
}

/// Writes one side; `name` is part of every marker.
pub async fn side(app: &TestApp, name: &'static str) -> Side {
    let mut seed = Seed { app, name, now: app.app.clock.now(), rows: Vec::new() };
    let roster = roster::write(&mut seed).await;
    let partner = partners::write(&mut seed, roster.district).await;
    placements::write(&mut seed, &roster, &partner).await;
    matching::write(&mut seed, &roster, &partner).await;
    let (district, partner) = (roster.district, partner.partner);
    let client = webhooks::write(&mut seed, district).await;
    jobs::write(&mut seed, district, client).await;
    sandbox::write(&mut seed, district).await;
    let public = reference::write(&mut seed).await;
    interests::write(&mut seed, &roster, &public).await;
    pathways::write(&mut seed, &roster, &public).await;
    seed.give_keys(district, partner).await;
    changes::write(&seed, district.into(), partner.into()).await;
    Side { district, partner, rows: seed.rows }
}

/// One side while it is written.
struct Seed<'a> {
    app: &'a TestApp,
    name: &'static str,
    now: DateTime<Utc>,
    rows: Vec<Row>,
}

impl Seed<'_> {
    /// A new key and the marker of its row.
    fn next<T: TypedId>(&mut self) -> (T, String) {
        let id: T = self.app.app.clock.id();
        let nth = self.rows.iter().filter(|row| row.prefix == T::PREFIX).count() + 1;
        let marker = format!("zz-{}-{}-{nth}", self.name, T::PREFIX);
        self.rows.push(Row { prefix: T::PREFIX, key: id.into(), marker: marker.clone() });
        (id, marker)
    }

    async fn put<M>(&self, row: M)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        <M::Entity as EntityTrait>::ActiveModel:
            ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let insert = M::Entity::insert(row.into_active_model());
        insert.exec_without_returning(self.app.app.db.writer()).await.expect("a row of the seed");
    }

    /// A key of another system for every row, given by the tenant that keeps the row.
    async fn give_keys(&self, district: DistrictId, partner: PartnerId) {
        for row in &self.rows {
            let of_partner = matches!(row.prefix, "partner" | "site" | "contact" | "opportunity");
            let tenants: &[Uuid] = match row.prefix {
                "placement" | "hours" => &[district.into(), partner.into()],
                _ if of_partner => &[partner.into()],
                _ => &[district.into()],
            };
            for tenant in tenants {
                let key = external_id::Model {
                    id: self.app.app.clock.id(),
                    tenant_id: *tenant,
                    kind: row.prefix.to_owned(),
                    system: "zz".to_owned(),
                    value: row.marker.clone(),
                    entity_id: row.key,
                    created_at: self.now,
                };
                self.put(key).await;
            }
        }
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the seed")
}
