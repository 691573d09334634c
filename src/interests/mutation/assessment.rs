//! Mutations of interest assessments.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, InterestAssessmentId},
    interest_assessment,
};

use super::shared::About;
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Date,
        synced::{Input, Read},
    },
    interests::{
        service::assessment::AssessmentDraft,
        types::{InterestAssessment, InterestInstrument},
    },
    roster::types::RecordStatus,
    synced_mutations,
};

/// A score in each of the six areas, from 0 to the highest that an area can have.
#[derive(Debug, InputObject)]
pub struct InterestScoresInput {
    /// Working with things, tools and machines.
    realistic: i32,
    /// Finding out and understanding.
    investigative: i32,
    /// Creating and expressing.
    artistic: i32,
    /// Helping and teaching people.
    social: i32,
    /// Leading and persuading people.
    enterprising: i32,
    /// Keeping things in order and to rule.
    conventional: i32,
}

/// How an assessment should be: its raw answers, of which the scores are counted, or the scores.
/// What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct InterestAssessmentInput {
    /// The student; needed for a new assessment, and never another one.
    student_id: Option<ID>,
    /// With what it was made; needed for a new assessment.
    instrument: Option<InterestInstrument>,
    /// What another instrument is called.
    instrument_name: MaybeUndefined<String>,
    /// The raw answers in the order of the items, each from 1 (strongly dislike) to 5 (strongly
    /// like): sixty for the short form, thirty for the mini form. Not beside `scores`. Cleared, the
    /// scores stay.
    answers: MaybeUndefined<Vec<i32>>,
    /// The scores, where there are no answers.
    scores: Option<InterestScoresInput>,
    /// The highest score that an area can have; needed for a new assessment by another instrument.
    max_score: Option<i32>,
    /// The day on which it was taken, today or earlier; needed for a new assessment.
    taken_on: Option<Date>,
    /// The grade at that time, as `10`.
    grade_level: MaybeUndefined<String>,
    /// Where it comes from: a platform, an event, a lesson.
    source: MaybeUndefined<String>,
    /// Whether it counts; ACTIVE for a new assessment.
    status: Option<RecordStatus>,
}

impl Input for InterestAssessmentInput {
    type Draft = AssessmentDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let Self { student_id, taken_on: on, grade_level, source, status, .. } = self;
        let about = About { student_id, on, grade_level, source, status };
        let scores = self.scores.map(|scores| {
            let InterestScoresInput { realistic, investigative, artistic, .. } = scores;
            let InterestScoresInput { social, enterprising, conventional, .. } = scores;
            [realistic, investigative, artistic, social, enterprising, conventional]
        });
        let draft = AssessmentDraft {
            about: about.draft(district, &mut reading),
            instrument: self.instrument.map(Into::into),
            instrument_name: patched(self.instrument_name, Into::into),
            answers: patched(self.answers, Into::into),
            scores,
            max_score: self.max_score,
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of interest assessments.
    InterestAssessmentMutation of interest_assessment: InterestAssessment,
    rows interest_assessment::Entity, ids InterestAssessmentId,
    reading InterestAssessmentInput, needs Scope::InterestsWrite {
        /// Creates and updates assessments of students' interests by your own system's keys. Sending
        /// the same rows again writes nothing.
        interest_assessment_bulk_upsert(InterestAssessmentUpsertInput) -> InterestAssessmentBulkUpsertPayload, InterestAssessmentUpsertResult;
        /// Changes one assessment.
        interest_assessment_update -> InterestAssessmentUpdatePayload;
    }
}
