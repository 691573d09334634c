//! What all signals share: whose they are, when, where from.

use chrono::NaiveDate;
use entity::{
    career_exposure, career_goal, career_survey_response,
    id::{DistrictId, StudentId},
    interest_assessment,
    status::RecordStatus,
    student,
};
use sea_orm::EntityTrait;

use crate::{
    error::{Problem, Result},
    interests::rules,
    roster::service::owned::{Known, Owned, at_home, keys},
    store::Write,
};

/// The shared part of how a signal should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the rows, documented there")]
pub struct SignalDraft {
    pub district: DistrictId,
    pub student: Option<StudentId>,
    /// The day, under the name that it has in the row.
    pub on: Option<NaiveDate>,
    pub grade_level: Option<Option<String>>,
    pub source: Option<Option<String>>,
    pub status: Option<RecordStatus>,
}

/// A table of signals.
pub(super) trait Signal: Owned {
    /// The name of the day in the schema.
    const DAY: &'static str;

    /// Whose it is.
    fn student(row: &Self::Model) -> StudentId;
}

macro_rules! signals {
    ($($table:ident on $day:literal;)+) => {$(
        impl Signal for $table::Entity {
            const DAY: &'static str = $day;

            fn student(row: &Self::Model) -> StudentId {
                row.student_id
            }
        }
    )+};
}

signals! {
    interest_assessment on "takenOn";
    career_survey_response on "answeredOn";
    career_exposure on "occurredOn";
    career_goal on "setOn";
}

/// The problems of the shared parts, in the order of the drafts.
pub(super) async fn check<E: Signal>(
    write: &Write<'_>,
    drafts: &[(&SignalDraft, Option<&<E as EntityTrait>::Model>)],
) -> Result<Vec<Vec<Problem>>> {
    let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
    let mut problems = at_home::<E>(write, homes).await?;
    let students = keys(drafts.iter().filter_map(|(draft, _)| draft.student));
    let students = Known::<student::Entity>::among(write, students).await?;
    let today = write.now.date_naive();
    for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
        rules::about(problems, E::DAY, draft, row.map(E::student), today);
        students.check(problems, "studentId", draft.district, draft.student);
    }
    Ok(problems)
}

/// Puts the shared part into a row; `$day` is its column for the day.
macro_rules! assign_signal {
    ($row:ident, $draft:expr, $day:ident) => {{
        use crate::store::{assign, default_to};
        let draft: &crate::interests::service::signal::SignalDraft = $draft;
        assign(&mut $row.district_id, Some(&draft.district));
        assign(&mut $row.student_id, draft.student.as_ref());
        assign(&mut $row.$day, draft.on.as_ref());
        assign(&mut $row.grade_level, draft.grade_level.as_ref());
        assign(&mut $row.source, draft.source.as_ref());
        assign(&mut $row.status, draft.status.as_ref());
        default_to(&mut $row.status, entity::status::RecordStatus::Active);
    }};
}

pub(super) use assign_signal;
