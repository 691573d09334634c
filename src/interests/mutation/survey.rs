//! Mutations of career surveys, their questions and answers.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    career_survey, career_survey_question, career_survey_response,
    id::{CareerSurveyId, CareerSurveyQuestionId, CareerSurveyResponseId, DistrictId},
};

use super::shared::{About, tag};
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Date,
        synced::{Input, Read},
    },
    interests::{
        service::{question::QuestionDraft, response::ResponseDraft, survey::SurveyDraft},
        types::{CareerSurvey, CareerSurveyQuestion, CareerSurveyResponse},
    },
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a survey should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct CareerSurveyInput {
    /// What it is called; needed for a new survey.
    title: Option<String>,
    /// What it is for.
    description: MaybeUndefined<String>,
    /// Whether it is in use; ACTIVE for a new survey.
    status: Option<RecordStatus>,
}

impl Input for CareerSurveyInput {
    type Draft = SurveyDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        Ok(SurveyDraft {
            district,
            title: self.title,
            description: patched(self.description, Into::into),
            status: self.status.map(Into::into),
        })
    }
}

/// How a question should be. What is absent is kept.
#[derive(Debug, InputObject)]
pub struct CareerSurveyQuestionInput {
    /// The survey; needed for a new question, and never another one.
    survey_id: Option<ID>,
    /// Its place in the survey, from 1; 1 when a new question does not say.
    position: Option<i32>,
    /// What is asked; needed for a new question.
    prompt: Option<String>,
    /// The occupation that it is about, by its O*NET-SOC code. A new question is about an
    /// occupation or a cluster, and stays so.
    occupation_code: MaybeUndefined<String>,
    /// The career cluster that it is about.
    cluster_id: MaybeUndefined<ID>,
    /// Whether it is in use; ACTIVE for a new question.
    status: Option<RecordStatus>,
}

impl Input for CareerSurveyQuestionInput {
    type Draft = QuestionDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = QuestionDraft {
            district,
            survey: reading.optional_id("surveyId", self.survey_id.as_ref()),
            position: self.position,
            prompt: self.prompt,
            tag: tag(&mut reading, self.occupation_code, &self.cluster_id),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

/// How an answer should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct CareerSurveyResponseInput {
    /// The student; needed for a new answer, and never another one.
    student_id: Option<ID>,
    /// What was asked; needed for a new answer, and never another one.
    question_id: Option<ID>,
    /// How much it appeals, from 1 (not at all) to 5 (very much); needed for a new answer.
    rating: Option<i32>,
    /// The day of the answer, today or earlier; needed for a new answer.
    answered_on: Option<Date>,
    /// The grade at that time, as `10`.
    grade_level: MaybeUndefined<String>,
    /// Where it comes from: a platform, an event, a lesson.
    source: MaybeUndefined<String>,
    /// Whether it counts; ACTIVE for a new answer.
    status: Option<RecordStatus>,
}

impl Input for CareerSurveyResponseInput {
    type Draft = ResponseDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let Self { student_id, answered_on: on, grade_level, source, status, .. } = self;
        let about = About { student_id, on, grade_level, source, status };
        let draft = ResponseDraft {
            about: about.draft(district, &mut reading),
            question: reading.optional_id("questionId", self.question_id.as_ref()),
            rating: self.rating,
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of career surveys.
    CareerSurveyMutation of career_survey: CareerSurvey, rows career_survey::Entity,
    ids CareerSurveyId, reading CareerSurveyInput, needs Scope::InterestsWrite {
        /// Creates and updates career surveys by your own system's keys. Sending the same rows again
        /// writes nothing.
        career_survey_bulk_upsert(CareerSurveyUpsertInput) -> CareerSurveyBulkUpsertPayload, CareerSurveyUpsertResult;
        /// Changes one career survey.
        career_survey_update -> CareerSurveyUpdatePayload;
    }
}

synced_mutations! { of a district:
    /// Mutations of the questions of career surveys.
    CareerSurveyQuestionMutation of career_survey_question: CareerSurveyQuestion,
    rows career_survey_question::Entity, ids CareerSurveyQuestionId,
    reading CareerSurveyQuestionInput, needs Scope::InterestsWrite {
        /// Creates and updates questions of career surveys by your own system's keys. Sending the
        /// same rows again writes nothing.
        career_survey_question_bulk_upsert(CareerSurveyQuestionUpsertInput) -> CareerSurveyQuestionBulkUpsertPayload, CareerSurveyQuestionUpsertResult;
        /// Changes one question.
        career_survey_question_update -> CareerSurveyQuestionUpdatePayload;
    }
}

synced_mutations! { of a district:
    /// Mutations of students' answers to career surveys.
    CareerSurveyResponseMutation of career_survey_response: CareerSurveyResponse,
    rows career_survey_response::Entity, ids CareerSurveyResponseId,
    reading CareerSurveyResponseInput, needs Scope::InterestsWrite {
        /// Creates and updates students' answers to career surveys by your own system's keys. Sending
        /// the same rows again writes nothing.
        career_survey_response_bulk_upsert(CareerSurveyResponseUpsertInput) -> CareerSurveyResponseBulkUpsertPayload, CareerSurveyResponseUpsertResult;
        /// Changes one answer.
        career_survey_response_update -> CareerSurveyResponseUpdatePayload;
    }
}
