//! Chance that is the same every time, and the keys and times that follow from it.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A sort of row: the order is that in which the first of each was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A district.
    District,
    /// A school.
    School,
    /// A partner.
    Partner,
    /// A site of a partner.
    Site,
    /// A mentor.
    Contact,
    /// An agreement between a partner and a district.
    Agreement,
    /// A student.
    Student,
    /// A placement.
    Placement,
    /// A day of hours.
    TimeEntry,
}

/// 1 June 2024, when the first row was made.
const BEGIN: i64 = 1_717_200_000;
const DAY: i64 = 86_400;

impl Kind {
    /// Seconds from the first row of all to the first of this kind, and from one row to the next.
    const fn pace(self) -> (i64, i64) {
        match self {
            Self::District => (0, 60),
            Self::School => (DAY, 30),
            Self::Partner => (2 * DAY, 60),
            Self::Site => (3 * DAY, 60),
            Self::Contact => (4 * DAY, 15),
            Self::Agreement => (6 * DAY, 60),
            Self::Student => (10 * DAY, 30),
            Self::Placement => (80 * DAY, 150),
            Self::TimeEntry => (100 * DAY, 30),
        }
    }

    /// When row `n` was made.
    pub fn made_at(self, n: u64) -> DateTime<Utc> {
        let (first, step) = self.pace();
        DateTime::UNIX_EPOCH + TimeDelta::seconds(BEGIN + first + step * n.cast_signed())
    }

    /// The key of row `n`: a `UUIDv7` of the time it was made.
    pub fn id(self, n: u64) -> Uuid {
        let millis = self.made_at(n).timestamp_millis().cast_unsigned();
        let tail = u128::from(self.chance(n, 0)) << 64 | u128::from(self.chance(n, 1));
        uuid::Builder::from_unix_timestamp_millis(
            millis,
            &tail.to_be_bytes()[..10].try_into().unwrap_or_default(),
        )
        .into_uuid()
    }

    /// A number that looks like chance: the same for the same row and purpose.
    pub fn chance(self, n: u64, purpose: u64) -> u64 {
        mix(mix(n.wrapping_add(1)) ^ (self as u64) << 56 ^ purpose << 48)
    }

    /// One of the choices.
    pub fn pick<T: Copy, const CHOICES: usize>(self, n: u64, purpose: u64, of: &[T; CHOICES]) -> T {
        let chosen = self.chance(n, purpose) % CHOICES as u64;
        of[usize::try_from(chosen).unwrap_or_default()]
    }
}

/// The finishing step of `SplitMix64`.
const fn mix(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ seed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ seed >> 31
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn keys_grow_with_time_and_do_not_collide() {
        let keys: Vec<_> = (0..1_000).map(|n| Kind::Placement.id(n)).collect();
        assert!(keys.is_sorted_by(|one, next| one < next));
        assert_ne!(Kind::Student.id(7), Kind::School.id(7));
        assert_eq!(keys[0].get_version_num(), 7);
    }
}
