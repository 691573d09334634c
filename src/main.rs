//! The `pathbridge` command.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever the causes are made of: operators grep.
            let line: Vec<_> =
                format!("{error:#}").lines().map(str::trim).map(String::from).collect();
            eprintln!("pathbridge: {}", line.join(" "));
            ExitCode::FAILURE
        }
    }
}
