//! Mutations of students.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{DistrictId, StudentId, TypedId},
    student,
};

use crate::{
    auth::Scope,
    bulk_payload,
    error::{Problem, Result},
    graphql::{
        bulk::{ErrorPolicy, check_size},
        input::{Reading, actors, district, id_of, patched},
        scalars::{Date, Long},
        scope::scope,
    },
    payload,
    roster::{
        service::student::StudentDraft,
        types::{PersonStatus, Student},
    },
    store::{self, RowKey},
    upsert_input,
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

upsert_input!(StudentUpsertInput { student: StudentInput });
bulk_payload!(StudentBulkUpsertPayload, StudentUpsertResult { student: Student });
payload! {
    /// The student after the update.
    StudentUpdatePayload { student: Student }
}

impl StudentInput {
    fn draft(self, district: DistrictId) -> Result<StudentDraft, Vec<Problem>> {
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

/// Mutations of students.
#[derive(Debug, Default)]
pub struct StudentMutation;

#[Object]
impl StudentMutation {
    /// Creates and updates students by your own system's keys. Sending the same rows again writes
    /// nothing.
    #[graphql(directive = scope::apply(Scope::StudentsWrite.name().to_owned()))]
    async fn student_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<StudentUpsertInput>,
        #[graphql(
            desc = "What to do when some rows are refused.",
            default_with = "ErrorPolicy::RejectAll"
        )]
        error_policy: ErrorPolicy,
        #[graphql(desc = "The district; needed from a platform client only.")] district_id: Option<
            ID,
        >,
    ) -> Result<StudentBulkUpsertPayload> {
        check_size(input.len())?;
        let (app, caller) = actors(ctx)?;
        let district = district(caller, district_id.as_ref())?;
        let rows = input
            .into_iter()
            .map(|row| row.wanted(StudentId::PREFIX, |input| input.draft(district)));
        let rows = rows.collect();
        let outcomes = store::upsert_rows::<student::Entity>(
            app,
            caller,
            district.into(),
            rows,
            error_policy.into(),
        );
        Ok(StudentBulkUpsertPayload::of(outcomes.await?))
    }

    /// Changes one student.
    #[graphql(directive = scope::apply(Scope::StudentsWrite.name().to_owned()))]
    async fn student_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which student.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: StudentInput,
        #[graphql(desc = "The district; needed from a platform client only.")] district_id: Option<
            ID,
        >,
    ) -> Result<StudentUpdatePayload> {
        let (app, caller) = actors(ctx)?;
        let district = district(caller, district_id.as_ref())?;
        let key = RowKey::Id(id_of::<StudentId>("id", &id)?.into());
        let draft = input.draft(district);
        let row = store::update_row::<student::Entity>(
            app,
            caller,
            district.into(),
            key,
            expected_version.map(|version| version.0),
            draft,
        );
        StudentUpdatePayload::of(row.await)
    }
}
