//! The run: everything is started, measured in turn, and told in tables.
//!
//! Each server is measured alone, freshly started, in every round; the rounds go through all of
//! them, so that a slow minute of the machine meets all alike. What is told is the median of the
//! rounds.

mod check;
mod cluster;
mod export;
mod feed;
mod goals;
mod import;
mod load;
mod peer;
mod questions;
mod report;
mod server;
mod stage;
mod table;
mod usage;

use std::{collections::HashMap, fs, net::TcpListener, path::PathBuf};

use clap::{Args, ValueEnum};

use feed::Delay;
use import::{Importer, Twice};
use load::{Figures, Strength};
use peer::{Base, Peer, Question, Work};
use report::Report;
use stage::Stage;

/// What to measure, how long, and where to write it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The `pathbridge` binary, built for release.
    #[arg(long, value_name = "FILE")]
    binary: PathBuf,
    /// The folder whose `node_modules` hold PostGraphile and its Node; without it, it is left out.
    #[arg(long, value_name = "DIR")]
    postgraphile: Option<PathBuf>,
    /// Measure one part only.
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    /// The share of the full set of rows.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// The students of the bundle that is imported; else half of those of the set.
    #[arg(long, value_name = "NUMBER")]
    students: Option<u64>,
    /// How often everything is measured.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Seconds of load for each server in each round.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Connections that ask at once.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    connections: u32,
    /// The command to name in the results.
    #[arg(long, default_value = "bench run")]
    command: String,
    /// The file to write the results to; they are printed in any case.
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
}

/// A part of the bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Servers that are asked.
    Reads,
    /// Changes that are told.
    Feed,
    /// Everything that goes out as a file.
    Exports,
    /// Rosters that come in.
    Imports,
}

/// Measures everything and tells it.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut stage = Stage::set(&arguments).await?;
    let wants = |part| arguments.only.is_none_or(|only| only == part);
    let imports =
        if wants(Part::Imports) { measure_imports(&stage, &arguments).await? } else { None };
    let (mut medians, mut feed, mut exports) =
        <(HashMap<_, _>, HashMap<_, _>, HashMap<_, _>)>::default();
    if wants(Part::Reads) || wants(Part::Feed) || wants(Part::Exports) {
        stage.fill().await?;
    }
    if wants(Part::Reads) {
        medians = measure_reads(&stage, &arguments).await?;
    }
    if wants(Part::Feed) {
        feed = measure_feed(&stage, &arguments).await?;
    }
    if wants(Part::Exports) {
        exports = measure_exports(&stage, &arguments).await?;
    }
    let strength = arguments.strength();
    let (sizes, rounds) = (stage.sizes.clone(), arguments.rounds);
    let report = Report { medians, feed, exports, imports, sizes, rounds, strength };
    let told = report.markdown(&arguments.command);
    println!("{told}");
    if let Some(file) = &arguments.results {
        fs::write(file, told)?;
    }
    Ok(())
}

impl Arguments {
    fn strength(&self) -> Strength {
        Strength { connections: self.connections, seconds: self.seconds }
    }
}

async fn measure_imports(
    stage: &Stage,
    arguments: &Arguments,
) -> anyhow::Result<Option<(u64, HashMap<Importer, Twice>)>> {
    let imports = stage.imports(arguments.students).await?;
    let mut rounds: HashMap<Importer, Vec<Twice>> = HashMap::new();
    for round in 1..=arguments.rounds {
        for importer in Importer::ALL {
            let twice = imports.twice(importer, &stage.cluster).await?;
            let [first, again] = twice.map(|taken| taken.seconds);
            eprintln!(
                "bench: round {round} of {}: import, {}: {first:.1} s, again {again:.1} s",
                arguments.rounds,
                importer.name(),
            );
            rounds.entry(importer).or_default().push(twice);
        }
    }
    let medians = rounds.iter().map(|(one, all)| (*one, import::medians(all))).collect();
    Ok(Some((imports.students, medians)))
}

