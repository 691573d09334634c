//! Mutations of guardians.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    guardian, guardianship,
    id::{DistrictId, GuardianId, StudentId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    roster::{
        service::guardian::GuardianDraft,
        types::{Guardian, PersonStatus, Relationship},
    },
    synced_mutations,
};

/// A student, and what the guardian is to them.
#[derive(Debug, InputObject)]
pub struct GuardianStudentInput {
    /// The student.
    student_id: ID,
    /// What the guardian is to the student.
    relationship: Relationship,
}

/// How a guardian should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct GuardianInput {
    /// The first name; needed for a new guardian.
    given_name: Option<String>,
    /// The family name; needed for a new guardian.
    family_name: Option<String>,
    /// The e-mail address.
    email: MaybeUndefined<String>,
    /// The telephone number.
    phone: MaybeUndefined<String>,
    /// Whether they still take part; ACTIVE for a new guardian.
    status: Option<PersonStatus>,
    /// All students they answer for; those left out are taken away.
    students: Option<Vec<GuardianStudentInput>>,
}

impl Input for GuardianInput {
    type Draft = GuardianDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = GuardianDraft {
            district,
            given_name: self.given_name,
            family_name: self.family_name,
            email: patched(self.email, Into::into),
            phone: patched(self.phone, Into::into),
            status: self.status.map(Into::into),
            students: self.students.map(|students| read_students(&mut reading, &students)),
        };
        reading.finish(draft)
    }
}

fn read_students(
    reading: &mut Reading,
    students: &[GuardianStudentInput],
) -> Vec<(StudentId, guardianship::Relationship)> {
    let read = |(at, tie): (usize, &GuardianStudentInput)| {
        let path = format!("students.{at}.studentId");
        Some((reading.id(&path, &tie.student_id)?, tie.relationship.into()))
    };
    students.iter().enumerate().filter_map(read).collect()
}

synced_mutations! { of a district:
    /// Mutations of guardians.
    GuardianMutation of guardian: Guardian, rows guardian::Entity, ids GuardianId,
    reading GuardianInput, needs Scope::GuardiansWrite {
        /// Creates and updates guardians by your own system's keys. Sending the same rows again
        /// writes nothing.
        guardian_bulk_upsert(GuardianUpsertInput) -> GuardianBulkUpsertPayload, GuardianUpsertResult;
        /// Changes one guardian.
        guardian_update -> GuardianUpdatePayload;
    }
}
