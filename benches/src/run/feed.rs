//! How long after its commit a change is told: a client writes at a steady pace and another one
//! pulls the log of changes all the while.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep, timeout},
};

use super::{
    load::{float, median},
    questions::{body, fresh},
    server::Server,
};

/// Writes in a second.
pub(super) const PACE: u32 = 500;
/// The follower rests so long between two pages.
const REST: Duration = Duration::from_millis(10);
/// Nobody waits longer than that for the last change.
const PATIENCE: Duration = Duration::from_secs(30);

const NOW: &str = "{ changeCursorNow }";
const CHANGES: &str = include_str!("../../documents/changes.graphql");

/// What was measured in one round, or the medians of several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Delay {
    /// Writes in a second that were answered.
    pub(super) rate: f64,
    /// Milliseconds within which half of the changes were told.
    pub(super) p50: f64,
    /// Milliseconds within which 99 of 100 were.
    pub(super) p99: f64,
    /// Milliseconds that the last one took.
    pub(super) most: f64,
}

/// A row and the version that a write gave it.
type Change = (String, String);

/// When each change was known to be committed, and when it was told.
#[derive(Debug, Default)]
struct Book {
    committed: HashMap<Change, Instant>,
    told: HashMap<Change, Instant>,
}

/// Writes for so many seconds, each body once, and follows.
pub(super) async fn measure(
    server: Server,
    bodies: &[String],
    seconds: u32,
) -> anyhow::Result<Delay> {
    let count = usize::try_from(PACE * seconds)?;
    ensure!(bodies.len() >= count, "there are too few students for so many writes");
    let bodies: Vec<String> =
        fresh(&bodies[..count].join("\n")).lines().map(str::to_owned).collect();
    let (server, book) = (Arc::new(server), Arc::new(Mutex::new(Book::default())));
    let is_over = Arc::new(AtomicBool::new(false));
    let from = server.ask(&body(NOW, json!({}))).await?["data"]["changeCursorNow"].take();
    let follower = follow(Arc::clone(&server), from, Arc::clone(&book), Arc::clone(&is_over));
    let follower = tokio::spawn(follower);
    let begun = Instant::now();
    write(&server, bodies, &book).await?;
    let rate = float(count.try_into()?) / begun.elapsed().as_secs_f64();
    is_over.store(true, Ordering::Relaxed);
    timeout(PATIENCE, follower).await.context("changes are missing")???;
    let book = book.lock().unwrap_or_else(PoisonError::into_inner);
    Delay::of(&book, rate)
}

/// Sends one body after the other at the pace, whether those before it were answered or not.
async fn write(
    server: &Arc<Server>,
    bodies: Vec<String>,
    book: &Arc<Mutex<Book>>,
) -> anyhow::Result<()> {
    let mut pace = interval(Duration::from_secs(1) / PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut writes = JoinSet::new();
    for body in bodies {
        pace.tick().await;
        let (server, book) = (Arc::clone(server), Arc::clone(book));
        writes.spawn(async move {
            let mut answer = server.ask(&body).await?;
            let answered = Instant::now();
            let student = &mut answer["data"]["studentUpdate"]["student"];
            let change = change(&student["id"], &student["version"])?;
            let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
            book.committed.insert(change, answered);
            anyhow::Ok(())
        });
    }
    while let Some(written) = writes.join_next().await {
        written??;
    }
    Ok(())
}

/// Pulls until every write is answered and told.
async fn follow(
    server: Arc<Server>,
    from: Value,
    book: Arc<Mutex<Book>>,
    is_over: Arc<AtomicBool>,
) -> anyhow::Result<()> {
    let mut after = from;
    loop {
        let mut answer = server.ask(&body(CHANGES, json!({ "after": after }))).await?;
        let seen = Instant::now();
        let page = &mut answer["data"]["changes"];
        after = page["nextCursor"].take();
        {
            let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
            for node in page["nodes"].as_array().context("no changes")? {
                book.told.insert(change(&node["entityId"], &node["version"])?, seen);
            }
            if is_over.load(Ordering::Relaxed)
                && book.committed.keys().all(|change| book.told.contains_key(change))
            {
                return Ok(());
            }
        }
        sleep(REST).await;
    }
}

fn change(id: &Value, version: &Value) -> anyhow::Result<Change> {
    let text = |value: &Value| value.as_str().map(str::to_owned).context("no text");
    Ok((text(id)?, text(version)?))
}

impl Delay {
    fn of(book: &Book, rate: f64) -> anyhow::Result<Self> {
        // A change that is told before its writer has its answer took no time.
        let delay = |(change, at): (&Change, &Instant)| {
            let told = book.told.get(change).context("a change was never told")?;
            anyhow::Ok(told.saturating_duration_since(*at).as_secs_f64() * 1e3)
        };
        let mut all = book.committed.iter().map(delay).collect::<anyhow::Result<Vec<_>>>()?;
        all.sort_by(f64::total_cmp);
        let at = |share: usize| all.get(all.len() * share / 100).copied();
        let (Some(p50), Some(p99), Some(most)) = (at(50), at(99), all.last().copied()) else {
            anyhow::bail!("nothing was written");
        };
        Ok(Self { rate, p50, p99, most })
    }

    /// The median of each figure by itself.
    pub(super) fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure));
        Self {
            rate: of(|one| one.rate),
            p50: of(|one| one.p50),
            p99: of(|one| one.p99),
            most: of(|one| one.most),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Book, Delay};

    #[test]
    fn a_delay_runs_from_the_answer_to_the_telling() {
        let (mut book, start) = (Book::default(), Instant::now());
        for n in 0..100 {
            let change = (format!("student_{n}"), "2".to_owned());
            book.committed.insert(change.clone(), start);
            book.told.insert(change, start + Duration::from_millis(n));
        }
        let delay = Delay::of(&book, 500.0).unwrap();
        assert!((delay.p50 - 50.0).abs() < 1e-6 && (delay.most - 99.0).abs() < 1e-6, "{delay:?}");
        book.told.clear();
        assert!(Delay::of(&book, 500.0).is_err());
    }
}
