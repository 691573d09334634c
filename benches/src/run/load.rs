//! Load on one server, and what it costs.

use std::{fs, path::Path, process::Stdio};

use anyhow::{Context, ensure};
use tokio::process::Command;

use super::{
    questions::fresh,
    server::Server,
    usage::{self, Cpu},
};

/// How hard and how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strength {
    /// Connections that ask at once.
    pub(super) connections: u32,
    /// Seconds that count.
    pub(super) seconds: u32,
}

/// What was measured in one round, or the medians of several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figures {
    /// Requests per second.
    pub(super) rate: f64,
    /// Milliseconds within which half of the requests were answered.
    pub(super) p50: f64,
    /// Milliseconds within which 99 of 100 were.
    pub(super) p99: f64,
    /// Processor milliseconds of the server for one request.
    pub(super) server: f64,
    /// Processor milliseconds of the database server for one request.
    pub(super) database: f64,
    /// The most memory that the server held, in megabytes.
    pub(super) memory: f64,
}

/// Sends the bodies for a while; first a shorter while that does not count.
pub(super) async fn load(
    server: &Server,
    bodies: &[String],
    strength: Strength,
    postmaster: u32,
    folder: &Path,
) -> anyhow::Result<Figures> {
    let (script, questions) = (folder.join("load.lua"), folder.join("bodies"));
    fs::write(&script, include_str!("load.lua"))?;
    let bodies = bodies.join("\n");
    fs::write(&questions, fresh(&bodies))?;
    let warm = Strength { seconds: (strength.seconds / 4).max(2), ..strength };
    wrk(server, &script, &questions, warm).await?;
    fs::write(&questions, fresh(&bodies))?;
    let before = (Cpu::of(server.pid())?, Cpu::of_family(postmaster)?);
    let measured = wrk(server, &script, &questions, strength).await?;
    ensure!(measured.requests > 0.0, "no request was answered; the machine is too busy");
    let cpu = (Cpu::of(server.pid())? - before.0, Cpu::of_family(postmaster)? - before.1);
    Ok(Figures {
        rate: measured.requests / measured.seconds,
        p50: measured.p50,
        p99: measured.p99,
        server: float(cpu.0.0) / measured.requests,
        database: float(cpu.1.0) / measured.requests,
        memory: float(usage::peak_memory(server.pid())?) / 1024.0,
    })
}

struct Measured {
    requests: f64,
    seconds: f64,
    p50: f64,
    p99: f64,
}

async fn wrk(
    server: &Server,
    script: &Path,
    questions: &Path,
    strength: Strength,
) -> anyhow::Result<Measured> {
    let mut command = Command::new("wrk");
    command.arg("--threads=1").arg("--latency").arg("--timeout=10s");
    command.arg(format!("--connections={}", strength.connections));
    command.arg(format!("--duration={}s", strength.seconds));
    command.arg("--script").arg(script).arg(&server.url).arg("--").arg(questions);
    command.args(&server.token).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.context("wrk is not installed; scripts/bench does it")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    parse(&printed).with_context(|| {
        format!("wrk printed: {printed}{}", String::from_utf8_lossy(&output.stderr))
    })
}

/// What the script prints when it is done; any failed request is an error.
fn parse(printed: &str) -> anyhow::Result<Measured> {
    let line = printed.lines().find_map(|line| line.strip_prefix("measured "));
    let numbers: Result<Vec<u64>, _> =
        line.context("no figures")?.split(' ').map(str::parse).collect();
    let [requests, micros, p50, p99, failed] = numbers?[..] else {
        anyhow::bail!("five figures are expected");
    };
    ensure!(failed == 0, "{failed} requests failed beside {requests} answered");
    Ok(Measured {
        requests: float(requests),
        seconds: float(micros) / 1e6,
        p50: float(p50) / 1e3,
        p99: float(p99) / 1e3,
    })
}

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "nothing here is counted in quadrillions")]
pub(super) fn float(number: u64) -> f64 {
    number as f64
}

/// The one in the middle.
pub(super) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = figures.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Figures {
    /// The median of each figure by itself.
    pub(super) fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure));
        Self {
            rate: of(|one| one.rate),
            p50: of(|one| one.p50),
            p99: of(|one| one.p99),
            server: of(|one| one.server),
            database: of(|one| one.database),
            memory: of(|one| one.memory),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, parse};

    #[test]
    fn figures_of_the_script_are_read_and_failures_refused() {
        let measured = parse("Running 2s test\nmeasured 1000 2000000 5000 9000 0\n").unwrap();
        assert!((measured.requests / measured.seconds - 500.0).abs() < 1e-9);
        assert!((measured.p99 - 9.0).abs() < 1e-9);
        assert!(parse("measured 1000 2000000 5000 9000 3").is_err());
        assert!(parse("unable to connect").is_err());
    }

    #[test]
    fn each_figure_has_its_own_median() {
        let round =
            |rate, p99| Figures { rate, p50: 1.0, p99, server: 1.0, database: 1.0, memory: 1.0 };
        let median = Figures::median(&[round(3.0, 1.0), round(1.0, 2.0), round(2.0, 9.0)]);
        assert!((median.rate - 2.0).abs() < 1e-9 && (median.p99 - 2.0).abs() < 1e-9);
    }
}
