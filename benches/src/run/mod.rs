//! The run: everything is started, measured in turn, and told in tables.
//!
//! Each server is measured alone, freshly started, in every round; the rounds go through all of
//! them, so that a slow minute of the machine meets all alike. What is told is the median of the
//! rounds.

mod check;
mod cluster;
mod goals;
mod load;
mod peer;
mod questions;
mod report;
mod server;
mod stage;
mod table;
mod usage;

use std::{collections::HashMap, fs, net::TcpListener, path::PathBuf};

use clap::Args;

use load::{Figures, Strength};
use peer::Work;
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
    /// The share of the full set of rows.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
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

/// Measures everything and tells it.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let stage = Stage::set(&arguments).await?;
    let works = peer::works(arguments.postgraphile.is_some());
    let bodies = all_bodies(&stage, &works).await?;
    check::same_answers(&stage, &works, &bodies).await?;
    let strength = Strength { connections: arguments.connections, seconds: arguments.seconds };
    let mut rounds: HashMap<Work, Vec<Figures>> = HashMap::new();
    for round in 1..=arguments.rounds {
        for work in &works {
            let figures = measure(&stage, *work, &bodies[work], strength).await?;
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
    let medians = rounds.iter().map(|(work, all)| (*work, Figures::median(all))).collect();
    let report = Report { medians, sizes: stage.sizes.clone(), rounds: arguments.rounds, strength };
    let told = report.markdown(&arguments.command);
    println!("{told}");
    if let Some(file) = &arguments.results {
        fs::write(file, told)?;
    }
    Ok(())
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
    server.ask(&bodies[0]).await?;
    server.stop().await?;
    Ok(figures)
}

/// A port of loopback that nobody uses.
fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
