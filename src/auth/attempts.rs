//! A limit on guessing: who fails too often waits.
//!
//! Each process counts for itself. A secret has 256 random bits, so the limit does not protect
//! it; it keeps a misconfigured client from hammering the database and shows up in the log.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::ApiClientId;
use moka::{ops::compute::Op, sync::Cache};

use crate::{
    error::{Error, Result},
    typeid,
};

/// So many failures within the window are forgiven.
const MOST_FAILURES: u32 = 20;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Clients that are counted at once; further ones push out the least active.
const MOST_CLIENTS: u64 = 10_000;

#[derive(Clone, Copy)]
struct Failures {
    since: DateTime<Utc>,
    count: u32,
}

/// The failures of each client, known or not, within the last minute.
pub(super) struct Attempts(Cache<ApiClientId, Failures>);

impl Default for Attempts {
    fn default() -> Self {
        Self(Cache::new(MOST_CLIENTS))
    }
}

impl Attempts {
    /// Refuses a client that has failed too often.
    pub(super) fn check(&self, client: ApiClientId, now: DateTime<Utc>) -> Result<()> {
        let failures = self.0.get(&client).filter(|failures| failures.count >= MOST_FAILURES);
        let wait = failures.map(|failures| failures.since + WINDOW - now);
        match wait.filter(|wait| *wait > TimeDelta::zero()) {
            Some(wait) => Err(Error::Limited {
                retry_after_ms: wait.num_milliseconds().max(1).unsigned_abs(),
            }),
            None => Ok(()),
        }
    }

    /// Counts one failure.
    pub(super) fn failed(&self, client: ApiClientId, now: DateTime<Utc>) {
        self.0.entry(client).and_compute_with(|entry| {
            let first = Failures { since: now, count: 0 };
            let failures = entry.map(moka::Entry::into_value);
            let failures = failures.filter(|failures| now < failures.since + WINDOW);
            let failures = failures.unwrap_or(first);
            let count = failures.count + 1;
            if count == MOST_FAILURES {
                let client = typeid::encode(client);
                tracing::warn!(client, "too many failed attempts to prove a client");
            }
            Op::Put(Failures { count, ..failures })
        });
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use entity::id::ApiClientId;
    use uuid::Uuid;

    use super::Attempts;
    use crate::error::Error;

    #[test]
    fn twenty_failures_close_the_door_until_the_minute_is_over() {
        let attempts = Attempts::default();
        let [client, another] = [1, 2].map(|bits| ApiClientId(Uuid::from_u128(bits)));
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for _ in 0..20 {
            attempts.check(client, start).unwrap();
            attempts.failed(client, start);
        }
        let error = attempts.check(client, start + TimeDelta::seconds(20)).unwrap_err();
        assert!(matches!(error, Error::Limited { retry_after_ms: 40_000 }), "{error:?}");
        attempts.check(another, start).unwrap();
        attempts.check(client, start + TimeDelta::seconds(60)).unwrap();
        attempts.failed(client, start + TimeDelta::seconds(60));
        attempts.check(client, start + TimeDelta::seconds(61)).unwrap();
    }
}
