//! Time that stands still until a test moves it, and randomness that repeats.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use pathbridge::clock::{Clock, Source};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// The morning on which every test begins.
const START: &str = "2026-09-01T08:00:00Z";
/// Every test draws the same numbers in the same order.
const SEED: u64 = 1;

/// A clock in the test's hand; its copies tell the same time.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<State>>);

struct State {
    now: DateTime<Utc>,
    random: ChaCha8Rng,
}

impl TestClock {
    /// A clock that shows the start of every test.
    pub fn new() -> Self {
        let now = START.parse().expect("the start is a time");
        Self(Arc::new(Mutex::new(State { now, random: ChaCha8Rng::seed_from_u64(SEED) })))
    }

    /// The clock as the house takes it.
    pub fn clock(&self) -> Clock {
        Clock::new(self.clone())
    }

    /// Lets time pass.
    pub fn advance(&self, by: TimeDelta) {
        self.with(|state| state.now += by);
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Source for TestClock {
    fn now(&self) -> DateTime<Utc> {
        self.with(|state| state.now)
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.with(|state| state.random.fill_bytes(bytes));
    }
}
