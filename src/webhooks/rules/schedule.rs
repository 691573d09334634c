//! When a delivery is tried again, and when everybody gives up.

use chrono::{DateTime, TimeDelta, Utc};

/// A delivery is tried so often, and is then a dead letter.
pub const ATTEMPTS: i32 = 10;
/// An endpoint at which nothing has succeeded for so long is disabled.
pub const FAILING_FOR: TimeDelta = TimeDelta::days(5);

/// Seconds from each failed attempt to the next: three days and some hours in all, the example of
/// Standard Webhooks.
const PAUSES: [i64; 9] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// A receiver may put us off, but not for longer than the longest pause.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// When to try again after so many failed attempts; nothing when that was the last one.
///
/// `chance` spreads the attempts by a tenth to either side, so that a receiver that comes back
/// does not meet everything at once; `retry_after` is what it asked for itself.
#[must_use]
pub fn next_attempt(
    now: DateTime<Utc>,
    failed: i32,
    chance: u16,
    retry_after: Option<TimeDelta>,
) -> Option<DateTime<Utc>> {
    let place = usize::try_from(failed - 1).ok()?;
    let pause = *PAUSES.get(place)?;
    let spread = pause * 200 * i64::from(chance) / i64::from(u16::MAX);
    let pause = TimeDelta::milliseconds(pause * 900 + spread);
    let asked = retry_after.unwrap_or_default().min(LONGEST);
    Some(now + pause.max(asked))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::{any, prop_assert, proptest};

    use super::{ATTEMPTS, next_attempt};

    #[test]
    fn ten_attempts_take_three_days() {
        let start = DateTime::UNIX_EPOCH;
        let mut at = start;
        for failed in 1..ATTEMPTS {
            at = next_attempt(at, failed, u16::MAX / 2, None).unwrap();
        }
        let hours = (at - start).num_minutes();
        assert!((75 * 60..=76 * 60).contains(&hours), "{hours}");
        assert_eq!(next_attempt(at, ATTEMPTS, 0, None), None);
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_and_not_for_less() {
        let start = DateTime::UNIX_EPOCH;
        let next = |failed, seconds| {
            let asked = Some(TimeDelta::seconds(seconds));
            (next_attempt(start, failed, 0, asked).unwrap() - start).num_seconds()
        };
        assert_eq!(next(1, 120), 120);
        assert_eq!(next(2, 1), 270);
        assert_eq!(next(1, 10_000_000), 86_400);
        assert_eq!(next(1, -5), 4);
    }

    proptest! {
        #[test]
        fn chance_moves_an_attempt_by_a_tenth_at_most(chance in any::<u16>(), failed in 1..ATTEMPTS) {
            let start = DateTime::UNIX_EPOCH;
            let pause = |chance| next_attempt(start, failed, chance, None).unwrap() - start;
            prop_assert!(pause(0) <= pause(chance) && pause(chance) <= pause(u16::MAX));
            prop_assert!(pause(0) * 11 >= pause(u16::MAX) * 9 - TimeDelta::seconds(1));
        }
    }
}
