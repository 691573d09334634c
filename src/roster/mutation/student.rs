//! Mutations of students.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, StudentId},
    student,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Date,
        synced::{Input, Read},
    },
    roster::{
        service::student::StudentDraft,
        types::{PersonStatus, Student},
    },
    synced_mutations,
};

/// How a student should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct StudentInput {
    /// The school the student attends.
    school_id: MaybeUndefined<ID>,
    /// The first name in the records; needed for a new student.
    given_name: Option<String>,
    /// The family name; needed for a new student.
    family_name: Option<String>,
    /// The middle name.
    middle_name: MaybeUndefined<String>,
    /// The first name the student goes by.
    preferred_given_name: MaybeUndefined<String>,
    /// The date of birth.
    birth_date: MaybeUndefined<Date>,
    /// The grade, as `10` or `KG`.
    grade_level: MaybeUndefined<String>,
    /// The address at school.
    email: MaybeUndefined<String>,
    /// The telephone number.
    phone: MaybeUndefined<String>,
    /// The number the school knows the student by.
    student_number: MaybeUndefined<String>,
    /// Whether the student still takes part; ACTIVE for a new student.
    status: Option<PersonStatus>,
}

impl Input for StudentInput {
    type Draft = StudentDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = StudentDraft {
            district,
            school: reading.patched_id("schoolId", &self.school_id),
            given_name: self.given_name,
            family_name: self.family_name,
            middle_name: patched(self.middle_name, Into::into),
            preferred_given_name: patched(self.preferred_given_name, Into::into),
            birth_date: patched(self.birth_date, |day| day.0),
            grade_level: patched(self.grade_level, Into::into),
            email: patched(self.email, Into::into),
            phone: patched(self.phone, Into::into),
            student_number: patched(self.student_number, Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of students.
    StudentMutation of student: Student, rows student::Entity, ids StudentId,
    reading StudentInput, needs Scope::StudentsWrite {
        /// Creates and updates students by your own system's keys. Sending the same rows again
        /// writes nothing.
        student_bulk_upsert(StudentUpsertInput) -> StudentBulkUpsertPayload, StudentUpsertResult;
        /// Changes one student.
        student_update -> StudentUpdatePayload;
    }
}
