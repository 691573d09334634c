//! Courses.

use entity::{
    course,
    id::{AcademicSessionId, CourseId, SchoolId},
};

use super::{AcademicSession, District, RecordStatus, RecordStatusFilter, School};
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order, tracked,
};

filter! {
    pub CourseWhere on course::Entity as course::Column {
        /// The global id.
        id: IdFilter => Id of CourseId,
        /// The school that offers it.
        school: IdFilter => SchoolId of SchoolId,
        /// The school year it is offered in.
        school_year: IdFilter => SchoolYearId of AcademicSessionId,
        /// The name in the catalogue.
        title: StringFilter => Title,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CourseOrder, CourseOrderField on course::Entity as course::Column {
        /// By the name in the catalogue.
        Title,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A course of study; a class is one taking of it.
    pub Course(course::Entity) is CourseId, needs Scope::RosterRead, by CourseWhere, CourseOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let course = graph.node::<Course>();
    course.column("id", |row| Key(row.id), "The global id.");
    course.column("title", |row| row.title.clone(), "The name in the catalogue.");
    course.column("courseCode", |row| row.course_code.clone(), "The code in the catalogue.");
    course.column("subject", |row| row.subject.clone(), "The field of study.");
    course.column(
        "gradeLevels",
        |row| row.grade_levels.clone(),
        "The grades it is meant for, separated by commas: `09,10`.",
    );
    course.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    course.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    course.belongs_to::<School>(
        "school",
        |row| row.school_id.map(Into::into),
        "The school that offers it; null when the whole district does.",
    );
    course.belongs_to::<AcademicSession>(
        "schoolYear",
        |row| row.school_year_id.map(Into::into),
        "The school year it is offered in.",
    );
    course.external_ids();
    tracked!(course);
    reverse(graph);
}

fn reverse(graph: &mut Graph) {
    graph.object::<District>().has_many::<Course>(
        "courses",
        course::Column::DistrictId,
        |row| row.id.into(),
        "Its courses.",
    );
    graph.object::<School>().has_many::<Course>(
        "courses",
        course::Column::SchoolId,
        |row| row.id.into(),
        "The courses that it offers by itself.",
    );
    graph.object::<AcademicSession>().has_many::<Course>(
        "courses",
        course::Column::SchoolYearId,
        |row| row.id.into(),
        "The courses that are offered in this school year.",
    );
}
