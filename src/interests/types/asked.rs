//! Which profile is asked for: of whom, and of which day.

use async_graphql::{
    ID,
    registry::{MetaInputValue, Registry},
};
use entity::{id::StudentId, student};

use super::profile::{COST, InterestProfile};
use crate::{
    auth::{Class, Scope},
    error::Result,
    graphql::{
        input::id_of,
        object::{Arguments, Cx, Graph, Loaded, Parents, Picked, Query, declared},
        scalars::Date,
    },
    interests::service::profile::{self, From as Source, Known},
    store::{any_of, visible},
};

/// The day that was asked for.
pub(super) struct AsOf(Option<Date>);

impl Arguments for AsOf {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<Option<Date>>(
            registry,
            "asOf",
            "The day whose state is asked for; today when left out.",
        )]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "asOf").map(Self)
    }
}

/// The profiles of these students, in their order.
pub(super) async fn known(
    cx: &Cx<'_>,
    students: &[StudentId],
    as_of: AsOf,
) -> Result<Vec<Option<Known>>> {
    let caller = cx.caller()?;
    let as_of = as_of.0.map_or_else(|| caller.today(), |day| day.0);
    let from = Source::Answer(cx.reader()?, caller);
    let known = profile::of(cx.app()?, from, students, as_of).await?;
    Ok(known.into_iter().map(Some).collect())
}

/// The student and the day that were asked for.
struct OfStudent(StudentId, AsOf);

impl Arguments for OfStudent {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        let student = declared::<ID>(registry, "studentId", "The student.");
        [student].into_iter().chain(AsOf::declare(registry)).collect()
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let student = id_of("studentId", &picked.argument::<ID>(cx, "studentId")?)?;
        Ok(Self(student, AsOf::read(cx, picked)?))
    }
}

pub(super) fn declare(graph: &mut Graph) {
    graph
        .query()
        .one::<InterestProfile, OfStudent>(
            "interestProfile",
            |parents, of| Box::pin(load(parents, of)),
            "What a student is drawn to, from everything that was told up to a day, as \
             `interestProfile` of the student tells it; null when you do not see the student.",
        )
        .needs(Scope::InterestsRead)
        .pii(Class::Interest)
        .costs(COST);
}

async fn load(
    parents: &Parents<'_, Query>,
    OfStudent(student, as_of): OfStudent,
) -> Result<Loaded<Known, Option<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let with_key = any_of(reader.backend, student::Column::Id, &[student.0]);
    if reader.all(visible::<student::Entity>(caller), with_key).await?.is_empty() {
        return Ok(Loaded::each(vec![None]));
    }
    Ok(Loaded::each(known(parents.cx, &[student], as_of).await?))
}