async fn measure_reads(
    stage: &Stage,
    arguments: &Arguments,
) -> anyhow::Result<HashMap<Work, Figures>> {
    let works = peer::works(arguments.postgraphile.is_some());
    let bodies = all_bodies(stage, &works).await?;
    check::same_answers(stage, &works, &bodies).await?;
    let mut rounds: HashMap<Work, Vec<Figures>> = HashMap::new();
    for round in 1..=arguments.rounds {
        for work in &works {
            let figures = measure(stage, *work, &bodies[work], arguments.strength()).await?;
            let (peer, base, question) = *work;
            eprintln!(
                "bench: round {round} of {}: {}, {} set, {}: {:.0} requests/s",
                arguments.rounds,
                question.name(),
                base.name(),
                peer.name(),
                figures.rate
            );
            rounds.entry(*work).or_default().push(figures);
        }
    }
    Ok(rounds.iter().map(|(work, all)| (*work, Figures::median(all))).collect())
}

async fn measure_feed(
    stage: &Stage,
    arguments: &Arguments,
) -> anyhow::Result<HashMap<Peer, Delay>> {
    let mut rounds: HashMap<Peer, Vec<Delay>> = HashMap::new();
    for round in 1..=arguments.rounds {
        for peer in [Peer::Postgres, Peer::Sqlite] {
            let server = stage.start(peer, Base::Full).await?;
            let work = (peer, Base::Full, Question::Write);
            let bodies = questions::bodies(&server, work, &stage.sizes[&Base::Full]).await?;
            let delay = feed::measure(server, &bodies, arguments.seconds).await?;
            eprintln!(
                "bench: round {round} of {}: changes told, {}: p99 {:.0} ms at {:.0} writes/s",
                arguments.rounds,
                peer.name(),
                delay.p99,
                delay.rate
            );
            rounds.entry(peer).or_default().push(delay);
        }
    }
    Ok(rounds.iter().map(|(peer, all)| (*peer, Delay::median(all))).collect())
}

/// Who sends everything out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Exporter {
    /// PostgreSQL by itself.
    Copy,
    /// Pathbridge on PostgreSQL.
    Postgres,
    /// Pathbridge on SQLite.
    Sqlite,
}

impl Exporter {
    /// All, in the order of a round.
    const ALL: [Self; 3] = [Self::Copy, Self::Postgres, Self::Sqlite];

    /// As the tables name it.
    fn name(self) -> &'static str {
        match self {
            Self::Copy => "COPY … TO, PostgreSQL",
            Self::Postgres => "Pathbridge, PostgreSQL",
            Self::Sqlite => "Pathbridge, SQLite",
        }
    }
}

async fn measure_exports(
    stage: &Stage,
    arguments: &Arguments,
) -> anyhow::Result<HashMap<Exporter, export::Taken>> {
    let mut rounds: HashMap<Exporter, Vec<export::Taken>> = HashMap::new();
    for round in 1..=arguments.rounds {
        for exporter in Exporter::ALL {
            let taken = match exporter {
                Exporter::Copy => export::by_copy(&stage.cluster.url(Base::Full.name())).await?,
                Exporter::Postgres => export::by_job(stage.operated(false).await?).await?,
                Exporter::Sqlite => export::by_job(stage.operated(true).await?).await?,
            };
            eprintln!(
                "bench: round {round} of {}: export, {}: {:.2} s",
                arguments.rounds,
                exporter.name(),
                taken.seconds
            );
            rounds.entry(exporter).or_default().push(taken);
        }
    }
    Ok(rounds.iter().map(|(one, all)| (*one, export::Taken::median(all))).collect())
}

async fn all_bodies(stage: &Stage, works: &[Work]) -> anyhow::Result<HashMap<Work, Vec<String>>> {
    let mut all = HashMap::new();
    for work in works {
        let server = stage.start(work.0, work.1).await?;
        all.insert(*work, questions::bodies(&server, *work, &stage.sizes[&work.1]).await?);
        server.stop().await?;
    }
    Ok(all)
}

async fn measure(
    stage: &Stage,
    work: Work,
    bodies: &[String],
    strength: Strength,
) -> anyhow::Result<Figures> {
    let server = stage.start(work.0, work.1).await?;
    let postmaster = stage.cluster.pid();
    let figures = load::load(&server, bodies, strength, postmaster, stage.folder()).await?;
    // Load hides errors inside well-formed answers; asking once more brings them to light.
    server.ask(&questions::fresh(&bodies[0])).await?;
    server.stop().await?;
    Ok(figures)
}

/// A port of loopback that nobody uses.
fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
