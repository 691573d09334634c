//! Which of a student's wishes may come true.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Why a student does not get what was wanted more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Refusal {
    /// All seats went to students before this one.
    Full,
    /// It takes nobody: it is not open, or not for the district.
    Closed,
    /// No affiliation agreement covers its days.
    NoAffiliation,
    /// The student no longer takes part.
    StudentInactive,
    /// The student will be younger on the first day than the opportunity asks.
    TooYoung,
    /// The opportunity asks for an age, and that of the student is not known.
    AgeUnknown,
    /// The student has a placement of this opportunity already.
    HasPlacement,
}

/// What is looked at of a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Student {
    /// Whether they take part.
    pub takes_part: bool,
    /// Their date of birth.
    pub born_on: Option<NaiveDate>,
}

/// What is looked at of an opportunity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Whether students can be matched to it.
    pub is_open: bool,
    /// Whether agreements of its partner and the district cover its days.
    pub is_covered: bool,
    /// The first day.
    pub starts_on: NaiveDate,
    /// Youngest age on that day, in years.
    pub minimum_age: Option<i32>,
}

/// What keeps a student from an opportunity, whatever the number of seats.
#[must_use]
pub fn refusal(student: &Student, offer: &Offer, has_placement: bool) -> Option<Refusal> {
    if !student.takes_part {
        return Some(Refusal::StudentInactive);
    }
    if !offer.is_open {
        return Some(Refusal::Closed);
    }
    if !offer.is_covered {
        return Some(Refusal::NoAffiliation);
    }
    if has_placement {
        return Some(Refusal::HasPlacement);
    }
    let asked = offer.minimum_age?;
    match student.born_on {
        None => Some(Refusal::AgeUnknown),
        Some(born_on) => (age(born_on, offer.starts_on) < asked).then_some(Refusal::TooYoung),
    }
}

/// Full years from birth to a day. Who was born on the 29th of February is a year older on the
/// 1st of March of a year that has no such day.
#[must_use]
pub fn age(born_on: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (born_on.month(), born_on.day());
    on.year() - born_on.year() - i32::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Offer, Refusal, Student, age, refusal};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_birthday_counts_and_the_day_before_does_not() {
        assert_eq!(age(day(2010, 9, 1), day(2026, 8, 31)), 15);
        assert_eq!(age(day(2010, 9, 1), day(2026, 9, 1)), 16);
        assert_eq!(age(day(2008, 2, 29), day(2026, 2, 28)), 17);
        assert_eq!(age(day(2008, 2, 29), day(2026, 3, 1)), 18);
    }

    #[test]
    fn each_fact_alone_keeps_a_student_away() {
        let student = Student { takes_part: true, born_on: Some(day(2010, 9, 1)) };
        let offer = Offer {
            is_open: true,
            is_covered: true,
            starts_on: day(2026, 9, 1),
            minimum_age: Some(16),
        };
        assert_eq!(refusal(&student, &offer, false), None);
        assert_eq!(refusal(&student, &offer, true), Some(Refusal::HasPlacement));
        let away = Student { takes_part: false, ..student };
        assert_eq!(refusal(&away, &offer, false), Some(Refusal::StudentInactive));
        let unknown = Student { born_on: None, ..student };
        assert_eq!(refusal(&unknown, &offer, false), Some(Refusal::AgeUnknown));
        assert_eq!(refusal(&unknown, &Offer { minimum_age: None, ..offer }, false), None);
        let young = Offer { starts_on: day(2026, 8, 31), ..offer };
        assert_eq!(refusal(&student, &young, false), Some(Refusal::TooYoung));
        let closed = Offer { is_open: false, ..offer };
        assert_eq!(refusal(&student, &closed, false), Some(Refusal::Closed));
        let uncovered = Offer { is_covered: false, ..offer };
        assert_eq!(refusal(&student, &uncovered, false), Some(Refusal::NoAffiliation));
    }
}
