//! Measures Pathbridge: the same rows, the same answer, several servers in turn.
//!
//! Times alone say nothing on a machine that others use. So every figure stands beside the figure
//! of a hand-written server, taken in the same run on the same rows; what counts is the ratio.

mod data;
mod handwritten;
mod id;
mod import;
mod pathbridge;
mod run;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Pathbridge against a hand-written server and PostGraphile on the same rows.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the tables and fill them.
    Data(data::Arguments),
    /// Serve the sync page as a server written by hand does, without any check.
    Handwritten(handwritten::Arguments),
    /// Bring a bundle of students in as an import written by hand does, without any check.
    Import(import::Arguments),
    /// Start everything, measure it in turn and print the tables.
    Run(run::Arguments),
}

impl Command {
    async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Data(arguments) => data::run(&arguments).await,
            Self::Handwritten(arguments) => handwritten::run(arguments).await,
            Self::Import(arguments) => import::run(arguments).await,
            Self::Run(arguments) => run::run(arguments).await,
        }
    }
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let done = tokio::runtime::Runtime::new().map_err(Into::into).and_then(|runtime| {
        let done = runtime.block_on(async {
            // Dropping the work ends what it started and removes what it made.
            tokio::select! {
                done = command.run() => done,
                () = told_to_stop() => Err(anyhow::anyhow!("stopped")),
            }
        });
        runtime.shutdown_background();
        done
    });
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("bench: {error:#}");
    ExitCode::FAILURE
}

async fn told_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
