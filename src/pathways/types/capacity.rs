//! How many students of a pathway have come how far.

use entity::{id::PathwayCourseId, pathway};

use super::{
    Pathway, PathwayCourse,
    progress::{AsOf, COST},
};
use crate::{
    error::Result,
    graphql::object::{Declaration, Graph, Loaded, Parents},
    pathways::{
        rules::levels::Level,
        service::capacity::{self, Counts},
    },
    value_object,
};

value_object! {
    /// How many students of a pathway have come how far by a day, each counted at the highest level.
    pub PathwayProgressCounts(Counts)
}

value_object! {
    /// For how many students of a pathway the same course is next.
    pub PathwayCourseDemand((PathwayCourseId, i32))
}

pub(super) fn declare(graph: &mut Graph) {
    let counts = graph.object::<PathwayProgressCounts>();
    numbers(counts);
    counts.many::<PathwayCourseDemand, ()>(
        "nextCourses",
        |parents, ()| {
            let lists = parents.rows.iter().map(|row| row.next.clone()).collect();
            Box::pin(async move { Ok(Loaded::lists(lists)) })
        },
        "For how many of them which course is next, in the order of the pathway; a course that is \
         next for nobody is left out.",
    );
    let demand = graph.object::<PathwayCourseDemand>();
    demand.belongs_to::<PathwayCourse>(
        "pathwayCourse",
        |row| Some(row.0.into()),
        "The course at its place.",
    );
    demand.column("students", |row| row.1, "For how many it is next.");
    graph
        .object::<Pathway>()
        .one::<PathwayProgressCounts, AsOf>(
            "progressCounts",
            |parents, as_of| Box::pin(load(parents, as_of)),
            "How many students are on it on a day and how far they have come, for planning classes \
             and placements.",
        )
        .costs(COST)
        .reads([pathway::Column::Id, pathway::Column::DistrictId]);
}

fn numbers(counts: &mut Declaration<PathwayProgressCounts>) {
    counts.column("asOf", |row| row.as_of, "The day: nothing later counts.");
    counts.column("students", |row| row.students, "All that are on it on that day.");
    counts.column("beginners", |row| at(row, Level::None), "Those who are not participants yet.");
    counts.column(
        "participants",
        |row| at(row, Level::Participant),
        "Those who are participants and no more.",
    );
    counts.column(
        "concentrators",
        |row| at(row, Level::Concentrator),
        "Those who are concentrators and no more.",
    );
    counts.column("completers", |row| at(row, Level::Completer), "Those who are completers.");
}

fn at(counts: &Counts, level: Level) -> i32 {
    counts.levels.get(&level).copied().unwrap_or_default()
}

async fn load(
    parents: &Parents<'_, Pathway>,
    as_of: AsOf,
) -> Result<Loaded<Counts, Option<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let day = as_of.day(parents.cx)?;
    let counts = capacity::of(reader, caller, parents.rows, day).await?;
    Ok(Loaded::each(counts.into_iter().map(Some).collect()))
}
