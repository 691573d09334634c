//! What can be asked of students' interests.

use super::types::{
    CareerExposure, CareerGoal, CareerSurvey, CareerSurveyQuestion, CareerSurveyResponse,
    InterestAssessment,
};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    assessments(query);
    surveys(query);
    lived(query);
}

fn assessments(query: &mut Declaration<Query>) {
    query.get::<InterestAssessment>(
        "interestAssessment",
        "An assessment of a student's interests by its global id.",
    );
    query.by_key::<InterestAssessment>(
        "interestAssessmentByKey",
        "An assessment of a student's interests by your own system's key.",
    );
    query.list::<InterestAssessment>(
        "interestAssessments",
        "The assessments of interests that you may see.",
    );
}

fn surveys(query: &mut Declaration<Query>) {
    query.get::<CareerSurvey>("careerSurvey", "A career survey by its global id.");
    query.by_key::<CareerSurvey>("careerSurveyByKey", "A career survey by your own system's key.");
    query.list::<CareerSurvey>("careerSurveys", "The career surveys that you may see.");
    query.get::<CareerSurveyQuestion>(
        "careerSurveyQuestion",
        "A question of a career survey by its global id.",
    );
    query.by_key::<CareerSurveyQuestion>(
        "careerSurveyQuestionByKey",
        "A question of a career survey by your own system's key.",
    );
    query.list::<CareerSurveyQuestion>(
        "careerSurveyQuestions",
        "The questions of career surveys that you may see.",
    );
    query.get::<CareerSurveyResponse>(
        "careerSurveyResponse",
        "A student's answer to a career survey by its global id.",
    );
    query.by_key::<CareerSurveyResponse>(
        "careerSurveyResponseByKey",
        "A student's answer to a career survey by your own system's key.",
    );
    query.list::<CareerSurveyResponse>(
        "careerSurveyResponses",
        "The answers to career surveys that you may see.",
    );
}

fn lived(query: &mut Declaration<Query>) {
    query.get::<CareerExposure>(
        "careerExposure",
        "A student's meeting with a field of work by its global id.",
    );
    query.by_key::<CareerExposure>(
        "careerExposureByKey",
        "A student's meeting with a field of work by your own system's key.",
    );
    query.list::<CareerExposure>(
        "careerExposures",
        "The meetings with fields of work that you may see.",
    );
    query.get::<CareerGoal>("careerGoal", "A student's goal by its global id.");
    query.by_key::<CareerGoal>("careerGoalByKey", "A student's goal by your own system's key.");
    query.list::<CareerGoal>("careerGoals", "The goals that you may see.");
}
