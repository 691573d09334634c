//! A crowd: as many rows of every table as a test wants, one statement for each table.
//!
//! Row `n` of a table follows from `n` alone, so a test can name any of them, add more and take
//! some away. The rows hang together as in life: a student's school lies in the student's district,
//! and whoever has children has several.

mod dialect;
mod joins;
mod tables;

use entity::id::{DistrictId, PartnerId};
use pathbridge::{auth::Tenant, store::Backend};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use super::{Actor, TestApp};
use dialect::Dialect;
use joins::JOINS;
use tables::TABLES;

/// How many of what.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The rows of each table.
    pub rows: usize,
    /// The districts that have schools, students and placements; a divisor of `schools`.
    pub districts: usize,
    /// The schools that have students.
    pub schools: usize,
    /// The partners that have sites, contacts, opportunities and placements.
    pub partners: usize,
    /// The districts that have agreements; each has `rows / affiliated` of them.
    pub affiliated: usize,
    /// The different values of a name, a day or an instant.
    pub values: usize,
}

impl Scale {
    /// As in production: many tenants, each with its share.
    pub const LARGE: Self = Self {
        rows: 100_000,
        districts: 10,
        schools: 500,
        partners: 2_000,
        affiliated: 1_000,
        values: 7_919,
    };
    /// Pages of fifty of everything, and several children for everybody.
    pub const MEDIUM: Self =
        Self { rows: 600, districts: 2, schools: 60, partners: 60, affiliated: 6, values: 50 };
    /// A list that is soon walked, with few different values.
    pub const SMALL: Self =
        Self { rows: 20, districts: 2, schools: 4, partners: 4, affiliated: 2, values: 5 };
}

/// The rows of a test.
#[derive(Clone, Copy)]
pub struct Crowd<'a> {
    test: &'a TestApp,
    scale: Scale,
}

impl<'a> Crowd<'a> {
    /// Writes every table. Keys are not checked from here on: rows may come and go in any order.
    pub async fn gather(test: &'a TestApp, scale: Scale) -> Self {
        let crowd = Self { test, scale };
        crowd.run(crowd.dialect().in_haste()).await;
        // An index is built ten times faster over rows that are there.
        let indexes = crowd.take_indexes().await;
        for (table, _) in TABLES {
            crowd.add(table, 0..scale.rows).await;
        }
        for (table, columns) in JOINS {
            crowd.run(&crowd.dialect().insert(table, columns, &(0..scale.rows))).await;
        }
        crowd.run(&indexes.join(";")).await;
        crowd
    }

    /// Drops every index but those of primary keys, and answers what makes them again.
    async fn take_indexes(&self) -> Vec<String> {
        let writer = self.test.app.db.writer();
        let listed = self.dialect().indexes();
        let found =
            writer.query_all_raw(Statement::from_string(writer.get_database_backend(), listed));
        let found = found.await.expect("the indexes");
        let text = |row: &QueryResult, column| row.try_get::<String>("", column).expect("a text");
        let drops: Vec<_> =
            found.iter().map(|row| format!("DROP INDEX \"{}\"", text(row, "name"))).collect();
        self.run(&drops.join(";")).await;
        found.iter().map(|row| text(row, "sql")).collect()
    }

    /// Writes these rows of a table.
    pub async fn add(&self, table: &str, rows: std::ops::Range<usize>) {
        let (_, columns) = TABLES.iter().find(|(name, _)| *name == table).expect("a table");
        let columns = format!(
            "id = {table}[n]\ncreated_at = instant[n]\nupdated_at = instant[any[31]]\n\
             version = 1\n{columns}"
        );
        self.run(&self.dialect().insert(table, &columns, &rows)).await;
    }

    /// Takes the row with this key away.
    pub async fn remove(&self, table: &str, key: Uuid) {
        let key = match self.test.app.db.backend() {
            Backend::Sqlite => format!("x'{}'", key.simple()),
            Backend::Postgres => format!("'{key}'"),
        };
        self.run(&format!("DELETE FROM {table} WHERE id = {key}")).await;
    }

    /// Makes the jobs of a tenant those of one client, which sees no others.
    pub async fn hand_jobs_to(&self, actor: &Actor) {
        let (column, tenant) = match actor.caller.tenant {
            Tenant::District(id) => ("district_id", id.0),
            Tenant::Partner(id) => ("partner_id", id.0),
            Tenant::Platform => return,
        };
        let key = |key: Uuid| match self.test.app.db.backend() {
            Backend::Sqlite => format!("x'{}'", key.simple()),
            Backend::Postgres => format!("'{key}'"),
        };
        let (client, tenant) = (key(actor.caller.client.0), key(tenant));
        self.run(&format!("UPDATE job SET client_id = {client} WHERE {column} = {tenant}")).await;
    }

    /// Tells the planner what is in the tables, as the housekeeping of a database does.
    pub async fn analyze(&self) {
        self.run(self.dialect().housekeeping()).await;
    }

    /// The district of this number.
    pub fn district(n: usize) -> DistrictId {
        DistrictId(key("district", n))
    }

    /// The partner of this number; the first one works with every district.
    pub fn partner(n: usize) -> PartnerId {
        PartnerId(key("partner", n))
    }

    fn dialect(&self) -> Dialect {
        Dialect { backend: self.test.app.db.backend(), scale: self.scale }
    }

    async fn run(&self, sql: &str) {
        let done = self.test.app.db.writer().execute_unprepared(sql).await;
        done.unwrap_or_else(|cause| panic!("{cause}\n{sql}"));
    }
}

/// The key of a table's row of this number.
fn key(table: &str, n: usize) -> Uuid {
    let n = u128::try_from(n).expect("a row's number is small");
    Uuid::from_u128(u128::from(tables::ordinal(table)) << 120 | n)
}
