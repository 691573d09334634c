//! Everything on its way out: all placements as a file, beside PostgreSQL's own `COPY … TO`.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures_util::TryStreamExt;
use serde_json::json;
use tokio::time::sleep;
use tokio_postgres::NoTls;

use super::{
    load::{float, median},
    questions::body,
    server::Server,
    usage,
};

/// How often the job is asked for.
const GLANCE: Duration = Duration::from_millis(20);

const EXPORT: &str = include_str!("../../documents/export.graphql");
const REQUEST: &str = include_str!("../../documents/export-request.graphql");
const JOB: &str = include_str!("../../documents/export-job.graphql");
/// The same rows and fields, as PostgreSQL writes them by itself.
const COPY: &str = "COPY (SELECT json_build_object('id', id, 'version', version, 'kind', kind, \
     'state', state, 'startsOn', starts_on, 'endsOn', ends_on, 'startedOn', started_on, \
     'endedOn', ended_on, 'goalMinutes', goal_minutes, 'isPaid', is_paid, \
     'createdAt', created_at, 'updatedAt', updated_at) FROM placement ORDER BY id) TO STDOUT";

/// What one export took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// Seconds from the request until the last byte has come.
    pub(super) seconds: f64,
    /// Lines of the file.
    pub(super) lines: u64,
    /// Megabytes of the file.
    pub(super) size: f64,
    /// The most memory that the server held meanwhile, in megabytes; nothing is known of `COPY`.
    pub(super) memory: f64,
}

/// Exports by a job and fetches its file.
pub(super) async fn by_job(server: Server) -> anyhow::Result<Taken> {
    let begun = Instant::now();
    let asked = server.ask(&body(REQUEST, json!({ "query": EXPORT }))).await?;
    let id = &asked["data"]["bulkExportCreate"]["job"]["id"];
    ensure!(id.is_string(), "the export was refused: {asked}");
    let job = loop {
        let mut found = server.ask(&body(JOB, json!({ "id": id }))).await?;
        let job = &mut found["data"]["job"];
        match job["state"].as_str() {
            Some("COMPLETED") => break job.take(),
            Some("QUEUED" | "RUNNING") => sleep(GLANCE).await,
            _ => anyhow::bail!("the export ended otherwise: {job}"),
        }
    };
    let bytes = server.fetch(job["resultUrl"].as_str().context("no file")?).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let lines = job["progress"]["processed"].as_str().context("no count")?.parse()?;
    let memory = float(usage::peak_memory(server.pid())?) / 1024.0;
    server.stop().await?;
    Ok(Taken { seconds, lines, size: float(bytes) / 1e6, memory })
}

/// Copies out of the database.
pub(super) async fn by_copy(address: &str) -> anyhow::Result<Taken> {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
    let connection = tokio::spawn(connection);
    let begun = Instant::now();
    let (mut lines, mut bytes) = (0, 0_u64);
    let rows = client.copy_out(COPY).await?;
    futures_util::pin_mut!(rows);
    while let Some(row) = rows.try_next().await? {
        lines += 1;
        bytes += row.len() as u64;
    }
    let seconds = begun.elapsed().as_secs_f64();
    drop(client);
    connection.await??;
    Ok(Taken { seconds, lines, size: float(bytes) / 1e6, memory: f64::NAN })
}

impl Taken {
    /// The median of each figure by itself.
    pub(super) fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure));
        Self {
            seconds: of(|one| one.seconds),
            lines: rounds.first().map_or(0, |one| one.lines),
            size: of(|one| one.size),
            memory: of(|one| one.memory),
        }
    }
}
