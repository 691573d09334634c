//! A school's students by what they are drawn to.

use async_graphql::{
    ID,
    registry::{MetaInputValue, Registry},
};
use entity::{
    id::{CareerClusterId, SchoolId},
    riasec,
};

use super::InterestArea;
use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        input::id_of,
        object::{Arguments, Cx, Declaration, Graph, Loaded, Parents, Picked, Query, declared},
    },
    interests::{
        rules::suppress::{Cell, SMALLEST_CELL},
        service::summary::{self, Summary},
    },
    reference::types::CareerCluster,
    value_object,
};

value_object! {
    /// How many students of a school are drawn to what. Counts under `smallestCount` are hidden, and
    /// so is whatever they could be worked out from.
    pub InterestSummary(Summary)
}

value_object! {
    /// The students whose strongest area of interest is the same.
    pub InterestAreaCount((Option<riasec::InterestArea>, Cell))
}

value_object! {
    /// The students whom the same career cluster of 2024 fits best.
    pub InterestClusterCount((Option<CareerClusterId>, Cell))
}

fn count(cell: Cell) -> Option<i32> {
    cell.shown().map(|count| i32::try_from(count).unwrap_or(i32::MAX))
}

pub(super) fn declare(graph: &mut Graph) {
    counts(graph);
    let summary = graph.object::<InterestSummary>();
    summary.column(
        "gradeLevel",
        |row| row.grade_level.clone(),
        "The grade that was asked for; null for the whole school.",
    );
    summary.column(
        "students",
        |row| count(row.students),
        "Active students of whom any signal is known; null when hidden.",
    );
    summary.column(
        "smallestCount",
        |_| i32::try_from(SMALLEST_CELL).unwrap_or_default(),
        "Counts under this are hidden.",
    );
    lists(summary);
    graph
        .query()
        .one::<InterestSummary, OfSchool>(
            "interestSummary",
            |parents, of| Box::pin(load(parents, of)),
            "How many students of a school, or of one of its grades, are drawn to what; null when \
             you do not see the school.",
        )
        .needs(Scope::InterestsRead);
}

fn counts(graph: &mut Graph) {
    let area = graph.object::<InterestAreaCount>();
    area.column(
        "area",
        |row| row.0.map(InterestArea::from),
        "The area; null for those whose profile is flat.",
    );
    area.column("students", |row| count(row.1), "How many; null when hidden.");
    let cluster = graph.object::<InterestClusterCount>();
    cluster.belongs_to::<CareerCluster>(
        "cluster",
        |row| row.0.map(Into::into),
        "The cluster; null for those whom none fits.",
    );
    cluster.column("students", |row| count(row.1), "How many.");
}

fn lists(summary: &mut Declaration<InterestSummary>) {
    summary.many::<InterestAreaCount, ()>(
        "areas",
        |parents, ()| {
            let lists = parents.rows.iter().map(|row| row.areas.clone()).collect();
            Box::pin(async move { Ok(Loaded::lists(lists)) })
        },
        "By the strongest area of interest, those with a flat profile last.",
    );
    summary.many::<InterestClusterCount, ()>(
        "clusters",
        |parents, ()| {
            let shown = |row: &&Summary| {
                let clusters = row.clusters.iter();
                clusters.filter(|(_, cell)| !cell.is_hidden).copied().collect()
            };
            let lists = parents.rows.iter().map(shown).collect();
            Box::pin(async move { Ok(Loaded::lists(lists)) })
        },
        "By the career cluster of 2024 that fits best. Hidden counts are left out altogether.",
    );
}

/// The school and grade that were asked for.
struct OfSchool {
    school: SchoolId,
    grade_level: Option<String>,
}

impl Arguments for OfSchool {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared::<ID>(registry, "schoolId", "The school."),
            declared::<Option<String>>(
                registry,
                "gradeLevel",
                "The grade, as `10`; all of them when left out.",
            ),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let school = id_of("schoolId", &picked.argument::<ID>(cx, "schoolId")?)?;
        Ok(Self { school, grade_level: picked.argument(cx, "gradeLevel")? })
    }
}

async fn load(
    parents: &Parents<'_, Query>,
    of: OfSchool,
) -> Result<Loaded<Summary, Option<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let found = summary::of(reader, caller, of.school, of.grade_level).await?;
    Ok(Loaded::each(vec![found]))
}
