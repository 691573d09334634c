//! What a student has told of interests.

use entity::{
    career_exposure::{self, CareerExposureKind},
    career_goal::{self, CareerGoalKind},
    career_survey, career_survey_question, career_survey_response,
    id::{CareerGoalId, CareerSurveyQuestionId},
    interest_assessment::{self, InterestInstrument},
    interest_standing,
    riasec::InterestArea,
    status::RecordStatus,
};

use super::{Seed, day, reference::Public, roster::Roster};

pub(super) async fn write(seed: &mut Seed<'_>, roster: &Roster, public: &Public) {
    write_assessment(seed, roster).await;
    let question = write_survey(seed, roster, public).await;
    write_response(seed, roster, question).await;
    write_exposure(seed, roster, public).await;
    let older = write_goal(seed, roster, public, None).await;
    write_goal(seed, roster, public, Some(older)).await;
    seed.put(interest_standing::Model {
        student_id: roster.student,
        district_id: roster.district,
        primary_area: Some(InterestArea::Social),
        primary_cluster_id: Some(public.cluster),
        onet_release_id: None,
        cluster_release_id: None,
        formula: 1,
        updated_at: seed.now,
    })
    .await;
}

async fn write_assessment(seed: &mut Seed<'_>, roster: &Roster) {
    let (id, marker) = seed.next();
    seed.put(interest_assessment::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        instrument: InterestInstrument::OnetMini,
        instrument_name: Some(format!("{marker} name")),
        answers: Some("3".repeat(30)),
        max_score: 20,
        realistic: 10,
        investigative: 10,
        artistic: 10,
        social: 20,
        enterprising: 10,
        conventional: 0,
        taken_on: day(3, 1),
        grade_level: Some(format!("{marker} grade")),
        source: Some(format!("{marker} source")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_survey(
    seed: &mut Seed<'_>,
    roster: &Roster,
    public: &Public,
) -> CareerSurveyQuestionId {
    let (survey_id, marker) = seed.next();
    seed.put(career_survey::Model {
        id: survey_id,
        district_id: roster.district,
        title: format!("{marker} title"),
        description: Some(format!("{marker} description")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    let (id, marker) = seed.next();
    seed.put(career_survey_question::Model {
        id,
        district_id: roster.district,
        survey_id,
        position: 1,
        prompt: format!("{marker} prompt"),
        occupation_code: Some(public.code.clone()),
        cluster_id: Some(public.cluster),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_response(seed: &mut Seed<'_>, roster: &Roster, question_id: CareerSurveyQuestionId) {
    let (id, marker) = seed.next();
    seed.put(career_survey_response::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        question_id,
        rating: 4,
        answered_on: day(3, 2),
        grade_level: Some(format!("{marker} grade")),
        source: Some(format!("{marker} source")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_exposure(seed: &mut Seed<'_>, roster: &Roster, public: &Public) {
    let (id, marker) = seed.next();
    seed.put(career_exposure::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        kind: CareerExposureKind::Tour,
        title: format!("{marker} title"),
        occurred_on: day(3, 3),
        occupation_code: Some(public.code.clone()),
        cluster_id: Some(public.cluster),
        rating: Some(5),
        reflection: Some(format!("{marker} reflection")),
        grade_level: Some(format!("{marker} grade")),
        source: Some(format!("{marker} source")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_goal(
    seed: &mut Seed<'_>,
    roster: &Roster,
    public: &Public,
    supersedes_id: Option<CareerGoalId>,
) -> CareerGoalId {
    let (id, marker) = seed.next();
    seed.put(career_goal::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        kind: CareerGoalKind::FourYearCollege,
        statement: format!("{marker} statement"),
        occupation_code: Some(public.code.clone()),
        cluster_id: Some(public.cluster),
        set_on: day(3, 4),
        supersedes_id,
        grade_level: Some(format!("{marker} grade")),
        source: Some(format!("{marker} source")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}
