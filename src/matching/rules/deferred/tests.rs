//! What the result of a run always holds to.

use proptest::prelude::*;

use super::{Lists, Standing, assign};

/// Seats of each offer, and level, ticket and list of each student.
type Market = (Vec<u32>, Vec<(u32, u64, Vec<u32>)>);

fn market(most_students: usize, most_offers: usize) -> impl Strategy<Value = Market> {
    (1..=most_offers).prop_flat_map(move |offers| {
        let all: Vec<u32> = (0..u32::try_from(offers).unwrap()).collect();
        let list = proptest::sample::subsequence(all, 0..=offers).prop_shuffle();
        let student = (0..3u32, any::<u64>(), list);
        let seats = proptest::collection::vec(0..4u32, offers);
        (seats, proptest::collection::vec(student, 0..=most_students))
    })
}

fn lists((_, students): &Market) -> Lists {
    let mut lists = Lists::default();
    for (level, ticket, wanted) in students {
        lists.push(*level, *ticket, wanted.iter().copied());
    }
    lists
}

fn offer(lists: &Lists, student: usize, got: Option<usize>) -> Option<u32> {
    got.map(|place| lists.of(student)[place])
}

/// Those who sit at an offer.
fn sitting(lists: &Lists, got: &[Option<usize>], at: u32) -> Vec<Standing> {
    let students = 0..lists.students();
    students
        .filter(|student| offer(lists, *student, got[*student]) == Some(at))
        .map(|student| lists.standing(student))
        .collect()
}

/// Whether some student and offer would both rather have each other.
fn is_blocked(seats: &[u32], lists: &Lists, got: &[Option<usize>]) -> bool {
    (0..lists.students()).any(|student| {
        let rather = &lists.of(student)[..got[student].unwrap_or(lists.of(student).len())];
        rather.iter().any(|at| {
            let sitting = sitting(lists, got, *at);
            let is_full = sitting.len() >= seats[*at as usize] as usize;
            !is_full || sitting.iter().any(|other| lists.standing(student) < *other)
        })
    })
}

/// Every way to give each student something of their list or nothing, within the seats.
fn every_result(seats: &[u32], lists: &Lists) -> Vec<Vec<Option<usize>>> {
    let mut all = vec![Vec::new()];
    for student in 0..lists.students() {
        let choices = (0..lists.of(student).len()).map(Some).chain([None]);
        let choices: Vec<_> = choices.collect();
        let longer = all.iter().flat_map(|begun: &Vec<Option<usize>>| {
            choices.iter().map(|choice| begun.iter().copied().chain([*choice]).collect())
        });
        all = longer.collect();
    }
    let fits = |got: &Vec<Option<usize>>| {
        let mut left = seats.to_vec();
        got.iter().enumerate().all(|(student, got)| match offer(lists, student, *got) {
            Some(at) => match left[at as usize].checked_sub(1) {
                Some(fewer) => {
                    left[at as usize] = fewer;
                    true
                }
                None => false,
            },
            None => true,
        })
    };
    all.retain(fits);
    all
}

proptest! {
    #[test]
    fn no_offer_has_more_students_than_seats(market in market(40, 8)) {
        let lists = lists(&market);
        let got = assign(&market.0, &lists);
        for (at, seats) in (0..).zip(&market.0) {
            prop_assert!(sitting(&lists, &got, at).len() <= *seats as usize);
        }
    }

    #[test]
    fn no_student_and_offer_would_rather_have_each_other(market in market(40, 8)) {
        let lists = lists(&market);
        let got = assign(&market.0, &lists);
        prop_assert!(!is_blocked(&market.0, &lists, &got));
    }

    #[test]
    fn nobody_does_better_in_any_other_stable_result(market in market(5, 3)) {
        let lists = lists(&market);
        let got = assign(&market.0, &lists);
        for other in every_result(&market.0, &lists) {
            if is_blocked(&market.0, &lists, &other) {
                continue;
            }
            for (ours, theirs) in got.iter().zip(&other) {
                let rank = |got: &Option<usize>| got.unwrap_or(usize::MAX);
                prop_assert!(rank(ours) <= rank(theirs));
            }
        }
    }

    #[test]
    fn the_order_of_asking_changes_nothing(
        (market, order) in market(30, 6).prop_flat_map(|market| {
            let order: Vec<usize> = (0..market.1.len()).collect();
            (Just(market), Just(order).prop_shuffle())
        }),
    ) {
        let (seats, mut students) = market;
        // With equal tickets the place would decide.
        for (at, student) in students.iter_mut().enumerate() {
            student.1 = student.1 / 64 * 64 + at as u64;
        }
        let shuffled: Vec<_> = order.iter().map(|at| students[*at].clone()).collect();
        let straight = assign(&seats, &lists(&(seats.clone(), students)));
        let other = assign(&seats, &lists(&(seats.clone(), shuffled)));
        for (place, at) in order.iter().enumerate() {
            prop_assert_eq!(straight[*at], other[place]);
        }
    }

    #[test]
    fn a_shorter_list_wins_nothing(market in market(12, 4), who in 0..12usize, keep in any::<u8>()) {
        prop_assume!(who < market.1.len());
        let truth = lists(&market);
        let honest = assign(&market.0, &truth)[who].unwrap_or(usize::MAX);
        let mut told = market.clone();
        let mut place = 0u32;
        told.1[who].2.retain(|_| {
            place += 1;
            keep & (1 << (place - 1)) != 0
        });
        let lists = lists(&told);
        let got = offer(&lists, who, assign(&told.0, &lists)[who]);
        let got = got.and_then(|at| truth.of(who).iter().position(|one| *one == at));
        prop_assert!(honest <= got.unwrap_or(usize::MAX));
    }
}

#[test]
fn the_better_one_takes_the_seat_from_the_one_who_came_first() {
    let market = (vec![1, 1], vec![(1, 0, vec![0, 1]), (0, 9, vec![0]), (0, 1, vec![1])]);
    assert_eq!(assign(&market.0, &lists(&market)), [None, Some(0), Some(0)]);
}
