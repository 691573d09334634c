//! What must hold for hours.
//!
//! An entry lies within one day by the clock on the wall of the site: a shift over midnight is two
//! entries. A day is over, for us, when it is over in UTC.

use chrono::{NaiveDate, NaiveTime};
use entity::{
    id::{StudentId, TimeEntryId},
    placement::{Model as Placement, PlacementState},
    time_entry::TimeEntryState,
};

use super::word;
use crate::error::{Problem, ProblemCode};

/// The most that counts of one day.
const LONGEST_DAY: i32 = 16 * 60;

/// Hours as they would stand after the write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The day.
    pub worked_on: NaiveDate,
    /// Begin.
    pub starts_at: NaiveTime,
    /// End.
    pub ends_at: NaiveTime,
    /// Rest in between, in minutes.
    pub break_minutes: i32,
}

impl Span {
    /// The time that counts, in minutes.
    #[must_use]
    pub fn minutes(&self) -> i32 {
        let whole = (self.ends_at - self.starts_at).num_minutes();
        i32::try_from(whole).unwrap_or_default() - self.break_minutes
    }

    /// What is wrong with the times themselves.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        if self.starts_at >= self.ends_at {
            let message = "hours end after they begin, on the same day; hand in a shift over \
                           midnight as two entries";
            return vec![Problem::field(ProblemCode::OutOfRange, "endsAt", message)];
        }
        if self.break_minutes < 0 || self.minutes() <= 0 {
            let message =
                "a break is shorter than the time between begin and end, and not negative";
            return vec![Problem::field(ProblemCode::OutOfRange, "breakMinutes", message)];
        }
        Vec::new()
    }
}

/// Refuses hours that the placement has no room for.
///
/// New hours need a placement that is under way or completed; hours that were handed in before are
/// put right also after it was terminated.
#[must_use]
pub fn within(
    placement: &Placement,
    worked_on: NaiveDate,
    today: NaiveDate,
    is_new: bool,
) -> Vec<Problem> {
    let takes = match placement.state {
        PlacementState::Active | PlacementState::Completed => true,
        PlacementState::Terminated => !is_new,
        _ => false,
    };
    if !takes {
        let message = format!("the placement takes no hours while it is {}", word(placement.state));
        let code = ProblemCode::InvalidStateTransition;
        return vec![Problem::field(code, "placementId", message)];
    }
    let first = placement.started_on.unwrap_or(placement.starts_on);
    let last = placement.ended_on.unwrap_or(placement.ends_on);
    let message = if worked_on > today {
        "hours are handed in once they are worked, not ahead".to_owned()
    } else if worked_on < first || worked_on > last {
        format!("the placement runs from {first} through {last}")
    } else {
        return Vec::new();
    };
    vec![Problem::field(ProblemCode::OutOfRange, "workedOn", message)]
}

/// Refuses changes of hours that count, or no longer do.
#[must_use]
pub fn settled(state: TimeEntryState, changes: bool, moves: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let read_only =
        |path: &str, message: &str| Problem::field(ProblemCode::ReadOnly, path, message);
    if moves {
        problems.push(read_only("placementId", "hours stay with the placement they were made for"));
    }
    match state {
        TimeEntryState::Approved if changes => {
            problems.push(read_only("", "approved hours are put right by `timeEntryCorrect` only"));
        }
        TimeEntryState::Voided if changes => {
            problems.push(read_only("", "voided hours stay as they are; their correction counts"));
        }
        _ => {}
    }
    problems
}

/// Hours of one student on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The entry, when it is stored.
    pub entry: Option<TimeEntryId>,
    /// Whose hours.
    pub student: StudentId,
    /// When.
    pub span: Span,
}

/// Refuses hours that run into others of the same student, or make the day too long.
#[must_use]
pub fn collisions(wanted: &Taken, others: &[Taken]) -> Vec<Problem> {
    let same_day = || {
        others.iter().filter(|other| {
            other.student == wanted.student && other.span.worked_on == wanted.span.worked_on
        })
    };
    let mut problems = Vec::new();
    let span = &wanted.span;
    if same_day()
        .any(|other| other.span.starts_at < span.ends_at && span.starts_at < other.span.ends_at)
    {
        let message = "the student already has hours in this period";
        problems.push(Problem::field(ProblemCode::OverlappingPeriod, "startsAt", message));
    }
    let day: i32 = same_day().map(|other| other.span.minutes()).sum::<i32>() + span.minutes();
    if day > LONGEST_DAY {
        let message = format!("one day has at most {LONGEST_DAY} minutes; with these it has {day}");
        problems.push(Problem::field(ProblemCode::LimitExceeded, "endsAt", message));
    }
    problems
}
