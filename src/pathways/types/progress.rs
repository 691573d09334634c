//! How far a student has come on a pathway.

use std::sync::Arc;

use async_graphql::{
    Enum,
    registry::{MetaInputValue, Registry},
};
use chrono::NaiveDate;
use entity::{pathway_enrollment, student};

use super::{
    Pathway, PathwayCourse, PathwayEnrollment,
    criteria::{self, PathwayCriteria},
};
use crate::{
    auth::{Class, Scope},
    error::Result,
    graphql::{
        object::{Arguments, Cx, Declaration, Graph, Loaded, Object, Parents, Picked, declared},
        scalars::{Date, Decimal},
    },
    leaf_enums,
    pathways::{
        rules::{
            levels::Level,
            progress::{Place, Progress, Standing},
        },
        service::progress::{self, Known},
    },
    roster::types::{Course, Enrollment, Student},
    value_object,
};

/// What progress adds to the cost of an operation: it reads all results of a student on a pathway.
pub(super) const COST: i32 = 10;

/// How far a student has come on a pathway, as the definition in force has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Level")]
pub enum PathwayLevel {
    /// On it, without enough completed courses for anything else.
    None,
    /// A participant.
    Participant,
    /// A concentrator.
    Concentrator,
    /// A completer.
    Completer,
}

/// How a student stands to a course of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Standing")]
pub enum PathwayCourseState {
    /// It is completed; a course that gave no credit is not.
    Completed,
    /// It is being taken.
    InProgress,
    /// It is still to be taken, or to be taken again.
    Open,
}

leaf_enums!(PathwayLevel, PathwayCourseState);

value_object! {
    /// How far a student has come on a pathway by a day, worked out of the results in the roster.
    pub PathwayProgress(Known)
}

value_object! {
    /// A course of a pathway, and how a student stands to it.
    pub PathwayCourseProgress(Place)
}

pub(super) fn declare(graph: &mut Graph) {
    criteria::declare(graph);
    let progress = graph.object::<PathwayProgress>();
    facts(progress);
    edges(progress);
    place(graph.object::<PathwayCourseProgress>());
    graph
        .object::<Student>()
        .many::<PathwayProgress, AsOf>(
            "pathwayProgress",
            |parents, as_of| Box::pin(of_students(parents, as_of)),
            "How far the student has come on each pathway that was begun by a day: those that go on \
             first, and of these the newest.",
        )
        .needs(Scope::PathwaysRead)
        .pii(Class::Education)
        .costs(COST)
        .reads([student::Column::Id]);
    graph
        .object::<PathwayEnrollment>()
        .one::<PathwayProgress, AsOf>(
            "progress",
            |parents, as_of| Box::pin(of_enrollments(parents, as_of)),
            "How far the student has come on the pathway by a day.",
        )
        .pii(Class::Education)
        .costs(COST)
        .reads([
            pathway_enrollment::Column::Id,
            pathway_enrollment::Column::DistrictId,
            pathway_enrollment::Column::StudentId,
            pathway_enrollment::Column::PathwayId,
        ]);
}

fn facts(progress: &mut Declaration<PathwayProgress>) {
    progress.column("asOf", |known| known.as_of, "The day: nothing later counts.");
    progress
        .column("level", |known| PathwayLevel::from(known.progress.level), "How far.")
        .pii(Class::Education);
    progress
        .column("completedCourses", |known| known.progress.completed, "Courses completed.")
        .pii(Class::Education);
    progress
        .column(
            "creditsEarned",
            |known| Decimal { hundredths: known.progress.credits.into() },
            "Credits earned by completed courses; a course that was taken twice counts once.",
        )
        .pii(Class::Education);
    progress
        .column(
            "coursesUntilNextLevel",
            |known| known.progress.until_next,
            "So many further courses at most lead to the next level; null for a completer.",
        )
        .pii(Class::Education);
}

fn edges(progress: &mut Declaration<PathwayProgress>) {
    places(progress, |known| &known.progress, "Every course of the pathway, in its order.");
    progress
        .belongs_to::<PathwayCourse>(
            "nextCourse",
            |known| known.progress.next.map(Into::into),
            "The course to take next: the first required one that is open, then the first elective; \
             null for a completer and while nothing is open.",
        )
        .pii(Class::Education);
    progress.belongs_to::<Pathway>("pathway", |known| Some(known.pathway.into()), "The pathway.");
    progress.belongs_to::<PathwayEnrollment>(
        "pathwayEnrollment",
        |known| Some(known.enrollment.into()),
        "The student's time on the pathway, the latest one.",
    );
    progress.one::<PathwayCriteria, ()>(
        "criteria",
        |parents, ()| {
            let each = parents.rows.iter().map(|known| Some(known.definition.clone())).collect();
            Box::pin(async move { Ok(Loaded::each(each)) })
        },
        "By which definition the level is told.",
    );
}

/// Declares the courses of whatever holds progress.
pub(super) fn places<T: Object>(
    declaration: &mut Declaration<T>,
    progress: fn(&T::Row) -> &Arc<Progress>,
    description: &str,
) {
    declaration
        .many::<PathwayCourseProgress, ()>(
            "courses",
            move |parents, ()| {
                let rows = parents.rows.iter();
                let lists = rows.map(|row| progress(row).places.clone()).collect();
                Box::pin(async move { Ok(Loaded::lists(lists)) })
            },
            description,
        )
        .pii(Class::Education);
}

fn place(place: &mut Declaration<PathwayCourseProgress>) {
    place.column("position", |row| row.step.position, "Its place in the order, from 1.");
    place.column(
        "isRequired",
        |row| row.step.is_required,
        "Whether nobody completes the pathway without it.",
    );
    place
        .column(
            "state",
            |row| PathwayCourseState::from(row.standing),
            "How the student stands to it.",
        )
        .pii(Class::Education);
    place
        .column(
            "credits",
            |row| row.credits.map(|credits| Decimal { hundredths: credits.into() }),
            "Credits earned by it; null while it is not completed.",
        )
        .pii(Class::Education);
    place.belongs_to::<Course>("course", |row| Some(row.step.course.into()), "The course.");
    place
        .belongs_to::<Enrollment>(
            "enrollment",
            |row| row.seat.map(Into::into),
            "The seat in a class that shows it; null while it is open.",
        )
        .pii(Class::Education);
}

/// The day that was asked for.
pub(super) struct AsOf(Option<Date>);

impl AsOf {
    /// The day, which is today when none was asked for.
    pub fn day(&self, cx: &Cx<'_>) -> Result<NaiveDate> {
        let today = cx.caller()?.today();
        Ok(self.0.as_ref().map_or(today, |day| day.0))
    }
}

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

async fn of_students(
    parents: &Parents<'_, Student>,
    as_of: AsOf,
) -> Result<Loaded<Known, Vec<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let students: Vec<_> = parents.rows.iter().map(|row| row.id).collect();
    let day = as_of.day(parents.cx)?;
    Ok(Loaded::lists(progress::of_students(reader, caller, &students, day).await?))
}

async fn of_enrollments(
    parents: &Parents<'_, PathwayEnrollment>,
    as_of: AsOf,
) -> Result<Loaded<Known, Option<usize>>> {
    let (reader, caller) = (parents.cx.reader()?, parents.cx.caller()?);
    let day = as_of.day(parents.cx)?;
    let known = progress::of_enrollments(reader, caller, parents.rows, day).await?;
    Ok(Loaded::each(known.into_iter().map(Some).collect()))
}
