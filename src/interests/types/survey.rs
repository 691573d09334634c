//! Career surveys, their questions, and students' answers.

use entity::{
    career_survey, career_survey_question, career_survey_response,
    id::{CareerSurveyId, CareerSurveyQuestionId, CareerSurveyResponseId, StudentId},
};

use super::shared::{declare_signal, declare_tag};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order,
    roster::types::{District, RecordStatus, Student},
    tracked,
};

filter! {
    pub CareerSurveyWhere on career_survey::Entity as career_survey::Column {
        /// The global id.
        id: IdFilter => Id of CareerSurveyId,
        /// What it is called.
        title: StringFilter => Title,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerSurveyOrder, CareerSurveyOrderField on career_survey::Entity as career_survey::Column {
        /// By what it is called.
        Title,
        /// By the last change.
        UpdatedAt,
    }
}

filter! {
    pub CareerSurveyQuestionWhere on career_survey_question::Entity as career_survey_question::Column {
        /// The global id.
        id: IdFilter => Id of CareerSurveyQuestionId,
        /// The survey.
        survey: IdFilter => SurveyId of CareerSurveyId,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerSurveyQuestionOrder, CareerSurveyQuestionOrderField on career_survey_question::Entity as career_survey_question::Column {
        /// By the last change.
        UpdatedAt,
    }
}

filter! {
    pub CareerSurveyResponseWhere on career_survey_response::Entity as career_survey_response::Column {
        /// The global id.
        id: IdFilter => Id of CareerSurveyResponseId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The question.
        question: IdFilter => QuestionId of CareerSurveyQuestionId,
        /// The day of the answer.
        answered_on: DateFilter => AnsweredOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerSurveyResponseOrder, CareerSurveyResponseOrderField on career_survey_response::Entity as career_survey_response::Column {
        /// By the day of the answer.
        AnsweredOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A questionnaire of a district that asks students how fields of work appeal to them.
    pub CareerSurvey(career_survey::Entity) is CareerSurveyId, needs Scope::InterestsRead, by CareerSurveyWhere, CareerSurveyOrder
}

object! {
    /// A question about one occupation or one career cluster. Both it and its survey stay, so that
    /// the answers go on meaning what they meant.
    pub CareerSurveyQuestion(career_survey_question::Entity) is CareerSurveyQuestionId, needs Scope::InterestsRead, by CareerSurveyQuestionWhere, CareerSurveyQuestionOrder
}

object! {
    /// A student's answer to a question: how much it appeals.
    pub CareerSurveyResponse(career_survey_response::Entity) is CareerSurveyResponseId, needs Scope::InterestsRead, by CareerSurveyResponseWhere, CareerSurveyResponseOrder
}

pub(super) fn declare(graph: &mut Graph) {
    surveys(graph);
    questions(graph);
    responses(graph);
}

fn surveys(graph: &mut Graph) {
    let survey = graph.node::<CareerSurvey>();
    survey.column("id", |row| Key(row.id), "The global id.");
    survey.column("title", |row| row.title.clone(), "What it is called.");
    survey.column("description", |row| row.description.clone(), "What it is for.");
    survey.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    survey.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    survey.external_ids();
    tracked!(survey);
}

fn questions(graph: &mut Graph) {
    let question = graph.node::<CareerSurveyQuestion>();
    question.column("id", |row| Key(row.id), "The global id.");
    question.column("position", |row| row.position, "Its place in the survey, from 1.");
    question.column("prompt", |row| row.prompt.clone(), "What is asked.");
    question.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    question.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district.",
    );
    question.belongs_to::<CareerSurvey>("survey", |row| Some(row.survey_id.into()), "The survey.");
    declare_tag!(question of career_survey_question);
    question.external_ids();
    tracked!(question);
    graph.object::<CareerSurvey>().has_many::<CareerSurveyQuestion>(
        "questions",
        career_survey_question::Column::SurveyId,
        |row| row.id.into(),
        "Its questions.",
    );
}

fn responses(graph: &mut Graph) {
    let response = graph.node::<CareerSurveyResponse>();
    response.column("id", |row| Key(row.id), "The global id.");
    response
        .column(
            "rating",
            |row| row.rating,
            "How much it appeals, from 1 (not at all) to 5 (very much).",
        )
        .pii(Class::Interest);
    response
        .column("answeredOn", |row| row.answered_on, "The day of the answer.")
        .pii(Class::Interest);
    response.belongs_to::<CareerSurveyQuestion>(
        "question",
        |row| Some(row.question_id.into()),
        "What was asked.",
    );
    declare_signal!(response);
    graph.object::<CareerSurveyQuestion>().has_many::<CareerSurveyResponse>(
        "responses",
        career_survey_response::Column::QuestionId,
        |row| row.id.into(),
        "The answers to it.",
    );
    graph.object::<Student>().has_many::<CareerSurveyResponse>(
        "careerSurveyResponses",
        career_survey_response::Column::StudentId,
        |row| row.id.into(),
        "The student's answers to career surveys.",
    );
}
