//! Chance that repeats: the same seed and purpose give the same throws on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A source of throws for one purpose.
///
/// Each purpose has a stream of its own, so that one more throw for names moves no placement.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The throws of this seed for this purpose.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream(purpose));
        Self(rng)
    }

    /// A number from zero up to but without `end`; zero when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (end as u128);
        usize::try_from(wide >> u64::BITS).unwrap_or_default()
    }

    /// A number from `low` through `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// Yes in so many of a hundred throws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items, each as likely as the others.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the items, if there are any.
    pub fn pick_any<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// The place of one of the weights, the heavier the likelier.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// Puts the items into any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// FNV-1a: a number for a word, the same in every build.
fn stream(purpose: &str) -> u64 {
    let offset = 0xcbf2_9ce4_8422_2325;
    purpose
        .bytes()
        .fold(offset, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn throws_repeat_and_purposes_are_apart() {
        let throws = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            (0..20).map(|_| dice.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1, "names"), throws(1, "names"));
        assert_ne!(throws(1, "names"), throws(2, "names"));
        assert_ne!(throws(1, "names"), throws(1, "hours"));
    }

    #[test]
    fn throws_stay_within_their_bounds_and_reach_them() {
        let mut dice = Dice::new(1, "bounds");
        let throws: Vec<_> = (0..1_000).map(|_| dice.between(-2, 2)).collect();
        assert_eq!((throws.iter().min(), throws.iter().max()), (Some(&-2), Some(&2)));
        assert!((0..100).all(|_| dice.weighted(&[0, 3, 0]) == 1));
        assert_eq!(dice.pick_any::<u8>(&[]), None);
    }
}
