//! What can be written of students' interests.

mod assessment;
mod exposure;
mod goal;
mod shared;
mod survey;

use async_graphql::MergedObject;

pub use self::{
    assessment::InterestAssessmentMutation,
    exposure::CareerExposureMutation,
    goal::CareerGoalMutation,
    survey::{CareerSurveyMutation, CareerSurveyQuestionMutation, CareerSurveyResponseMutation},
};

/// The part of the mutations that is about interests.
#[derive(Debug, Default, MergedObject)]
pub struct InterestsMutation(
    InterestAssessmentMutation,
    CareerSurveyMutation,
    CareerSurveyQuestionMutation,
    CareerSurveyResponseMutation,
    CareerExposureMutation,
    CareerGoalMutation,
);
