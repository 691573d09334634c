//! The school calendar.

use async_graphql::Enum;
use entity::{academic_session, id::AcademicSessionId};

use super::{District, RecordStatus, RecordStatusFilter};
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order, tracked,
};

/// Which stretch of the school calendar a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "academic_session::AcademicSessionKind")]
pub enum AcademicSessionKind {
    /// The span of one report card.
    GradingPeriod,
    /// Half a school year.
    Semester,
    /// The whole year.
    SchoolYear,
    /// Any other part of a year.
    Term,
}

leaf_enums!(AcademicSessionKind);

filter! {
    pub AcademicSessionWhere on academic_session::Entity as academic_session::Column {
        /// The global id.
        id: IdFilter => Id of AcademicSessionId,
        /// The session that contains it.
        parent: IdFilter => ParentId of AcademicSessionId,
        /// The first day.
        start_date: DateFilter => StartDate,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub AcademicSessionOrder, AcademicSessionOrderField on academic_session::Entity as academic_session::Column {
        /// By the first day.
        StartDate,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A stretch of the school calendar: a school year, or a semester, term or grading period in it.
    pub AcademicSession(academic_session::Entity) is AcademicSessionId, needs Scope::RosterRead, by AcademicSessionWhere, AcademicSessionOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let session = graph.node::<AcademicSession>();
    session.column("id", |row| Key(row.id), "The global id.");
    session.column("title", |row| row.title.clone(), "The name, as `Fall 2026`.");
    session.column("kind", |row| AcademicSessionKind::from(row.kind), "Which stretch it is.");
    session.column("startDate", |row| row.start_date, "The first day.");
    session.column("endDate", |row| row.end_date, "The day after the last day.");
    session.column(
        "schoolYear",
        |row| row.school_year,
        "The year in which the school year ends: 2027 for 2026–27.",
    );
    session.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    session.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    session.belongs_to::<AcademicSession>(
        "parent",
        |row| row.parent_id.map(Into::into),
        "The session that contains it, as the school year of a semester.",
    );
    session.has_many::<AcademicSession>(
        "children",
        academic_session::Column::ParentId,
        |row| row.id.into(),
        "The sessions it divides into.",
    );
    session.external_ids();
    tracked!(session);
    graph.object::<District>().has_many::<AcademicSession>(
        "academicSessions",
        academic_session::Column::DistrictId,
        |row| row.id.into(),
        "Its school calendar.",
    );
}
