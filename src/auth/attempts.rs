//! A limit on guessing: who fails too often waits.
//!
//! Each process counts for itself. A secret has 256 random bits, so the limit does not protect
//! it; it keeps a misconfigured client from hammering the database and shows up in the log.

use chrono::{DateTime, TimeDelta, Utc};
use moka::{ops::compute::Op, sync::Cache};

use crate::error::{Error, Result};

/// So many failures within the window are forgiven.
const MOST_FAILURES: u32 = 20;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Ids that are counted at once: whoever invents ids pushes out his own.
const MOST_CLIENTS: u64 = 10_000;

#[derive(Clone, Copy)]
struct Failures {
    since: DateTime<Utc>,
    count: u32,
}

/// The failures of each client id within the last minute.
pub(super) struct Attempts(Cache<String, Failures>);

impl Default for Attempts {
    fn default() -> Self {
        Self(Cache::new(MOST_CLIENTS))
    }
}

impl Attempts {
    /// Refuses a client id that has failed too often; it may be any text.
    pub(super) fn check(&self, client_id: &str, now: DateTime<Utc>) -> Result<()> {
        let failures = self.0.get(client_id).filter(|failures| failures.count >= MOST_FAILURES);
        let wait = failures.map(|failures| failures.since + WINDOW - now);
        match wait.filter(|wait| *wait > TimeDelta::zero()) {
            Some(wait) => Err(Error::Limited {
                retry_after_ms: wait.num_milliseconds().max(1).unsigned_abs(),
            }),
            None => Ok(()),
        }
    }

    /// Counts one failure.
    pub(super) fn failed(&self, client_id: &str, now: DateTime<Utc>) {
        self.0.entry_by_ref(client_id).and_compute_with(|entry| {
            let first = Failures { since: now, count: 0 };
            let failures = entry.map(moka::Entry::into_value);
            let failures = failures.filter(|failures| now < failures.since + WINDOW);
            let failures = failures.unwrap_or(first);
            Op::Put(Failures { count: failures.count + 1, ..failures })
        });
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::Attempts;
    use crate::error::Error;

    #[test]
    fn twenty_failures_close_the_door_until_the_minute_is_over() {
        let attempts = Attempts::default();
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for _ in 0..20 {
            attempts.check("client", start).unwrap();
            attempts.failed("client", start);
        }
        let error = attempts.check("client", start + TimeDelta::seconds(20)).unwrap_err();
        assert!(matches!(error, Error::Limited { retry_after_ms: 40_000 }), "{error:?}");
        attempts.check("another", start).unwrap();
        attempts.check("client", start + TimeDelta::seconds(60)).unwrap();
        attempts.failed("client", start + TimeDelta::seconds(60));
        attempts.check("client", start + TimeDelta::seconds(61)).unwrap();
    }
}
