//! Who is on which pathway.

use async_graphql::Enum;
use entity::{
    id::{PathwayEnrollmentId, PathwayId, StudentId},
    pathway_enrollment::{Column, Entity, PathwayExitReason as Stored},
};

use super::Pathway;
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order,
    roster::types::{District, RecordStatus, Student},
    tracked,
};

/// Why a student is on a pathway no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Stored")]
pub enum PathwayExitReason {
    /// The programme is done.
    Completed,
    /// Another pathway was taken up.
    ChangedPathway,
    /// School is done, the programme not.
    Graduated,
    /// The student goes to school elsewhere.
    Transferred,
    /// The student gave it up.
    Withdrew,
    /// Anything else.
    Other,
}

leaf_enums!(PathwayExitReason);

filter! {
    pub PathwayEnrollmentWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PathwayEnrollmentId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The pathway.
        pathway: IdFilter => PathwayId of PathwayId,
        /// The first day.
        started_on: DateFilter => StartedOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PathwayEnrollmentOrder, PathwayEnrollmentOrderField on Entity as Column {
        /// By the first day.
        StartedOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A student's time on a pathway, from the day of entry to the day of exit. Of one student on
    /// one pathway no two overlap; a student may be on several pathways at once.
    pub PathwayEnrollment(Entity) is PathwayEnrollmentId, needs Scope::PathwaysRead, by PathwayEnrollmentWhere, PathwayEnrollmentOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let on = graph.node::<PathwayEnrollment>();
    on.column("id", |row| Key(row.id), "The global id.");
    on.column("startedOn", |row| row.started_on, "The first day.").pii(Class::Education);
    on.column("endedOn", |row| row.ended_on, "The last day; null while it goes on.")
        .pii(Class::Education);
    on.column("exitReason", |row| row.exit_reason.map(PathwayExitReason::from), "Why it ended.")
        .pii(Class::Education);
    on.column(
        "status",
        |row| RecordStatus::from(row.status),
        "Whether it counts. What was entered by mistake is RETIRED: it stays and counts no more.",
    );
    on.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    on.belongs_to::<Student>("student", |row| Some(row.student_id.into()), "The student.");
    on.belongs_to::<Pathway>("pathway", |row| Some(row.pathway_id.into()), "The pathway.");
    on.external_ids();
    tracked!(on);
    graph.object::<Student>().has_many::<PathwayEnrollment>(
        "pathwayEnrollments",
        Column::StudentId,
        |row| row.id.into(),
        "The student's times on pathways.",
    );
    graph.object::<Pathway>().has_many::<PathwayEnrollment>(
        "enrollments",
        Column::PathwayId,
        |row| row.id.into(),
        "Who is on it, and was.",
    );
}
