//! Interest assessments.

use async_graphql::Enum;
use entity::{
    id::{InterestAssessmentId, StudentId},
    interest_assessment::{Column, Entity, InterestInstrument as Stored},
};

use super::shared::declare_signal;
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    interests::rules::scoring,
    leaf_enums, object, order,
    roster::types::Student,
};

/// With what interests were assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Stored")]
pub enum InterestInstrument {
    /// The O*NET Interest Profiler, short form: sixty items, ten for each area, in the order
    /// R R I I A A S S E E C C, five times.
    #[graphql(name = "ONET_SHORT_FORM_60")]
    OnetShortForm,
    /// The O*NET Mini Interest Profiler: thirty items, five for each area, in the order
    /// R I A S E C, five times.
    #[graphql(name = "ONET_MINI_30")]
    OnetMini,
    /// Another instrument, of which only the scores are known.
    Other,
}

leaf_enums!(InterestInstrument);

filter! {
    pub InterestAssessmentWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of InterestAssessmentId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The day on which it was taken.
        taken_on: DateFilter => TakenOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub InterestAssessmentOrder, InterestAssessmentOrderField on Entity as Column {
        /// By the day on which it was taken.
        TakenOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// What an instrument found out about a student's interests: a score in each of Holland's six
    /// areas, from 0 to `maxScore`. For exploring careers, planning and counselling only, never for
    /// choosing among applicants: no employer sees it.
    pub InterestAssessment(Entity) is InterestAssessmentId, needs Scope::InterestsRead, by InterestAssessmentWhere, InterestAssessmentOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let assessment = graph.node::<InterestAssessment>();
    assessment.column("id", |row| Key(row.id), "The global id.");
    assessment.column(
        "instrument",
        |row| InterestInstrument::from(row.instrument),
        "With what it was made.",
    );
    assessment
        .column(
            "instrumentName",
            |row| row.instrument_name.clone(),
            "What another instrument is called.",
        )
        .pii(Class::Interest);
    assessment
        .column(
            "answers",
            |row| row.answers.as_deref().map(scoring::read),
            "The raw answers, from 1 (strongly dislike) to 5 (strongly like), where they are kept.",
        )
        .pii(Class::Interest);
    scores(assessment);
    assessment
        .column("takenOn", |row| row.taken_on, "The day on which it was taken.")
        .pii(Class::Interest);
    declare_signal!(assessment);
    graph.object::<Student>().has_many::<InterestAssessment>(
        "interestAssessments",
        Column::StudentId,
        |row| row.id.into(),
        "The assessments of the student's interests.",
    );
}

fn scores(assessment: &mut Declaration<InterestAssessment>) {
    let max =
        "The highest score that an area can have: 40 for the short form, 20 for the mini form.";
    assessment.column("maxScore", |row| row.max_score, max).pii(Class::Interest);
    assessment
        .column("realistic", |row| row.realistic, "Working with things, tools and machines.")
        .pii(Class::Interest);
    assessment
        .column("investigative", |row| row.investigative, "Finding out and understanding.")
        .pii(Class::Interest);
    assessment
        .column("artistic", |row| row.artistic, "Creating and expressing.")
        .pii(Class::Interest);
    assessment
        .column("social", |row| row.social, "Helping and teaching people.")
        .pii(Class::Interest);
    assessment
        .column("enterprising", |row| row.enterprising, "Leading and persuading people.")
        .pii(Class::Interest);
    assessment
        .column("conventional", |row| row.conventional, "Keeping things in order and to rule.")
        .pii(Class::Interest);
}
