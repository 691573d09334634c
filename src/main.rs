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
            eprintln!("pathbridge: {}", one_line(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error and its causes on one line, because operators grep. A library often repeats the
/// cause in its own words; the line does not.
fn one_line(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain() {
        let words = cause.to_string();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !told.contains(&words) {
            let sign = if told.is_empty() { "" } else { ": " };
            told = format!("{told}{sign}{words}");
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    #[test]
    fn an_error_is_one_line_that_says_nothing_twice() {
        let error = anyhow!("the disk\nis full").context("a file: the disk is full");
        let error = error.context("no start");
        assert_eq!(super::one_line(&error), "no start: a file: the disk is full");
    }
}
