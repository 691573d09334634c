//! What students will tell of their interests: much the same each year, and never quite.

use entity::interest_assessment::InterestInstrument;

use super::YEARS;
use crate::{
    demo::{courses::Area, dice::Dice},
    interests::rules::scoring,
};

/// What a student tells in one school year.
pub struct InterestPlan {
    /// The answers to the short form of the O*NET Interest Profiler.
    pub answers: Vec<i32>,
    /// How the tour of a workplace of their field appeals, from 1 to 5.
    pub tour: i32,
    /// How another field of the survey appeals, and which.
    pub other: (Area, i32),
    /// The occupation that they mean to enter, when they think of it anew.
    pub goal: Option<&'static str>,
}

/// The three years of a student who leans towards a field.
pub fn plan(seed: u64, student: &str, area: Area) -> [InterestPlan; YEARS] {
    let mut dice = Dice::new(seed, &format!("{student} interests"));
    let mut has_goal = false;
    [(); YEARS].map(|()| {
        let goal = (!has_goal || dice.chance(25)).then(|| *dice.pick(occupations(area)));
        has_goal = true;
        InterestPlan {
            answers: answers(&mut dice, leaning(area)),
            tour: *dice.pick(&[2, 3, 4, 4, 5, 5]),
            other: (*dice.pick(&Area::ALL), *dice.pick(&[1, 1, 2, 2, 3, 4])),
            goal,
        }
    })
}

/// Sixty answers of somebody who leans towards these areas, the first the most.
fn answers(dice: &mut Dice, leaning: &str) -> Vec<i32> {
    let instrument = InterestInstrument::OnetShortForm;
    let items = scoring::items(instrument).unwrap_or_default();
    let liked = |item: usize| leaning.find(scoring::area(instrument, item).letter());
    let answer = |item| match liked(item) {
        Some(0) => *dice.pick(&[3, 4, 4, 5, 5, 5]),
        Some(_) => *dice.pick(&[2, 3, 3, 4, 4, 5]),
        None => *dice.pick(&[1, 1, 2, 2, 3, 3]),
    };
    (0..items).map(answer).collect()
}

/// The letters of the areas that the field calls for, the strongest first.
const fn leaning(area: Area) -> &'static str {
    match area {
        Area::Health => "SIC",
        Area::Manufacturing | Area::Transportation => "RCI",
        Area::Information => "ICR",
        Area::Education => "SAC",
        Area::HumanServices => "SEI",
        Area::Construction => "RIC",
        Area::Business => "ECS",
        Area::Agriculture => "RIE",
        Area::Hospitality => "ERA",
        Area::PublicSafety => "RSE",
    }
}

/// Occupations of the field, by O*NET-SOC code.
pub const fn occupations(area: Area) -> &'static [&'static str] {
    match area {
        Area::Health => &["29-1141.00", "31-9092.00", "29-1123.00"],
        Area::Manufacturing => &["51-4041.00", "51-9161.00", "49-9041.00"],
        Area::Information => &["15-1252.00", "15-1212.00", "15-1232.00"],
        Area::Education => &["25-2021.00", "25-2011.00", "25-2031.00"],
        Area::HumanServices => &["21-1021.00", "21-1022.00", "39-9011.00"],
        Area::Construction => &["47-2111.00", "47-2031.00", "17-1011.00"],
        Area::Business => &["13-2011.00", "11-2021.00", "13-1071.00"],
        Area::Agriculture => &["19-1013.00", "11-9013.00", "19-4071.00"],
        Area::Hospitality => &["35-1011.00", "11-9081.00", "13-1121.00"],
        Area::PublicSafety => &["33-2011.00", "33-3051.00"],
        Area::Transportation => &["49-3023.00", "53-3032.00", "11-3071.00"],
    }
}

/// The occupation that stands for a field.
pub const fn first_occupation(area: Area) -> &'static str {
    occupations(area)[0]
}

#[cfg(test)]
mod tests {
    use entity::{interest_assessment::InterestInstrument, riasec::InterestArea};

    use super::{leaning, plan};
    use crate::{demo::courses::Area, interests::rules::scoring};

    #[test]
    fn students_answer_as_their_field_has_it() {
        for area in Area::ALL {
            let [first, ..] = plan(1, "stu-1", area);
            let scores = scoring::score(InterestInstrument::OnetShortForm, &first.answers).unwrap();
            let strongest = InterestArea::ALL.into_iter().max_by_key(|one| scores[*one as usize]);
            assert!(leaning(area).contains(strongest.unwrap().letter()), "{area:?}: {scores:?}");
            assert!(first.goal.is_some());
        }
    }
}
