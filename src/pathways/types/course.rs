//! The courses of pathways.

use entity::{
    id::{CourseId, PathwayCourseId, PathwayId},
    pathway_course::{Column, Entity},
};

use super::Pathway;
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
        scalars::Decimal,
    },
    object, order,
    roster::types::{Course, District, RecordStatus},
    tracked,
};

filter! {
    pub PathwayCourseWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PathwayCourseId,
        /// The pathway.
        pathway: IdFilter => PathwayId of PathwayId,
        /// The course.
        course: IdFilter => CourseId of CourseId,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PathwayCourseOrder, PathwayCourseOrderField on Entity as Column {
        /// By the place in the pathway.
        Position,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A course of a pathway, at its place.
    pub PathwayCourse(Entity) is PathwayCourseId, needs Scope::PathwaysRead, by PathwayCourseWhere, PathwayCourseOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let course = graph.node::<PathwayCourse>();
    course.column("id", |row| Key(row.id), "The global id.");
    course.column("position", |row| row.position, "Its place in the order, from 1.");
    course.column(
        "isRequired",
        |row| row.is_required,
        "Whether nobody completes the pathway without it; an elective otherwise.",
    );
    course
        .column(
            "credits",
            |row| row.credits_hundredths.map(|credits| Decimal { hundredths: credits.into() }),
            "The credits that it gives, as `0.50`, where results of students do not tell.",
        )
        .reads([Column::CreditsHundredths]);
    course.column(
        "status",
        |row| RecordStatus::from(row.status),
        "Whether it counts. What is RETIRED belongs to the pathway no more.",
    );
    course.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    course.belongs_to::<Pathway>("pathway", |row| Some(row.pathway_id.into()), "The pathway.");
    course.belongs_to::<Course>("course", |row| Some(row.course_id.into()), "The course.");
    course.external_ids();
    tracked!(course);
    graph.object::<Pathway>().has_many::<PathwayCourse>(
        "courses",
        Column::PathwayId,
        |row| row.id.into(),
        "Its courses; ask for them by POSITION to have them in the order of the programme.",
    );
    graph.object::<Course>().has_many::<PathwayCourse>(
        "pathwayCourses",
        Column::CourseId,
        |row| row.id.into(),
        "The places that it has in pathways.",
    );
}
