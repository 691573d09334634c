//! Time and new ids, injected: a test holds both in its hand.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use entity::id::TypedId;
use uuid::Builder;

/// Where the time and the random part of ids come from.
pub trait Source: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Unpredictable bytes, or reproducible ones in a test or a demo.
    fn fill(&self, bytes: &mut [u8]);
}

/// The clock that the whole house asks.
#[derive(Clone)]
pub struct Clock {
    source: Arc<dyn Source>,
    last: Arc<Mutex<Last>>,
}

impl Clock {
    /// A clock over any source.
    pub fn new(source: impl Source) -> Self {
        Self { source: Arc::new(source), last: Arc::default() }
    }

    /// The clock of the machine, with the randomness of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self::new(System)
    }

    /// The present instant, cut to the microseconds that both databases keep.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.source.now();
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }

    /// A new key: a UUIDv7, so that younger keys sort after older ones, also within a millisecond.
    #[must_use]
    pub fn id<T: TypedId>(&self) -> T {
        let millis = u64::try_from(self.source.now().timestamp_millis()).unwrap_or_default();
        let mut random = [0; 10];
        self.source.fill(&mut random);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.next(millis, u16::from_be_bytes([random[0], random[1]]));
        random[0..4].copy_from_slice(&last.counter_bits());
        T::from(Builder::from_unix_timestamp_millis(last.millis, &random).into_uuid())
    }

    /// Unpredictable bytes.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.source.fill(bytes);
    }
}

/// Where the last key stood: its millisecond and a counter in the 26 bits behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    millis: u64,
    counter: u32,
}

impl Last {
    const COUNTER_END: u32 = 1 << 26;

    /// A later millisecond starts its counter at random, low enough to leave it room to grow.
    fn next(self, millis: u64, random: u16) -> Self {
        if millis > self.millis {
            Self { millis, counter: u32::from(random) }
        } else if self.counter + 1 < Self::COUNTER_END {
            Self { counter: self.counter + 1, ..self }
        } else {
            Self { millis: self.millis + 1, counter: u32::from(random) }
        }
    }

    /// The counter around the bits that a UUID keeps for its version and variant.
    fn counter_bits(self) -> [u8; 4] {
        let [high, low] = u16::try_from(self.counter >> 14).unwrap_or_default().to_be_bytes();
        let [next, last] = u16::try_from(self.counter & 0x3fff).unwrap_or_default().to_be_bytes();
        [high, low, next, last]
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Clock")
    }
}

struct System;

impl Source for System {
    #[expect(clippy::disallowed_methods, reason = "the one place where the global clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        if aws_lc_rs::rand::fill(bytes).is_err() {
            // Without randomness no secret can be made: going on would be worse than stopping.
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use entity::id::StudentId;

    use super::{Clock, Source};

    struct Still;

    impl Source for Still {
        fn now(&self) -> DateTime<Utc> {
            DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
        }

        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xff);
        }
    }

    #[test]
    fn keys_of_one_instant_keep_their_order_and_are_version_7() {
        let clock = Clock::new(Still);
        let keys: Vec<StudentId> = (0..100_000).map(|_| clock.id()).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(keys.iter().all(|key| key.0.get_version_num() == 7));
    }
}
