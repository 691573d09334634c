//! What students tell of their interests: in the first days of each school year, and after the
//! tours of the winter.

use chrono::NaiveDate;
use entity::{
    career_exposure::{self, CareerExposureKind},
    career_goal::{self, CareerGoalKind},
    career_survey, career_survey_question, career_survey_response,
    id::{CareerGoalId, CareerSurveyQuestionId},
    interest_assessment::{self, InterestInstrument},
};

use super::{Story, book::written};
use crate::{
    demo::{
        calendar::day,
        courses::Area,
        plan::{InterestPlan, StudentPlan, first_occupation},
    },
    error::{Error, Result},
    interests::service::{
        assessment::AssessmentDraft, exposure::ExposureDraft, goal::GoalDraft,
        question::QuestionDraft, response::ResponseDraft, signal::SignalDraft, survey::SurveyDraft,
        tag::TagDraft,
    },
    store::RowKey,
};

/// A student who is there in a year: the place in the plan, and what they tell.
type There<'p> = (usize, &'p StudentPlan, &'p InterestPlan);

impl Story<'_> {
    /// Everybody answers an inventory and two questions of the district's survey.
    pub async fn ask_interests(&mut self, year: usize) -> Result<()> {
        let on = self.plan.years[year].rollover();
        for district in 0..self.plan.districts.len() {
            if year == 0 {
                self.make_survey(district).await?;
            }
            let actor = self.book.districts[district].actor;
            let mut assessments = Vec::new();
            let mut responses = Vec::new();
            for there in self.present(year, district) {
                let about = self.signal(year, district, there, on)?;
                let (key, told) = (&there.1.key, there.2);
                let assessment = AssessmentDraft {
                    about: about.clone(),
                    instrument: Some(InterestInstrument::OnetShortForm),
                    instrument_name: None,
                    answers: Some(Some(told.answers.clone())),
                    scores: None,
                    max_score: None,
                };
                assessments.push((actor.key(format!("{key}-ip-{year}")), assessment));
                let own = (there.1.area, told.tour);
                for (at, (area, rating)) in [own, told.other].into_iter().enumerate() {
                    let question = self.question(district, area)?;
                    let key = actor.key(format!("{key}-q-{year}-{at}"));
                    let about = about.clone();
                    let rating = Some(rating);
                    responses
                        .push((key, ResponseDraft { about, question: Some(question), rating }));
                }
            }
            self.write::<interest_assessment::Entity>(actor, assessments).await?;
            self.write::<career_survey_response::Entity>(actor, responses).await?;
        }
        Ok(())
    }

    /// Everybody has seen a workplace, and some think anew of what they mean to become.
    pub async fn visit_workplaces(&mut self, year: usize) -> Result<()> {
        let on = day(self.plan.years[year].ends, 2, 10);
        for district in 0..self.plan.districts.len() {
            let actor = self.book.districts[district].actor;
            let mut tours = Vec::new();
            let mut goals = Vec::new();
            for there in self.present(year, district) {
                let about = self.signal(year, district, there, on)?;
                tours.push(self.tour(year, district, there, about.clone()));
                if let Some(code) = there.2.goal {
                    goals.push((there.0, self.goal(year, district, there, about, code)));
                }
            }
            self.write::<career_exposure::Entity>(actor, tours).await?;
            let (places, drafts): (Vec<_>, Vec<_>) = goals.into_iter().unzip();
            let ids: Vec<CareerGoalId> =
                self.write_ids::<career_goal::Entity, _>(actor, drafts).await?;
            self.book.districts[district].goals.extend(places.into_iter().zip(ids));
        }
        Ok(())
    }

    fn present(&self, year: usize, district: usize) -> Vec<There<'_>> {
        let students = self.plan.districts[district].students.iter().enumerate();
        let there = students.filter(|(_, student)| student.grade(year).is_some());
        there.map(|(at, student)| (at, student, &student.interests[year])).collect()
    }

    fn signal(
        &self,
        year: usize,
        district: usize,
        (at, student, _): There<'_>,
        on: NaiveDate,
    ) -> Result<SignalDraft> {
        let rows = &self.book.districts[district];
        let profile = self.plan.districts[district].profile;
        Ok(SignalDraft {
            district: rows.id,
            student: Some(written(rows.students.get(&at))?),
            on: Some(on),
            grade_level: student.grade(year).map(|grade| Some(profile.grade_level(grade))),
            source: Some(Some("Career office".to_owned())),
            status: None,
        })
    }

    fn tour(
        &self,
        year: usize,
        district: usize,
        (_, student, told): There<'_>,
        about: SignalDraft,
    ) -> (RowKey, ExposureDraft) {
        let words = match told.tour {
            ..=2 => "Not what I had imagined.",
            3 => "Interesting, but I am not sure.",
            _ => "I could see myself doing this.",
        };
        let draft = ExposureDraft {
            about,
            kind: Some(CareerExposureKind::Tour),
            title: Some(format!("A morning at work: {}", student.area.title())),
            tag: about_occupation(first_occupation(student.area)),
            rating: Some(Some(told.tour)),
            reflection: Some(Some(words.to_owned())),
        };
        let key = self.book.districts[district].actor.key(format!("{}-tour-{year}", student.key));
        (key, draft)
    }

    fn goal(
        &self,
        year: usize,
        district: usize,
        (at, student, _): There<'_>,
        about: SignalDraft,
        code: &str,
    ) -> (RowKey, GoalDraft) {
        let rows = &self.book.districts[district];
        let draft = GoalDraft {
            about,
            kind: Some(CareerGoalKind::TechnicalTraining),
            statement: Some(format!("To find work in {}.", student.area.title())),
            tag: about_occupation(code),
            supersedes: rows.goals.get(&at).map(|older| Some(*older)),
        };
        (rows.actor.key(format!("{}-goal-{year}", student.key)), draft)
    }

    fn question(&self, district: usize, area: Area) -> Result<CareerSurveyQuestionId> {
        let at = Area::ALL.iter().position(|one| *one == area);
        let questions = &self.book.districts[district].questions;
        written(at.and_then(|at| questions.get(at)))
    }

    /// A survey with a question for each field of work.
    async fn make_survey(&mut self, district: usize) -> Result<()> {
        let (home, actor) = {
            let rows = &self.book.districts[district];
            (rows.id, rows.actor)
        };
        let survey = SurveyDraft {
            district: home,
            title: Some("Fields of work".to_owned()),
            description: Some(Some("Asked at the beginning of each school year.".to_owned())),
            status: None,
        };
        let survey = vec![(actor.key("survey-fields"), survey)];
        let survey = self.write_ids::<career_survey::Entity, _>(actor, survey).await?;
        let survey = survey.first().copied();
        let survey = survey.ok_or_else(|| Error::internal("the survey was not written"))?;
        let question = |(position, area): (i32, Area)| {
            let draft = QuestionDraft {
                district: home,
                survey: Some(survey),
                position: Some(position),
                prompt: Some(format!("How would you like to work in {}?", area.title())),
                tag: about_occupation(first_occupation(area)),
                status: None,
            };
            (actor.key(format!("survey-fields-{position}")), draft)
        };
        let questions = (1..).zip(Area::ALL).map(question).collect();
        let ids = self.write_ids::<career_survey_question::Entity, _>(actor, questions).await?;
        self.book.districts[district].questions = ids;
        Ok(())
    }
}

fn about_occupation(code: &str) -> TagDraft {
    TagDraft { occupation_code: Some(Some(code.to_owned())), cluster: None }
}
