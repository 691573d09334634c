//! The clock of the story: it shows the day that is being told.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::clock::{Clock, Source};

/// A clock that the story moves; its copies tell the same time.
///
/// Randomness is that of the real clock: the secrets of a demo are as hard to guess as any.
#[derive(Clone)]
pub struct StoryClock {
    now: Arc<Mutex<DateTime<Utc>>>,
    real: Clock,
}

impl StoryClock {
    /// A clock that shows the start of the story.
    pub fn new(start: DateTime<Utc>, real: Clock) -> Self {
        Self { now: Arc::new(Mutex::new(start)), real }
    }

    /// The clock as the house takes it.
    pub fn clock(&self) -> Clock {
        Clock::new(self.clone())
    }

    /// Moves on to an instant; time never runs back.
    pub fn move_to(&self, instant: DateTime<Utc>) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = instant.max(*now);
    }
}

impl Source for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.real.fill(bytes);
    }
}
