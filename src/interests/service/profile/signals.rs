//! Reading everything that students have told, in one statement for each kind.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    career_exposure::{self, CareerExposureKind},
    career_goal, career_survey_question, career_survey_response,
    id::{CareerGoalId, StudentId},
    interest_assessment::{self, InterestInstrument},
    status::RecordStatus,
};
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use uuid::Uuid;

use super::Release;
use crate::{
    auth::Caller,
    error::Result,
    interests::rules::{
        decay::Source,
        profile::{Says, Signal},
    },
    store::{Reader, Visible, Write, any_of, visible},
};

/// The rating that a goal counts as.
const OF_GOAL: i32 = 5;

/// Where signals are read: for an answer, or inside the transaction that wrote one.
#[derive(Clone, Copy)]
pub enum From<'a> {
    /// For an answer.
    Answer(Reader<'a>, &'a Caller),
    /// Inside a transaction, which sees what it has written.
    Write(&'a Write<'a>),
}

impl From<'_> {
    /// The rows of a table that fit and whose column holds one of these keys.
    async fn rows<E: Visible>(
        self,
        fits: Condition,
        column: E::Column,
        keys: &[Uuid],
    ) -> Result<Vec<E::Model>> {
        match self {
            Self::Answer(reader, caller) => {
                let among = any_of(reader.backend, column, keys);
                reader.all(visible::<E>(caller).filter(fits), among).await
            }
            Self::Write(write) => {
                let among = any_of(write.backend(), column, keys);
                let select = visible::<E>(write.caller).filter(fits).filter(among);
                Ok(select.all(&write.tx).await?)
            }
        }
    }
}

macro_rules! active {
    ($from:ident, $table:ident of $students:expr) => {
        $from.rows::<$table::Entity>(
            Condition::all().add($table::Column::Status.eq(RecordStatus::Active)),
            $table::Column::StudentId,
            $students,
        )
    };
}

/// An answer to a survey, with what was asked.
type Answered = (career_survey_response::Model, career_survey_question::Model);

/// The signals of students, as they come together.
struct Found<'r> {
    release: &'r Release,
    signals: HashMap<StudentId, Vec<Signal>>,
}

/// Every signal of these students that counts, by student.
pub async fn signals(
    from: From<'_>,
    release: &Release,
    students: &[StudentId],
) -> Result<HashMap<StudentId, Vec<Signal>>> {
    let mut keys: Vec<Uuid> = students.iter().map(|student| student.0).collect();
    keys.sort_unstable();
    keys.dedup();
    let (assessments, responses, exposures, goals) = futures_util::try_join!(
        active!(from, interest_assessment of &keys),
        answered(from, &keys),
        active!(from, career_exposure of &keys),
        active!(from, career_goal of &keys),
    )?;
    let mut found = Found { release, signals: HashMap::new() };
    for row in &assessments {
        found.assessment(row);
    }
    for row in &responses {
        found.response(row);
    }
    for row in &exposures {
        found.exposure(row);
    }
    found.goals(&goals);
    Ok(found.signals)
}

/// The answers of these students, each with what was asked.
async fn answered(from: From<'_>, students: &[Uuid]) -> Result<Vec<Answered>> {
    let rows = active!(from, career_survey_response of students).await?;
    let mut keys: Vec<Uuid> = rows.iter().map(|row| row.question_id.0).collect();
    keys.sort_unstable();
    keys.dedup();
    let column = career_survey_question::Column::Id;
    let questions =
        from.rows::<career_survey_question::Entity>(Condition::all(), column, &keys).await?;
    let questions: HashMap<_, _> = questions.into_iter().map(|row| (row.id, row)).collect();
    let asked = |row: career_survey_response::Model| {
        let question = questions.get(&row.question_id)?.clone();
        Some((row, question))
    };
    Ok(rows.into_iter().filter_map(asked).collect())
}

impl Found<'_> {
    fn note(&mut self, student: StudentId, signal: Signal) {
        self.signals.entry(student).or_default().push(signal);
    }

    fn assessment(&mut self, row: &interest_assessment::Model) {
        let source = match row.instrument {
            InterestInstrument::OnetShortForm => Source::ShortForm,
            InterestInstrument::OnetMini => Source::Mini,
            InterestInstrument::Other => Source::OtherInstrument,
        };
        let says = Says::Scores(row.scores(), row.max_score);
        self.note(row.student_id, signal(source, row.id.0, row.taken_on, says));
    }

    fn response(&mut self, (row, question): &Answered) {
        let code = question.occupation_code.as_deref();
        if let Some(shape) = self.release.shape(code, question.cluster_id) {
            let says = Says::Liking(row.rating, shape);
            self.note(row.student_id, signal(Source::Response, row.id.0, row.answered_on, says));
        }
    }

    fn exposure(&mut self, row: &career_exposure::Model) {
        let shape = self.release.shape(row.occupation_code.as_deref(), row.cluster_id);
        if let (Some(shape), Some(rating)) = (shape, row.rating) {
            let says = Says::Liking(rating, shape);
            self.note(row.student_id, signal(kind(row.kind), row.id.0, row.occurred_on, says));
        }
    }

    /// A goal counts until the day of its successor.
    fn goals(&mut self, goals: &[career_goal::Model]) {
        let successors: HashMap<CareerGoalId, NaiveDate> =
            goals.iter().filter_map(|row| Some((row.supersedes_id?, row.set_on))).collect();
        for row in goals {
            let shape = self.release.shape(row.occupation_code.as_deref(), row.cluster_id);
            let Some(shape) = shape else { continue };
            let goal = signal(Source::Goal, row.id.0, row.set_on, Says::Liking(OF_GOAL, shape));
            let until = successors.get(&row.id).copied();
            self.note(row.student_id, Signal { until, ..goal });
        }
    }
}

fn signal(source: Source, key: Uuid, on: NaiveDate, says: Says) -> Signal {
    Signal { source, key, on, until: None, says }
}

const fn kind(kind: CareerExposureKind) -> Source {
    match kind {
        CareerExposureKind::Fair => Source::Fair,
        CareerExposureKind::Speaker => Source::Speaker,
        CareerExposureKind::Tour => Source::Tour,
        CareerExposureKind::Interview => Source::Interview,
        CareerExposureKind::JobShadow => Source::JobShadow,
        CareerExposureKind::Other => Source::OtherExposure,
    }
}
