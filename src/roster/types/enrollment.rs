//! Enrollments.

use entity::{
    enrollment,
    id::{ClassId, EnrollmentId, StudentId},
};

use super::{Class, District, RecordStatus, RecordStatusFilter, Student};
use crate::{
    auth::{self, Scope},
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
        scalars::Decimal,
    },
    object, order, tracked,
};

filter! {
    pub EnrollmentWhere on enrollment::Entity as enrollment::Column {
        /// The global id.
        id: IdFilter => Id of EnrollmentId,
        /// The class.
        class: IdFilter => ClassId of ClassId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub EnrollmentOrder, EnrollmentOrderField on enrollment::Entity as enrollment::Column {
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A student's seat in a class, and what came of it.
    pub Enrollment(enrollment::Entity) is EnrollmentId, needs Scope::EnrollmentsRead, by EnrollmentWhere, EnrollmentOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let seat = graph.node::<Enrollment>();
    seat.column("id", |row| Key(row.id), "The global id.");
    seat.column("beginDate", |row| row.begin_date, "The first day.");
    seat.column("endDate", |row| row.end_date, "The day after the last day.");
    seat.column(
        "isPrimary",
        |row| row.is_primary,
        "Whether this is the student's main class of its course.",
    );
    let grade = |row: &enrollment::Model| row.result_grade.clone();
    seat.column("resultGrade", grade, "The final grade, as the school writes it.")
        .pii(auth::Class::Education);
    let credits = |row: &enrollment::Model| {
        row.credits_hundredths.map(|credits| Decimal { hundredths: credits.into() })
    };
    seat.column("credits", credits, "The credits earned, as `0.50`.")
        .pii(auth::Class::Education)
        .reads([enrollment::Column::CreditsHundredths]);
    seat.column("completedOn", |row| row.completed_on, "The day the student completed the class.")
        .pii(auth::Class::Education);
    seat.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    seat.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    seat.belongs_to::<Class>("class", |row| Some(row.class_id.into()), "The class.");
    seat.belongs_to::<Student>("student", |row| Some(row.student_id.into()), "The student.");
    seat.external_ids();
    tracked!(seat);
    graph.object::<Class>().has_many::<Enrollment>(
        "enrollments",
        enrollment::Column::ClassId,
        |row| row.id.into(),
        "The seats of its students.",
    );
    graph.object::<Student>().has_many::<Enrollment>(
        "enrollments",
        enrollment::Column::StudentId,
        |row| row.id.into(),
        "The student's seats in classes, with their results.",
    );
}
