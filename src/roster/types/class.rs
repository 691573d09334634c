//! Classes, with their sessions and teachers.

mod through;

use async_graphql::Enum;
use entity::{
    class, class_session, class_teacher,
    id::{ClassId, CourseId, SchoolId},
};

use super::{AcademicSession, Course, District, RecordStatus, RecordStatusFilter, School, Staff};
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order, tracked,
};
use through::Ends;

/// Whether a class has its own hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "class::ClassKind")]
pub enum ClassKind {
    /// A group that belongs together, without an hour of its own.
    Homeroom,
    /// A class with its hour on the timetable.
    Scheduled,
}

leaf_enums!(ClassKind);

filter! {
    pub ClassWhere on class::Entity as class::Column {
        /// The global id.
        id: IdFilter => Id of ClassId,
        /// Where it meets.
        school: IdFilter => SchoolId of SchoolId,
        /// What it teaches.
        course: IdFilter => CourseId of CourseId,
        /// The name.
        title: StringFilter => Title,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub ClassOrder, ClassOrderField on class::Entity as class::Column {
        /// By name.
        Title,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// One taking of a course: students and teachers who meet in a room at an hour.
    pub Class(class::Entity) is ClassId, needs Scope::RosterRead, by ClassWhere, ClassOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let class = graph.node::<Class>();
    class.column("id", |row| Key(row.id), "The global id.");
    class.column("title", |row| row.title.clone(), "The name.");
    class.column("classCode", |row| row.class_code.clone(), "The code on the timetable.");
    class.column("kind", |row| ClassKind::from(row.kind), "Whether it has its own hour.");
    class.column("location", |row| row.location.clone(), "The room.");
    class.column("period", |row| row.period.clone(), "The hour on the timetable.");
    class.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    edges(class);
    class.external_ids();
    tracked!(class);
    reverse(graph);
}

fn edges(class: &mut Declaration<Class>) {
    class.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    class.belongs_to::<School>("school", |row| Some(row.school_id.into()), "Where it meets.");
    class.belongs_to::<Course>("course", |row| Some(row.course_id.into()), "What it teaches.");
    class.through::<class_teacher::Entity, Staff>(
        "teachers",
        class_teacher::Column::ClassId,
        |row| Ends { near: row.class_id.into(), far: row.staff_id.into(), leads: row.is_primary },
        "Its teachers, the teacher of record first.",
    );
    class.through::<class_session::Entity, AcademicSession>(
        "sessions",
        class_session::Column::ClassId,
        |row| Ends { near: row.class_id.into(), far: row.academic_session_id.into(), leads: false },
        "The sessions of the school calendar in which it meets.",
    );
}

fn reverse(graph: &mut Graph) {
    graph.object::<AcademicSession>().through::<class_session::Entity, Class>(
        "classes",
        class_session::Column::AcademicSessionId,
        |row| Ends { near: row.academic_session_id.into(), far: row.class_id.into(), leads: false },
        "The classes that meet in it.",
    );
    graph.object::<District>().has_many::<Class>(
        "classes",
        class::Column::DistrictId,
        |row| row.id.into(),
        "Its classes.",
    );
    graph.object::<School>().has_many::<Class>(
        "classes",
        class::Column::SchoolId,
        |row| row.id.into(),
        "The classes that meet there.",
    );
    graph.object::<Course>().has_many::<Class>(
        "classes",
        class::Column::CourseId,
        |row| row.id.into(),
        "The classes in which it is taught.",
    );
    graph.object::<Staff>().through::<class_teacher::Entity, Class>(
        "classes",
        class_teacher::Column::StaffId,
        |row| Ends { near: row.staff_id.into(), far: row.class_id.into(), leads: row.is_primary },
        "The classes that the person teaches, those as teacher of record first.",
    );
}
