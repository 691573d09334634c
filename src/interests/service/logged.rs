//! Whose signals they are, for the log of changes.

use entity::id::{
    CareerExposureId, CareerGoalId, CareerSurveyId, CareerSurveyQuestionId, CareerSurveyResponseId,
    InterestAssessmentId,
};

use crate::{logged, store::Owners};

logged! {
    interest_assessment is InterestAssessmentId, of |row| Owners::district(row.district_id);
    career_survey is CareerSurveyId, of |row| Owners::district(row.district_id);
    career_survey_question is CareerSurveyQuestionId, of |row| Owners::district(row.district_id);
    career_survey_response is CareerSurveyResponseId, of |row| Owners::district(row.district_id);
    career_exposure is CareerExposureId, of |row| Owners::district(row.district_id);
    career_goal is CareerGoalId, of |row| Owners::district(row.district_id);
}
