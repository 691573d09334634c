//! How far a student has come on a pathway, from the results of the roster and a definition.
//!
//! **A course is completed** when the student has a seat in one of its classes that was completed by
//! the day asked for, unless the school gave no credit for it: who failed has not completed. A course
//! that was taken twice counts once, by the seat with the most credits. It is *in progress* while a
//! seat is running, and *open* otherwise. Results count whenever they were earned, before the student
//! came to the pathway too, as the Perkins Act has it: it counts courses of a programme, not days on
//! a list.
//!
//! **The level** is the highest one whose demands are met: so many completed courses for a
//! participant; so many courses, or so many credits, for a concentrator; all required courses (all
//! of them where none is required) for a completer. Who has completed the pathway is a concentrator
//! of it, however short it is. Nothing is ever subtracted, so that one more completed course never
//! lowers the level.
//!
//! **What is next** is the first open course that is required, then the first open elective; nothing
//! once the pathway is completed.

use std::cmp::Reverse;

use chrono::NaiveDate;
use entity::id::{CourseId, EnrollmentId, PathwayCourseId};

use super::levels::{Definition, Level};

/// A course of a pathway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The row that says so.
    pub row: PathwayCourseId,
    /// The course.
    pub course: CourseId,
    /// Its place in the order.
    pub position: i32,
    /// Whether nobody completes the pathway without it.
    pub is_required: bool,
    /// What it gives where results do not tell, in hundredths.
    pub credits: Option<i32>,
}

/// A seat of the student in a class of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The row of the roster.
    pub row: EnrollmentId,
    /// The course that the class teaches.
    pub course: CourseId,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The day after the last day.
    pub until: Option<NaiveDate>,
    /// The day the student completed the class.
    pub completed_on: Option<NaiveDate>,
    /// Credits earned, in hundredths.
    pub credits: Option<i32>,
}

impl Seat {
    fn is_completed(&self, as_of: NaiveDate) -> bool {
        self.completed_on.is_some_and(|on| on <= as_of) && self.credits != Some(0)
    }

    fn is_running(&self, as_of: NaiveDate) -> bool {
        self.completed_on.is_none_or(|on| on > as_of)
            && self.from.is_none_or(|from| from <= as_of)
            && self.until.is_none_or(|until| until > as_of)
    }
}

/// How a student stands to a course of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is done.
    Completed,
    /// It is being taken.
    InProgress,
    /// It is still to be taken, or to be taken again.
    Open,
}

/// A course of the pathway, with how the student stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The course at its place.
    pub step: Step,
    /// How the student stands to it.
    pub standing: Standing,
    /// The seat that shows it.
    pub seat: Option<EnrollmentId>,
    /// Credits earned by it, in hundredths.
    pub credits: Option<i32>,
}

/// How far a student has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The level.
    pub level: Level,
    /// Every course of the pathway, in order.
    pub places: Vec<Place>,
    /// Completed courses.
    pub completed: i32,
    /// Credits earned, in hundredths.
    pub credits: i32,
    /// What is next.
    pub next: Option<PathwayCourseId>,
    /// So many further courses at most lead to the next level.
    pub until_next: Option<i32>,
}

impl Progress {
    /// The progress on a pathway with these courses of whoever has these seats, at the end of a day.
    #[must_use]
    pub fn of(steps: &[Step], seats: &[Seat], definition: &Definition, as_of: NaiveDate) -> Self {
        let mut steps = steps.to_vec();
        steps.sort_by_key(|step| (step.position, step.row.0));
        let places: Vec<_> = steps.into_iter().map(|step| place(step, seats, as_of)).collect();
        let completed = count(places.iter().filter(|place| is_done(place)));
        let credits = places.iter().filter_map(|place| place.credits).sum();
        let whole = until_whole(&places, completed, definition);
        let level = level(completed, credits, whole, definition);
        let next = next(&places).filter(|_| level != Level::Completer);
        let until_next = until_next(level, completed, whole, definition);
        Self { level, places, completed, credits, next, until_next }
    }

    /// Courses that are being taken.
    #[must_use]
    pub fn in_progress(&self) -> i32 {
        count(self.places.iter().filter(|place| place.standing == Standing::InProgress))
    }
}

fn count<'p>(places: impl Iterator<Item = &'p Place>) -> i32 {
    i32::try_from(places.count()).unwrap_or(i32::MAX)
}

fn is_done(place: &Place) -> bool {
    place.standing == Standing::Completed
}

fn place(step: Step, seats: &[Seat], as_of: NaiveDate) -> Place {
    let of_course = || seats.iter().filter(|seat| seat.course == step.course);
    let earned = |seat: &Seat| seat.credits.or(step.credits);
    let completed = of_course().filter(|seat| seat.is_completed(as_of));
    // The best seat, then the first, then the one with the smallest key: whatever their order.
    let best = completed
        .max_by_key(|seat| (earned(seat), Reverse(seat.completed_on), Reverse(seat.row.0)));
    if let Some(seat) = best {
        let (credits, seat) = (earned(seat), Some(seat.row));
        return Place { step, standing: Standing::Completed, seat, credits };
    }
    let running = of_course().filter(|seat| seat.is_running(as_of));
    let seat = running.max_by_key(|seat| (seat.from, Reverse(seat.row.0))).map(|seat| seat.row);
    let standing = if seat.is_some() { Standing::InProgress } else { Standing::Open };
    Place { step, standing, seat, credits: None }
}

/// Further courses that complete the pathway; none when it has no courses.
fn until_whole(places: &[Place], completed: i32, definition: &Definition) -> Option<i32> {
    let has_required = places.iter().any(|place| place.step.is_required);
    let is_demanded = |place: &&Place| place.step.is_required || !has_required;
    let missing = count(places.iter().filter(is_demanded).filter(|place| !is_done(place)));
    let fewer = definition.completer_courses.map_or(0, |courses| courses - completed);
    (!places.is_empty()).then(|| missing.max(fewer))
}

fn level(completed: i32, credits: i32, whole: Option<i32>, definition: &Definition) -> Level {
    let by_courses = definition.concentrator_courses.is_some_and(|courses| completed >= courses);
    let by_credits = definition.concentrator_credits.is_some_and(|earned| credits >= earned);
    if whole == Some(0) {
        Level::Completer
    } else if by_courses || by_credits {
        Level::Concentrator
    } else if completed >= definition.participant_courses {
        Level::Participant
    } else {
        Level::None
    }
}

fn next(places: &[Place]) -> Option<PathwayCourseId> {
    let open = |is_required: bool| {
        let open = places.iter().filter(|place| place.standing == Standing::Open);
        open.filter(|place| place.step.is_required == is_required)
            .map(|place| place.step.row)
            .next()
    };
    open(true).or_else(|| open(false))
}

fn until_next(
    level: Level,
    completed: i32,
    whole: Option<i32>,
    definition: &Definition,
) -> Option<i32> {
    let wanted = match level {
        Level::None => Some(definition.participant_courses),
        Level::Participant => definition.concentrator_courses,
        Level::Concentrator => None,
        Level::Completer => return None,
    };
    let further = wanted.map(|wanted| wanted - completed);
    further.into_iter().chain(whole).min()
}

#[cfg(test)]
mod tests;
