//! What a student tells of interests, signal by signal.

use pathbridge::bulk::reference::sample;
use serde_json::json;

use super::super::story::{Story, change, row};
use crate::support::TestApp;

pub async fn told(app: &TestApp, story: &mut Story<'_>, student: &str) {
    sample::load(&app.app).await.expect("the sample is loaded");
    assessed(story, student).await;
    asked(story, student).await;
    lived(story, student).await;
    meant(story, student).await;
}

async fn assessed(story: &mut Story<'_>, student: &str) {
    let scores = json!({ "realistic": 10, "investigative": 20, "artistic": 5, "social": 35,
        "enterprising": 15, "conventional": 0 });
    let first = json!({ "studentId": student, "instrument": "ONET_SHORT_FORM_60",
        "scores": scores, "takenOn": "2026-08-01" });
    let created = "CREATED assessment artistic,conventional,district,enterprising,instrument,\
                   investigative,maxScore,realistic,social,status,student,takenOn";
    let first = row("interestAssessment", "i", &first);
    let first = story.perform("interestAssessmentBulkUpsert", first, &[created]).await;
    let answers = change(&first, &json!({ "answers": vec![3; 60] }));
    let told = "UPDATED assessment answers,artistic,conventional,enterprising,realistic,social";
    story.perform("interestAssessmentUpdate", answers, &[told]).await;
}

async fn asked(story: &mut Story<'_>, student: &str) {
    let survey = row("careerSurvey", "s", &json!({ "title": "Grade 8" }));
    let created = "CREATED survey district,status,title";
    let survey = story.perform("careerSurveyBulkUpsert", survey, &[created]).await;
    let text = change(&survey, &json!({ "description": "Every spring" }));
    story.perform("careerSurveyUpdate", text, &["UPDATED survey description"]).await;

    let question = json!({ "surveyId": survey, "prompt": "To nurse?",
        "occupationCode": "29-1141.00" });
    let created = "CREATED question district,occupationCode,position,prompt,status,survey";
    let question = row("careerSurveyQuestion", "q", &question);
    let question = story.perform("careerSurveyQuestionBulkUpsert", question, &[created]).await;
    let place = change(&question, &json!({ "position": 2 }));
    story.perform("careerSurveyQuestionUpdate", place, &["UPDATED question position"]).await;

    let answer = json!({ "studentId": student, "questionId": question, "rating": 4,
        "answeredOn": "2026-08-02" });
    let created = "CREATED response answeredOn,district,question,rating,status,student";
    let answer = row("careerSurveyResponse", "r", &answer);
    let answer = story.perform("careerSurveyResponseBulkUpsert", answer, &[created]).await;
    let more = change(&answer, &json!({ "rating": 5, "gradeLevel": "8" }));
    let told = ["UPDATED response gradeLevel,rating"];
    story.perform("careerSurveyResponseUpdate", more, &told).await;
}

async fn lived(story: &mut Story<'_>, student: &str) {
    let tour = json!({ "studentId": student, "kind": "TOUR", "title": "The ward",
        "occurredOn": "2026-08-03", "occupationCode": "29-1141.00", "rating": 5 });
    let created = "CREATED exposure district,kind,occupationCode,occurredOn,rating,status,\
                   student,title";
    let tour = row("careerExposure", "t", &tour);
    let tour = story.perform("careerExposureBulkUpsert", tour, &[created]).await;
    let words = change(&tour, &json!({ "reflection": "I could do this." }));
    story.perform("careerExposureUpdate", words, &["UPDATED exposure reflection"]).await;
}

async fn meant(story: &mut Story<'_>, student: &str) {
    let goal = json!({ "studentId": student, "kind": "FOUR_YEAR_COLLEGE",
        "statement": "To be a nurse", "occupationCode": "29-1141.00", "setOn": "2026-08-04" });
    let created = "CREATED goal district,kind,occupationCode,setOn,statement,status,student";
    let goal = row("careerGoal", "g", &goal);
    let goal = story.perform("careerGoalBulkUpsert", goal, &[created]).await;
    let road = change(&goal, &json!({ "kind": "TWO_YEAR_COLLEGE" }));
    story.perform("careerGoalUpdate", road, &["UPDATED goal kind"]).await;
}
