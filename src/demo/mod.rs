//! A small world to try the API on: two districts, a college, five partners, and two years and more
//! of what happened between them.
//!
//! Nothing in it is real, and nothing is left to chance: the same seed gives the same people, the
//! same classes and the same placements, with dates around today. First everything is planned as
//! pure data; then the plan is told scene by scene through the services that the API's mutations
//! call, in the name of the clients that would have called them, at the time at which it happened.
//! So the demo keeps every rule of the house, and its rows are as old as they look.

mod calendar;
mod cast;
mod clock;
mod courses;
mod credentials;
mod dice;
mod districts;
mod names;
mod partners;
mod pathways;
mod person;
mod plan;
mod story;

pub use cast::{Cast, Roles, roles};
pub use credentials::{Credential, curl, table, to_json};

use crate::{app::App, error::Result};
use districts::DISTRICTS;
use plan::Plan;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// About how many students there are; everything else follows from them.
    pub students: usize,
    /// What all chance comes from.
    pub seed: u64,
}

/// What was made.
#[derive(Debug)]
pub struct Demo {
    /// The clients, one for each role, with their secrets.
    pub credentials: Vec<Credential>,
    /// How many students there are, those who left included.
    pub students: usize,
    /// How many placements there are.
    pub placements: usize,
    /// How many days of hours were handed in.
    pub hours: usize,
}

/// Hears how many of how many scenes have been told.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Send + Sync);

/// Fills an empty, migrated database.
pub async fn build(app: &App, options: Options, progress: Progress<'_>) -> Result<Demo> {
    let plan = Plan::new(&DISTRICTS, options.seed, options.students, app.clock.now());
    story::tell(app, &plan, None, progress).await
}

/// Tells the same story of one district, with these tenants: they are there, with nothing of theirs.
pub async fn fill(app: &App, cast: Cast, options: Options) -> Result<Demo> {
    let plan = Plan::new(&DISTRICTS[..1], options.seed, options.students, app.clock.now());
    story::tell(app, &plan, Some(cast), &|_, _| {}).await
}
