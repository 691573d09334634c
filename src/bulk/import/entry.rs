//! The kinds of rows that an import writes, as far as they are alike.

use entity::{
    academic_session, class, course, enrollment, guardian,
    id::DistrictId,
    school, staff,
    status::{PersonStatus, RecordStatus},
    student,
};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ColumnTrait, sea_query::SimpleExpr};

use super::Kind;
use crate::{
    bulk::oneroster::FileKind,
    roster::service::{
        academic_session::AcademicSessionDraft, class::ClassDraft, course::CourseDraft,
        enrollment::EnrollmentDraft, guardian::GuardianDraft, school::SchoolDraft,
        staff::StaffDraft, student::StudentDraft,
    },
    store::Synced,
};

/// A table that an import fills.
pub(super) trait Entry:
    Synced<
        ActiveModel: ActiveModelTrait<Entity = Self> + ActiveModelBehavior + Send,
        Model: Send + Sync,
    >
{
    /// Where it is counted.
    const COUNTED: Kind;
    /// The file that says which rows there are.
    const FILE: FileKind;
    /// Which column a field of the draft comes from.
    const COLUMNS: &[(&str, &str)];

    /// A draft that keeps everything as it is.
    fn kept(district: DistrictId) -> Self::Draft;

    /// A draft that marks a row as no longer in use.
    fn retired(district: DistrictId) -> Self::Draft;

    /// The rows that are in use.
    fn in_use() -> SimpleExpr;
}

const PERSON: &[(&str, &str)] = &[
    ("givenName", "givenName"),
    ("familyName", "familyName"),
    ("middleName", "middleName"),
    ("preferredGivenName", "preferredGivenName"),
    ("birthDate", "birthDate"),
    ("gradeLevel", "grades"),
    ("email", "email"),
    ("phone", "phone"),
    ("studentNumber", "identifier"),
    ("schoolId", "orgSourcedIds"),
    ("students", "agentSourcedIds"),
];

macro_rules! entries {
    ($($table:ident: $draft:ident { $($field:ident),+ } counted $kind:ident, of $file:ident,
        gone $status:ident::$gone:ident, columns $columns:expr;)+) => {$(
        impl Entry for $table::Entity {
            const COUNTED: Kind = Kind::$kind;
            const FILE: FileKind = FileKind::$file;
            const COLUMNS: &[(&str, &str)] = $columns;

            fn kept(district: DistrictId) -> $draft {
                $draft { district, $($field: None),+ }
            }

            fn retired(district: DistrictId) -> $draft {
                $draft { status: Some($status::$gone), ..Self::kept(district) }
            }

            fn in_use() -> SimpleExpr {
                $table::Column::Status.eq($status::Active)
            }
        }
    )+};
}

entries! {
    academic_session: AcademicSessionDraft { title, kind, start_date, end_date, school_year, parent, status }
        counted AcademicSessions, of AcademicSessions, gone RecordStatus::Retired, columns &[("title", "title"), ("kind", "type"), ("startDate", "startDate"), ("endDate", "endDate"), ("schoolYear", "schoolYear"), ("parentId", "parentSourcedId")];
    class: ClassDraft { school, course, title, class_code, kind, location, period, status, sessions, teachers }
        counted Classes, of Classes, gone RecordStatus::Retired, columns &[("title", "title"), ("classCode", "classCode"), ("location", "location"), ("period", "periods"), ("schoolId", "schoolSourcedId"), ("courseId", "courseSourcedId"), ("sessionIds", "termSourcedIds")];
    course: CourseDraft { school, title, course_code, subject, grade_levels, school_year, status }
        counted Courses, of Courses, gone RecordStatus::Retired, columns &[("title", "title"), ("courseCode", "courseCode"), ("subject", "subjects"), ("gradeLevels", "grades"), ("schoolId", "orgSourcedId"), ("schoolYearId", "schoolYearSourcedId")];
    enrollment: EnrollmentDraft { class, student, begin_date, end_date, is_primary, result_grade, credits_hundredths, completed_on, status }
        counted Enrollments, of Enrollments, gone RecordStatus::Retired, columns &[("classId", "classSourcedId"), ("studentId", "userSourcedId"), ("beginDate", "beginDate"), ("endDate", "endDate")];
    guardian: GuardianDraft { given_name, family_name, email, phone, status, students }
        counted Guardians, of Users, gone PersonStatus::Inactive, columns PERSON;
    school: SchoolDraft { name, identifier, status }
        counted Schools, of Orgs, gone RecordStatus::Retired, columns &[("name", "name"), ("identifier", "identifier")];
    staff: StaffDraft { school, given_name, family_name, email, kind, status }
        counted Staff, of Users, gone PersonStatus::Inactive, columns PERSON;
    student: StudentDraft { school, given_name, family_name, middle_name, preferred_given_name, birth_date, grade_level, email, phone, student_number, status }
        counted Students, of Users, gone PersonStatus::Inactive, columns PERSON;
}
