//! Placements and their hours.
//!
//! The five days of hours of a placement lie a week apart, and between them lie the hours of the
//! other placements of the same weeks: so a page of placements finds its hours all over the table.

use chrono::{Days, NaiveDate, TimeDelta};

use super::{cell::Cell, partners, roster, seed::Kind, size::Size, table::Table};

pub(super) fn tables(size: &Size) -> Vec<Table> {
    let table = |name, columns, kind, rows, row| Table { name, columns, kind, rows, row };
    vec![
        table("placement", PLACEMENT, Kind::Placement, size.placements, placement),
        table("time_entry", TIME_ENTRY, Kind::TimeEntry, size.time_entries, time_entry),
    ]
}

const PLACEMENT: &[&str] = &[
    "district_id",
    "partner_id",
    "student_id",
    "opportunity_id",
    "site_id",
    "mentor_id",
    "supervisor_id",
    "coordinator_id",
    "course_id",
    "kind",
    "state",
    "state_reason",
    "starts_on",
    "ends_on",
    "started_on",
    "ended_on",
    "goal_minutes",
    "is_paid",
    "hourly_wage_minor",
    "wage_currency",
];
const TIME_ENTRY: &[&str] = &[
    "placement_id",
    "district_id",
    "partner_id",
    "student_id",
    "worked_on",
    "starts_at",
    "ends_at",
    "break_minutes",
    "minutes",
    "category",
    "state",
    "note",
    "approved_by",
    "approved_at",
    "returned_reason",
    "corrects_id",
];

/// Who meets whom in placement `n`, by their row numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    /// The district.
    pub district: u64,
    /// The student.
    pub student: u64,
    /// The partner.
    pub partner: u64,
    /// The mentor.
    pub mentor: u64,
}

impl Placement {
    /// Placement `n`.
    pub(super) fn of(size: &Size, n: u64) -> Self {
        // A prime stride visits every student once before it visits one twice.
        let student = n * 48_271 % size.students;
        let district = roster::district_of(student);
        let partner = partners::partner_of(district, Kind::Placement.chance(n, 2));
        let mentor = partners::contact_of(partner, Kind::Placement.chance(n, 3));
        Self { district, student, partner, mentor }
    }
}

fn starts_on(n: u64) -> NaiveDate {
    Kind::Placement.made_at(n).date_naive() + Days::new(10)
}

fn state(size: &Size, n: u64) -> &'static str {
    if n < size.placements / 5 * 4 {
        Kind::Placement.pick(n, 4, &["COMPLETED", "COMPLETED", "COMPLETED", "TERMINATED"])
    } else {
        Kind::Placement.pick(n, 4, &["ACTIVE", "ACTIVE", "ACTIVE", "MATCHED"])
    }
}

fn placement(size: &Size, n: u64) -> Vec<Cell> {
    const KINDS: [&str; 6] =
        ["INTERNSHIP", "CLINICAL", "JOB_SHADOW", "CO_OP", "MENTORSHIP", "PRACTICUM"];
    let kind = Kind::Placement;
    let who = Placement::of(size, n);
    let (starts, ends) = (starts_on(n), starts_on(n) + Days::new(90));
    let state = state(size, n);
    let given = |is: bool, day| if is { Cell::Day(day) } else { Cell::Nothing };
    let paid = kind.chance(n, 5).is_multiple_of(2);
    let if_paid = |cell| if paid { cell } else { Cell::Nothing };
    let is_over = matches!(state, "COMPLETED" | "TERMINATED");
    vec![
        Cell::Key(Kind::District.id(who.district)),
        Cell::Key(Kind::Partner.id(who.partner)),
        Cell::Key(Kind::Student.id(who.student)),
        Cell::Nothing,
        Cell::Key(Kind::Site.id(who.partner)),
        Cell::Key(Kind::Contact.id(who.mentor)),
        Cell::Key(Kind::Contact.id(partners::contact_of(who.partner, n))),
        Cell::Nothing,
        Cell::Nothing,
        Cell::Word(kind.pick(n, 6, &KINDS)),
        Cell::Word(state),
        if state == "TERMINATED" { Cell::Word("The student moved away.") } else { Cell::Nothing },
        Cell::Day(starts),
        Cell::Day(ends),
        given(state != "MATCHED", starts),
        given(is_over, ends),
        Cell::Number((3_600 + 600 * (kind.chance(n, 7) % 10)).cast_signed()),
        Cell::Flag(paid),
        if_paid(Cell::Number((1_200 + 25 * (kind.chance(n, 8) % 40)).cast_signed())),
        if_paid(Cell::Word("USD")),
    ]
}

/// The placement and the week of the hours in row `n`.
fn week_of(n: u64) -> (u64, u64) {
    let (term, within) = (n / (5 * Size::TERM), n % (5 * Size::TERM));
    (term * Size::TERM + within % Size::TERM, within / Size::TERM)
}

fn time_entry(size: &Size, n: u64) -> Vec<Cell> {
    const CATEGORIES: [&str; 5] = ["DIRECT", "DIRECT", "INDIRECT", "SEMINAR", "ORIENTATION"];
    const NOTES: [&str; 3] =
        ["Called clients back", "Helped to set up the line", "Learned the safety rules"];
    let kind = Kind::TimeEntry;
    let (placement, week) = week_of(n);
    let who = Placement::of(size, placement);
    let (from, minutes) = (780 + 15 * (kind.chance(n, 2) % 8), 120 + 15 * (kind.chance(n, 3) % 9));
    let state = kind.pick(n, 4, &["APPROVED", "APPROVED", "APPROVED", "SUBMITTED"]);
    let approved = |cell| if state == "APPROVED" { cell } else { Cell::Nothing };
    vec![
        Cell::Key(Kind::Placement.id(placement)),
        Cell::Key(Kind::District.id(who.district)),
        Cell::Key(Kind::Partner.id(who.partner)),
        Cell::Key(Kind::Student.id(who.student)),
        Cell::Day(starts_on(placement) + Days::new(7 * week)),
        Cell::Clock(from),
        Cell::Clock(from + minutes),
        Cell::Number(0),
        Cell::Number(minutes.cast_signed()),
        Cell::Word(kind.pick(n, 5, &CATEGORIES)),
        Cell::Word(state),
        Cell::Word(kind.pick(n, 6, &NOTES)),
        approved(Cell::Key(Kind::Contact.id(who.mentor))),
        approved(Cell::Instant(kind.made_at(n) + TimeDelta::hours(20))),
        Cell::Nothing,
        Cell::Nothing,
    ]
}

#[cfg(test)]
mod tests {
    use super::{Size, week_of};

    #[test]
    fn every_placement_has_five_weeks_of_hours() {
        let size = Size::scaled(0.005);
        let mut weeks: Vec<_> = (0..size.time_entries).map(week_of).collect();
        weeks.sort_unstable();
        let expected: Vec<_> =
            (0..size.placements).flat_map(|one| (0..5).map(move |week| (one, week))).collect();
        assert_eq!(weeks, expected);
    }
}
