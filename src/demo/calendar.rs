//! The school calendar around today: two years that are over, and the one that is running.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// The month and day on which schools roll over to a new year.
const ROLLOVER: (u32, u32) = (8, 5);

/// A school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolYear {
    /// The year in which it ends: 2027 for 2026–27.
    pub ends: i32,
}

/// A stretch of a school year, from its first day to the day after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Day after the last day.
    pub until: NaiveDate,
}

impl SchoolYear {
    /// The year that is running on this day.
    pub fn of(today: NaiveDate) -> Self {
        let rolled_over = (today.month(), today.day()) >= ROLLOVER;
        Self { ends: today.year() + i32::from(rolled_over) }
    }

    /// The year so many years earlier.
    pub fn before(self, years: i32) -> Self {
        Self { ends: self.ends - years }
    }

    /// The day on which students move up and the new year is set up.
    pub fn rollover(self) -> NaiveDate {
        day(self.ends - 1, ROLLOVER.0, ROLLOVER.1)
    }

    /// The first semester.
    pub fn fall(self) -> Span {
        Span { from: day(self.ends - 1, 8, 18), until: day(self.ends - 1, 12, 20) }
    }

    /// The second semester.
    pub fn spring(self) -> Span {
        Span { from: day(self.ends, 1, 6), until: day(self.ends, 5, 30) }
    }

    /// All of it.
    pub fn whole(self) -> Span {
        Span { from: self.fall().from, until: self.spring().until }
    }

    /// As people write it: `2026–27`.
    pub fn title(self) -> String {
        format!("{}–{:02}", self.ends - 1, self.ends.rem_euclid(100))
    }

    /// Whether schools are closed on this day, for the holidays in between.
    pub fn is_holiday(on: NaiveDate) -> bool {
        let (month, day) = (on.month(), on.day());
        matches!((month, day), (12, 20..) | (1, ..=5) | (7, 4) | (11, 26..=27) | (3, 23..=27))
    }
}

/// A day that is there in every year.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// So many days later, or earlier.
pub fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// An instant of a day, in UTC.
pub fn at(day: NaiveDate, minutes: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minutes)
}

#[cfg(test)]
mod tests {
    use super::{SchoolYear, day, shifted};

    #[test]
    fn a_school_year_begins_in_august() {
        assert_eq!(SchoolYear::of(day(2026, 8, 4)).ends, 2026);
        assert_eq!(SchoolYear::of(day(2026, 8, 5)).ends, 2027);
        assert_eq!(SchoolYear::of(day(2027, 1, 1)).ends, 2027);
        let year = SchoolYear { ends: 2027 };
        assert_eq!(year.title(), "2026–27");
        assert!(year.rollover() < year.fall().from && year.fall().until < year.spring().from);
        assert_eq!(year.before(2).whole().from, day(2024, 8, 18));
    }

    #[test]
    fn days_move_both_ways() {
        assert_eq!(shifted(day(2026, 3, 1), -1), day(2026, 2, 28));
        assert_eq!(shifted(day(2026, 12, 31), 1), day(2027, 1, 1));
    }
}
