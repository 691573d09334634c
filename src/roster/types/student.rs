//! Students.

use entity::{
    id::{SchoolId, StudentId},
    student,
};

use super::{District, PersonStatus, PersonStatusFilter, School};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    object, order, tracked,
};

filter! {
    pub StudentWhere on student::Entity as student::Column {
        /// The global id.
        id: IdFilter => Id of StudentId,
        /// The school they attend.
        school: IdFilter => SchoolId of SchoolId,
        /// The family name.
        family_name: StringFilter => FamilyName,
        /// Whether they still take part.
        status: PersonStatusFilter => Status,
        /// When the record last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub StudentOrder, StudentOrderField on student::Entity as student::Column {
        /// By family name.
        FamilyName,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A student of a district.
    pub Student(student::Entity) is StudentId, needs Scope::StudentsRead, by StudentWhere, StudentOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let student = graph.node::<Student>();
    student.column("id", |row| Key(row.id), "The global id.");
    names(student);
    student.column("birthDate", |row| row.birth_date, "The date of birth.").pii(Class::Birth);
    student
        .column("gradeLevel", |row| row.grade_level.clone(), "The grade, as `10` or `KG`.")
        .pii(Class::Education);
    student.column("email", |row| row.email.clone(), "The address at school.").pii(Class::Contact);
    student.column("phone", |row| row.phone.clone(), "The telephone number.").pii(Class::Contact);
    student
        .column(
            "studentNumber",
            |row| row.student_number.clone(),
            "The number the school knows the student by.",
        )
        .pii(Class::Identifier);
    student.column(
        "status",
        |row| PersonStatus::from(row.status),
        "Whether the student still takes part.",
    );
    student.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    student.belongs_to::<School>(
        "school",
        |row| row.school_id.map(Into::into),
        "The school the student attends.",
    );
    student.external_ids();
    tracked!(student);
    reverse(graph);
}

fn reverse(graph: &mut Graph) {
    graph.object::<District>().has_many::<Student>(
        "students",
        student::Column::DistrictId,
        |row| row.id.into(),
        "Its students.",
    );
    graph.object::<School>().has_many::<Student>(
        "students",
        student::Column::SchoolId,
        |row| row.id.into(),
        "The students who attend it.",
    );
}

fn names(student: &mut Declaration<Student>) {
    student
        .column("givenName", |row| row.given_name.clone(), "The first name in the records.")
        .pii(Class::Name);
    student
        .column("familyName", |row| row.family_name.clone(), "The family name.")
        .pii(Class::Name);
    student
        .column("middleName", |row| row.middle_name.clone(), "The middle name.")
        .pii(Class::Name);
    student
        .column(
            "preferredGivenName",
            |row| row.preferred_given_name.clone(),
            "The first name the student goes by.",
        )
        .pii(Class::Name);
}
