//! The largest run that a district would make: its arithmetic.

use std::time::{Duration, Instant};

use pathbridge::matching::rules::deferred::{Lists, assign};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const STUDENTS: usize = 50_000;
const OFFERS: u32 = 10_000;
const WISHES: usize = 12;

/// Lists in which a few offers are on everybody's mind.
fn lists(rng: &mut ChaCha8Rng) -> Lists {
    let mut lists = Lists::default();
    for _ in 0..STUDENTS {
        let mut wishes = Vec::with_capacity(WISHES);
        while wishes.len() < WISHES {
            let offer = rng.random_range(0..OFFERS).min(rng.random_range(0..OFFERS));
            if !wishes.contains(&offer) {
                wishes.push(offer);
            }
        }
        lists.push(rng.random_range(0..3), rng.random(), wishes);
    }
    lists
}

#[test]
fn fifty_thousand_students_are_assigned_in_five_seconds() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let seats: Vec<u32> = (0..OFFERS).map(|_| rng.random_range(1..8)).collect();
    let lists = lists(&mut rng);
    let begun = Instant::now();
    let got = assign(&seats, &lists);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    let mut taken = vec![0; seats.len()];
    for (student, place) in got.iter().enumerate() {
        if let Some(place) = place {
            taken[lists.of(student)[*place] as usize] += 1;
        }
    }
    assert!(taken.iter().zip(&seats).all(|(taken, seats)| taken <= seats));
    let assigned: u32 = taken.iter().sum();
    assert!(assigned > 30_000, "{assigned} students have a seat");
}
