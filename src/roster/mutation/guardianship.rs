//! Mutations of the ties between students and guardians.

mod synced;

use async_graphql::{Context, ID, InputObject, Object};
use entity::{
    guardianship::Model,
    id::{DistrictId, GuardianId, StudentId},
};

pub use synced::GuardianshipSyncMutation;

use crate::{
    app::App,
    auth::{Caller, Scope},
    error::{Error, Problem, Result},
    graphql::{
        input::{Reading, actors, district},
        scope::scope,
    },
    payload,
    roster::{
        service::guardianship::{self, GuardianshipDraft},
        types::{Guardianship, Relationship},
    },
    store::{Write, settled},
};

/// What a guardian is to a student.
#[derive(Debug, InputObject)]
pub struct GuardianshipSetInput {
    /// The student.
    student_id: ID,
    /// The adult.
    guardian_id: ID,
    /// What the adult is to the student.
    relationship: Relationship,
}

payload! {
    /// The tie after the mutation.
    GuardianshipSetPayload { guardianship: Guardianship }
}

impl GuardianshipSetInput {
    fn draft(&self, district: DistrictId) -> Result<GuardianshipDraft, Vec<Problem>> {
        let mut reading = Reading::default();
        let student: Option<StudentId> = reading.id("studentId", &self.student_id);
        let guardian: Option<GuardianId> = reading.id("guardianId", &self.guardian_id);
        let (Some(student), Some(guardian)) = (student, guardian) else {
            return Err(reading.problems);
        };
        let relationship = self.relationship.into();
        Ok(GuardianshipDraft { district, student, guardian, relationship })
    }
}

/// Mutations of the ties between students and guardians.
#[derive(Debug, Default)]
pub struct GuardianshipMutation;

#[Object]
impl GuardianshipMutation {
    /// Ties a guardian to a student, or changes what they are to the student; other ties stay.
    #[graphql(directive = scope::apply(Scope::GuardiansWrite.name().to_owned()))]
    async fn guardianship_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is what to whom.")] input: GuardianshipSetInput,
        #[graphql(desc = "The district; needed from a platform client only.")] district_id: Option<
            ID,
        >,
    ) -> Result<GuardianshipSetPayload> {
        let (app, caller) = actors(ctx)?;
        let district = district(caller, district_id.as_ref())?;
        let set = match input.draft(district) {
            Ok(draft) => set(app, caller, draft).await,
            Err(problems) => Err(Error::Invalid(problems)),
        };
        GuardianshipSetPayload::of(set.map_err(|error| error.under(&["input"])))
    }
}

async fn set(app: &App, caller: &Caller, draft: GuardianshipDraft) -> Result<Model> {
    settled(|| async {
        let write = Write::begin(app, caller).await?;
        let tie = guardianship::set(&write, &[draft]).await?.pop();
        let (_, row) = tie.ok_or(Error::NotFound("guardianship"))?;
        write.commit_row(row).await
    })
    .await
}
