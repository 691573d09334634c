//! The lottery that decides between students who otherwise stand alike.

use aws_lc_rs::digest::{SHA256, digest};
use entity::id::StudentId;

/// There are so many tickets; the number fits a column of either database.
pub const TICKETS: u64 = 1 << 62;

/// A lottery: its seed says it all.
#[derive(Debug, Clone, Copy)]
pub struct Lottery<'a> {
    /// What the tickets are drawn from.
    pub seed: &'a str,
}

impl Lottery<'_> {
    /// The ticket of a student: the first eight bytes of the SHA-256 of seed and student. It
    /// depends on nobody else, so that who joins a run changes no other ticket.
    #[must_use]
    pub fn ticket(&self, student: StudentId) -> u64 {
        let drawn = [self.seed.as_bytes(), b"\n", student.0.as_bytes()].concat();
        let hash = digest(&SHA256, &drawn);
        let first = hash.as_ref().iter().take(8);
        first.fold(0, |number, byte| number << 8 | u64::from(*byte)) % TICKETS
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Lottery, TICKETS};

    #[test]
    fn a_known_ticket() {
        // { printf 'spring\n'; head -c 16 /dev/zero; } | sha256sum
        let digits = 0xe034_f4ac_1874_6d59_u64;
        let ticket = Lottery { seed: "spring" }.ticket(Uuid::nil().into());
        assert_eq!(ticket, digits & (TICKETS - 1));
    }

    #[test]
    fn tickets_are_spread_and_differ_from_seed_to_seed() {
        let students = (1..=1000).map(Uuid::from_u128);
        let draw = |seed| students.clone().map(move |id| Lottery { seed }.ticket(id.into()));
        let (one, other): (Vec<_>, Vec<_>) = (draw("one").collect(), draw("other").collect());
        assert_eq!(one.iter().collect::<HashSet<_>>().len(), 1000);
        let low = one.iter().filter(|ticket| **ticket < TICKETS / 2).count();
        assert!((400..600).contains(&low), "{low} of a thousand are low");
        let moved = one.iter().zip(&other).filter(|(one, other)| one != other).count();
        assert_eq!(moved, 1000);
    }

    proptest! {
        #[test]
        fn every_ticket_fits_its_column(seed in ".*", student in any::<u128>()) {
            let ticket = Lottery { seed: &seed }.ticket(Uuid::from_u128(student).into());
            prop_assert!(i64::try_from(ticket).is_ok());
        }
    }
}
