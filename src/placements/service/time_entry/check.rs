//! What is wrong with a batch of hours.

use std::collections::{HashMap, HashSet};

use entity::{
    id::TimeEntryId,
    placement, student,
    time_entry::{Column, Entity, Model, TimeEntryState},
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    error::{Problem, Problems, Result},
    placements::{
        rules::hours::{self, Span, Taken},
        service::draft::{FilledHours, TimeEntryDraft},
    },
    store::{Write, any_of, visible},
};

type Pair<'d> = (&'d TimeEntryDraft, Option<&'d Model>);

/// One entry of the batch, before it is held against other hours.
struct Wanted<'p> {
    problems: Vec<Problem>,
    /// The hours as they would stand, with their placement, when they count or may come to count.
    taken: Option<(Taken, &'p placement::Model)>,
    /// Whether they differ from what is stored.
    is_touched: bool,
}

/// Checks every entry alone, then against the other hours of its student.
pub async fn check(write: &Write<'_>, pairs: &[Pair<'_>]) -> Result<Vec<Vec<Problem>>> {
    let placements: Vec<Uuid> = pairs.iter().filter_map(placement_of).collect();
    let placements = write.found::<placement::Entity>(&placements).await?;
    let today = write.now.date_naive();
    let wanted: Vec<_> = pairs.iter().map(|pair| alone(*pair, &placements, today)).collect();
    let mut taken = others(write, pairs, &wanted).await?;
    let mut all = Vec::with_capacity(pairs.len());
    for (Wanted { mut problems, taken: hours, is_touched }, (draft, _)) in
        wanted.into_iter().zip(pairs)
    {
        if let Some((hours, placement)) = hours.filter(|_| problems.is_empty()) {
            if is_touched {
                problems.extend(hours::collisions(&hours, &taken));
                fill(draft, placement, &hours.span);
            }
            taken.extend(problems.is_empty().then_some(hours));
        }
        all.push(problems);
    }
    Ok(all)
}

fn placement_of((draft, row): &Pair<'_>) -> Option<Uuid> {
    row.map(|row| row.placement_id).or(draft.placement).map(Into::into)
}

fn fill(draft: &TimeEntryDraft, placement: &placement::Model, span: &Span) {
    draft.filled.get_or_init(|| FilledHours {
        district: placement.district_id,
        partner: placement.partner_id,
        student: placement.student_id,
        minutes: span.minutes(),
    });
}

/// What is wrong with one entry by itself.
fn alone<'p>(
    pair @ (draft, row): Pair<'_>,
    placements: &'p HashMap<Uuid, placement::Model>,
    today: chrono::NaiveDate,
) -> Wanted<'p> {
    let mut found = Problems::of_row(row.is_none());
    found.present("placementId", draft.placement.as_ref());
    found.present("workedOn", draft.worked_on.as_ref());
    found.present("startsAt", draft.starts_at.as_ref());
    found.present("endsAt", draft.ends_at.as_ref());
    found.present("category", draft.category.as_ref());
    found.text("note", draft.note.as_ref().and_then(Option::as_deref));
    let mut problems = found.found();
    let id = placement_of(&pair);
    let placement = id.and_then(|id| placements.get(&id));
    if id.is_some() && placement.is_none() {
        problems.push(Problem::reference("placementId", "placement"));
    }
    let changes = differs(draft, row);
    if let Some(row) = row {
        let moves = draft.placement.is_some_and(|id| id != row.placement_id);
        problems.extend(hours::settled(row.state, changes, moves));
    }
    let is_touched = changes || draft.resubmits;
    let counts = row.is_none_or(|row| {
        matches!(row.state, TimeEntryState::Submitted | TimeEntryState::Approved) || is_touched
    });
    let Some(span) = span_of(draft, row).filter(|_| counts) else {
        return Wanted { problems, taken: None, is_touched };
    };
    if is_touched {
        problems.extend(span.problems());
        let is_new = row.is_none() && draft.corrects.is_none();
        let room = placement.map(|p| hours::within(p, span.worked_on, today, is_new));
        problems.extend(room.into_iter().flatten());
    }
    let taken = placement.map(|placement| {
        let student = placement.student_id;
        (Taken { entry: row.map(|row| row.id), student, span }, placement)
    });
    Wanted { problems, taken, is_touched }
}

/// Whether the draft changes anything of a stored entry; a new one differs from nothing.
fn differs(draft: &TimeEntryDraft, row: Option<&Model>) -> bool {
    let Some(row) = row else { return true };
    span_of(draft, Some(row)) != Some(stored(row))
        || draft.category.is_some_and(|category| category != row.category)
        || draft.note.as_ref().is_some_and(|note| *note != row.note)
}

fn stored(row: &Model) -> Span {
    Span {
        worked_on: row.worked_on,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        break_minutes: row.break_minutes,
    }
}

fn span_of(draft: &TimeEntryDraft, row: Option<&Model>) -> Option<Span> {
    let row = row.map(stored);
    Some(Span {
        worked_on: draft.worked_on.or(row.as_ref().map(|row| row.worked_on))?,
        starts_at: draft.starts_at.or(row.as_ref().map(|row| row.starts_at))?,
        ends_at: draft.ends_at.or(row.as_ref().map(|row| row.ends_at))?,
        break_minutes: draft.break_minutes.or(row.map(|row| row.break_minutes)).unwrap_or(0),
    })
}

/// The other hours of the batch's students on its days, once the students are locked.
async fn others(
    write: &Write<'_>,
    pairs: &[Pair<'_>],
    wanted: &[Wanted<'_>],
) -> Result<Vec<Taken>> {
    let touched = || wanted.iter().filter(|wanted| wanted.is_touched && wanted.problems.is_empty());
    let hours = || touched().filter_map(|wanted| wanted.taken.as_ref().map(|(taken, _)| taken));
    let mut students: Vec<Uuid> = hours().map(|taken| taken.student.into()).collect();
    students.sort_unstable();
    students.dedup();
    let first = hours().map(|taken| taken.span.worked_on).min();
    let last = hours().map(|taken| taken.span.worked_on).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    write.load_all::<student::Entity>(&students).await?;
    let everyone = Caller { tenant: Tenant::Platform, ..write.caller.clone() };
    let counting = [TimeEntryState::Submitted, TimeEntryState::Approved];
    let rows = visible::<Entity>(&everyone)
        .filter(any_of(write.backend(), Column::StudentId, &students))
        .filter(Column::WorkedOn.between(first, last))
        .filter(Column::State.is_in(counting))
        .all(&write.tx)
        .await?;
    let replaced = replaced(pairs, wanted);
    let others = rows.into_iter().filter(|row| !replaced.contains(&row.id));
    let taken =
        |row: Model| Taken { entry: Some(row.id), student: row.student_id, span: stored(&row) };
    Ok(others.map(taken).collect())
}

/// Stored entries whose hours the batch itself tells.
fn replaced(pairs: &[Pair<'_>], wanted: &[Wanted<'_>]) -> HashSet<TimeEntryId> {
    let fine = pairs.iter().zip(wanted).filter(|(_, wanted)| wanted.problems.is_empty());
    fine.flat_map(|((draft, row), _)| [row.map(|row| row.id), draft.corrects]).flatten().collect()
}
