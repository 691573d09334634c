//! Pathways that suit a student.

use async_graphql::registry::{MetaInputValue, Registry};
use entity::student;

use super::{
    Pathway, PathwayCourse,
    progress::{COST, places},
};
use crate::{
    auth::{Class, Scope},
    error::{Code, Error, Result},
    graphql::{
        object::{Arguments, Cx, Declaration, Graph, Loaded, Parents, Picked, declared_or},
        scalars::Decimal,
    },
    interests::types::{Ranked, RankedCluster},
    pathways::{
        rules::recommend::FORMULA,
        service::recommend::{self, Recommended},
    },
    roster::types::Student,
    value_object,
};

/// Recommendations that are told unless another number is asked for.
const SOME: i32 = 5;
/// Recommendations that can be asked for.
const MOST: i32 = 25;

value_object! {
    /// A pathway of the district that suits a student, with the reasons. Up to 60 points of the score
    /// come from the student's interests and up to 40 from the courses of the pathway that the
    /// student has completed or is taking, these by half. Without the scope `interests:read` nothing
    /// here depends on interests, the order included.
    pub PathwayRecommendation(Recommended)
}

pub(super) fn declare(graph: &mut Graph) {
    let recommendation = graph.object::<PathwayRecommendation>();
    facts(recommendation);
    reasons(recommendation);
    graph
        .object::<Student>()
        .many::<PathwayRecommendation, AtMost>(
            "pathwayRecommendations",
            |parents, most| Box::pin(load(parents, most)),
            "The pathways that suit the student, the best first, with the reasons. Pathways that \
             the student is on or has completed are left out, and so is what nothing speaks for.",
        )
        .needs(Scope::PathwaysRead)
        .pii(Class::Education)
        .costs(COST)
        .reads([student::Column::Id, student::Column::DistrictId]);
}

fn facts(recommendation: &mut Declaration<PathwayRecommendation>) {
    recommendation
        .column(
            "rank",
            |row| i32::try_from(row.rank + 1).unwrap_or(i32::MAX),
            "Its place, from 1. Equal scores stand by name.",
        )
        .pii(Class::Interest);
    recommendation
        .column(
            "score",
            |row| Decimal { hundredths: row.reasons.score() },
            "The points, from 0.00 to 100.00.",
        )
        .pii(Class::Interest);
    recommendation.column("formulaVersion", |_| FORMULA, "The version of the formula.");
    recommendation.belongs_to::<Pathway>("pathway", |row| Some(row.pathway.into()), "The pathway.");
}

fn reasons(recommendation: &mut Declaration<PathwayRecommendation>) {
    recommendation
        .one::<RankedCluster, ()>(
            "interestFit",
            |parents, ()| {
                let fit = |row: &&Recommended| {
                    let interest = row.interest.as_ref()?;
                    let (cluster, rank) = (interest.cluster, interest.rank);
                    Some(Ranked::new(cluster, rank, &interest.fit, &interest.profile))
                };
                let each = parents.rows.iter().map(fit).collect();
                Box::pin(async move { Ok(Loaded::each(each)) })
            },
            "How the pathway's career cluster fits the student's interests, with the signals that \
             say so; null when it does not fit.",
        )
        .needs(Scope::InterestsRead)
        .pii(Class::Interest);
    recommendation
        .column(
            "completedCourses",
            |row| row.reasons.completed,
            "Courses of it that the student has completed.",
        )
        .pii(Class::Education);
    recommendation
        .column(
            "coursesInProgress",
            |row| row.reasons.in_progress,
            "Courses of it that the student is taking.",
        )
        .pii(Class::Education);
    recommendation
        .belongs_to::<PathwayCourse>(
            "nextCourse",
            |row| row.progress.next.map(Into::into),
            "The course to begin or go on with; null while nothing is open.",
        )
        .pii(Class::Education);
    places(recommendation, |row| &row.progress, "Its courses, and how the student stands to each.");
}

/// How many were asked for.
struct AtMost(usize);

impl Arguments for AtMost {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared_or(registry, "atMost", "How many at most, 1 to 25.", &SOME)]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let most = picked.argument_or(cx, "atMost", SOME)?;
        let is_fine = (1..=MOST).contains(&most);
        usize::try_from(most).ok().filter(|_| is_fine).map(Self).ok_or_else(|| {
            let message = format!("`atMost`: a number from 1 to {MOST} is expected");
            Error::argument(Code::BadUserInput, message)
        })
    }
}

async fn load(
    parents: &Parents<'_, Student>,
    most: AtMost,
) -> Result<Loaded<Recommended, Vec<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let app = parents.cx.app()?;
    let found = Box::pin(recommend::of(app, reader, caller, parents.rows, most.0)).await?;
    Ok(Loaded::lists(found))
}
