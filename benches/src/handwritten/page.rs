//! One connection, and how a page is read over it.

use std::collections::HashMap;

use anyhow::Context;
use tokio_postgres::{Client, Row, Statement};
use uuid::Uuid;

use super::{
    answer::{Answer, Connection, Data, Mentor, PageInfo, Partner, Placement, Student, TimeEntry},
    statements,
};

/// How many placements a page has.
const PAGE: usize = 50;

/// A connection with its statements prepared.
pub(super) struct Reader {
    client: Client,
    placements: Statement,
    students: Statement,
    partners: Statement,
    mentors: Statement,
    time_entries: Statement,
}

impl Reader {
    /// Connects and prepares.
    pub(super) async fn connect(url: &str) -> anyhow::Result<Self> {
        let client = super::connect(url).await?;
        Ok(Self {
            placements: client.prepare(statements::PLACEMENTS).await?,
            students: client.prepare(statements::STUDENTS).await?,
            partners: client.prepare(statements::PARTNERS).await?,
            mentors: client.prepare(statements::MENTORS).await?,
            time_entries: client.prepare(statements::TIME_ENTRIES).await?,
            client,
        })
    }

    /// The key of a district.
    pub(super) async fn district(&self, slug: &str) -> anyhow::Result<Uuid> {
        let row = self.client.query_opt(statements::DISTRICT, &[&slug]).await?;
        Ok(row.with_context(|| format!("there is no district {slug}"))?.try_get(0)?)
    }

    /// The placements of a district behind a key, as JSON.
    pub(super) async fn page(&self, district: Uuid, after: Uuid) -> anyhow::Result<Vec<u8>> {
        let mut placements = self.client.query(&self.placements, &[&district, &after]).await?;
        let has_next_page = placements.len() > PAGE;
        placements.truncate(PAGE);
        let others = self.others(&placements).await?;
        let nodes = others.beside(&placements)?;
        let end_cursor = placements.last().map(|row| row.try_get(0)).transpose()?;
        let page_info = PageInfo { has_next_page, end_cursor };
        let answer = Answer { data: Data { placements: Connection { nodes, page_info } } };
        let mut json = Vec::with_capacity(64 * 1024);
        serde_json::to_writer(&mut json, &answer)?;
        Ok(json)
    }

    /// Sends four statements at once; their answers come one behind the other.
    async fn others(&self, placements: &[Row]) -> anyhow::Result<Others> {
        let (ids, students) = (column(placements, 0)?, column(placements, 8)?);
        let (partners, mentors) = (column(placements, 9)?, column(placements, 10)?);
        let client = &self.client;
        let (students, partners, mentors, time_entries) = tokio::try_join!(
            async { client.query(&self.students, &[&students]).await },
            async { client.query(&self.partners, &[&partners]).await },
            async { client.query(&self.mentors, &[&mentors]).await },
            async { client.query(&self.time_entries, &[&ids]).await },
        )?;
        Ok(Others { students, partners, mentors, time_entries })
    }
}

/// The rows that the placements of a page refer to, or that refer to them.
struct Others {
    students: Vec<Row>,
    partners: Vec<Row>,
    mentors: Vec<Row>,
    time_entries: Vec<Row>,
}

impl Others {
    fn beside<'a>(&'a self, rows: &'a [Row]) -> anyhow::Result<Vec<Placement<'a>>> {
        let students = by_key(&self.students, Student::read)?;
        let partners = by_key(&self.partners, Partner::read)?;
        let mentors = by_key(&self.mentors, Mentor::read)?;
        let mut placements = Vec::with_capacity(rows.len());
        let mut places = HashMap::with_capacity(rows.len());
        for row in rows {
            places.insert(row.try_get::<_, Uuid>(0)?, placements.len());
            let mut placement = Placement::read(row)?;
            placement.student = students.get(&row.try_get(8)?).copied();
            placement.partner = partners.get(&row.try_get(9)?).copied();
            let mentor: Option<Uuid> = row.try_get(10)?;
            placement.mentor = mentor.and_then(|mentor| mentors.get(&mentor).copied());
            placements.push(placement);
        }
        for row in &self.time_entries {
            let place = places.get(&row.try_get(0)?).context("hours of no placement asked for")?;
            placements[*place].time_entries.nodes.push(TimeEntry::read(row)?);
        }
        Ok(placements)
    }
}

/// The keys of a column, without those that are missing.
fn column(rows: &[Row], index: usize) -> anyhow::Result<Vec<Uuid>> {
    let keys: Result<Vec<Option<Uuid>>, _> = rows.iter().map(|row| row.try_get(index)).collect();
    Ok(keys?.into_iter().flatten().collect())
}

fn by_key<'a, T>(
    rows: &'a [Row],
    read: impl Fn(&'a Row) -> Result<T, tokio_postgres::Error>,
) -> anyhow::Result<HashMap<Uuid, T>> {
    let pairs = rows.iter().map(|row| Ok((row.try_get(0)?, read(row)?)));
    pairs.collect()
}
