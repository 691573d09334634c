//! Measures Pathbridge: the same rows, the same answer, several servers in turn.
//!
//! Times alone say nothing on a machine that others use. So every figure stands beside the figure
//! of a hand-written server, taken in the same run on the same rows; what counts is the ratio.

mod data;
mod handwritten;
mod pathbridge;

use clap::{Parser, Subcommand};

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
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Data(arguments) => data::run(&arguments).await,
        Command::Handwritten(arguments) => handwritten::run(arguments).await,
    }
}
