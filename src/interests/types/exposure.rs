//! Students' meetings with fields of work.

use async_graphql::Enum;
use entity::{
    career_exposure::{CareerExposureKind as Stored, Column, Entity},
    id::{CareerExposureId, StudentId},
};

use super::shared::{declare_signal, declare_tag};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order,
    roster::types::Student,
};

/// How a student met with a field of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Stored")]
pub enum CareerExposureKind {
    /// A career fair.
    Fair,
    /// Somebody told of their work.
    Speaker,
    /// A tour of a workplace.
    Tour,
    /// A conversation with somebody who does the work.
    #[graphql(name = "INFORMATIONAL_INTERVIEW")]
    Interview,
    /// A day or more at somebody's side.
    JobShadow,
    /// Anything else.
    Other,
}

leaf_enums!(CareerExposureKind);

filter! {
    pub CareerExposureWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of CareerExposureId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The day.
        occurred_on: DateFilter => OccurredOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerExposureOrder, CareerExposureOrderField on Entity as Column {
        /// By the day.
        OccurredOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A student's meeting with a field of work, and what the student made of it.
    pub CareerExposure(Entity) is CareerExposureId, needs Scope::InterestsRead, by CareerExposureWhere, CareerExposureOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let exposure = graph.node::<CareerExposure>();
    exposure.column("id", |row| Key(row.id), "The global id.");
    exposure.column("kind", |row| CareerExposureKind::from(row.kind), "How they met.");
    exposure.column("title", |row| row.title.clone(), "What it was.").pii(Class::Interest);
    exposure
        .column("occurredOn", |row| row.occurred_on, "The day, or the last of several.")
        .pii(Class::Interest);
    exposure
        .column(
            "rating",
            |row| row.rating,
            "How much it appealed, from 1 (not at all) to 5 (very much); null when nobody asked.",
        )
        .pii(Class::Interest);
    exposure
        .column("reflection", |row| row.reflection.clone(), "What the student says of it.")
        .pii(Class::Interest);
    declare_tag!(exposure of career_exposure);
    declare_signal!(exposure);
    graph.object::<Student>().has_many::<CareerExposure>(
        "careerExposures",
        Column::StudentId,
        |row| row.id.into(),
        "The student's meetings with fields of work.",
    );
}
