//! What fits one student.

use async_graphql::registry::{MetaInputValue, Registry};
use entity::student;

use crate::{
    auth::{Class, Scope},
    error::{Error, Problem, ProblemCode, Result},
    graphql::{
        object::{Arguments, Cx, Graph, Loaded, Parents, Picked, declared_or},
        scalars::Decimal,
    },
    interests::rules::fit::hundredths,
    matching::service::recommend::{self, Recommendation},
    partners::types::Opportunity,
    roster::types::Student,
    value_object,
};

/// Recommendations that are given when nobody says how many.
const USUAL: i32 = 10;
/// The most that are given.
const HIGHEST: i32 = 50;
/// What they add to the cost of an operation: they read all signals of a student and all offers.
const COST: i32 = 10;

value_object! {
    /// An open opportunity that the student may take, and what speaks for it. What the student's
    /// interests say comes first, then the student's own list, then the first day.
    pub PlacementRecommendation(Recommendation)
}

pub(super) fn declare(graph: &mut Graph) {
    let recommendation = graph.object::<PlacementRecommendation>();
    recommendation.belongs_to::<Opportunity>(
        "opportunity",
        |row| Some(row.opportunity.into()),
        "The opportunity.",
    );
    recommendation
        .column(
            "interestFit",
            |row| row.interest.map(|fit| Decimal { hundredths: hundredths(fit) }),
            "How alike its occupation and the student's profile of interests are, above 0.00 up to \
             1.00; null when one of them is not known, or nothing speaks for it.",
        )
        .pii(Class::Interest);
    recommendation
        .column("preferenceRank", |row| row.wished, "Its place on the student's own list.")
        .pii(Class::Interest);
    recommendation.column("seatsLeft", |row| row.seats_left, "How many seats are left.");
    recommendation.column(
        "startsOn",
        |row| row.starts_on,
        "The first day: today when it has none of its own.",
    );
    of_student(graph);
}

fn of_student(graph: &mut Graph) {
    graph
        .object::<Student>()
        .many::<PlacementRecommendation, Most>(
            "placementRecommendations",
            |parents, most| Box::pin(load(parents, most)),
            "What the student may take of what is offered now, the best first. An opportunity is left \
             out when it is full or closed, when no affiliation agreement covers its days, when the \
             student is too young for it, or has or had a placement of it.",
        )
        .needs(Scope::InterestsRead)
        .pii(Class::Interest)
        .costs(COST)
        .reads([
            student::Column::Id,
            student::Column::DistrictId,
            student::Column::Status,
            student::Column::BirthDate,
        ]);
}

/// How many are asked for.
struct Most(usize);

impl Arguments for Most {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        let description = "How many, from 1 to 50.";
        vec![declared_or(registry, "limit", description, &USUAL)]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let most = picked.argument_or(cx, "limit", USUAL)?;
        if !(1..=HIGHEST).contains(&most) {
            let message = format!("from 1 to {HIGHEST} are allowed");
            let problem = Problem::field(ProblemCode::OutOfRange, "limit", message);
            return Err(Error::Invalid(vec![problem]));
        }
        Ok(Self(usize::try_from(most).unwrap_or_default()))
    }
}

async fn load(
    parents: &Parents<'_, Student>,
    most: Most,
) -> Result<Loaded<Recommendation, Vec<usize>>> {
    let asking = (parents.cx.reader()?, parents.cx.caller()?);
    let students: Vec<_> = parents.rows.iter().map(|row| (*row).clone()).collect();
    let lists = recommend::of(parents.cx.app()?, asking, &students, most.0).await?;
    Ok(Loaded::lists(lists))
}
