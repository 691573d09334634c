//! Mutations of students' meetings with fields of work.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    career_exposure,
    id::{CareerExposureId, DistrictId},
};

use super::shared::{About, tag};
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Date,
        synced::{Input, Read},
    },
    interests::{
        service::exposure::ExposureDraft,
        types::{CareerExposure, CareerExposureKind},
    },
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a meeting with a field of work should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct CareerExposureInput {
    /// The student; needed for a new exposure, and never another one.
    student_id: Option<ID>,
    /// How they met; needed for a new exposure.
    kind: Option<CareerExposureKind>,
    /// What it was; needed for a new exposure.
    title: Option<String>,
    /// The day, or the last of several, today or earlier; needed for a new exposure.
    occurred_on: Option<Date>,
    /// The occupation that it was about, by its O*NET-SOC code; not beside a cluster.
    occupation_code: MaybeUndefined<String>,
    /// The career cluster that it was about.
    cluster_id: MaybeUndefined<ID>,
    /// How much it appealed, from 1 (not at all) to 5 (very much).
    rating: MaybeUndefined<i32>,
    /// What the student says of it.
    reflection: MaybeUndefined<String>,
    /// The grade at that time, as `10`.
    grade_level: MaybeUndefined<String>,
    /// Where it comes from: a platform, an event, a lesson.
    source: MaybeUndefined<String>,
    /// Whether it counts; ACTIVE for a new exposure.
    status: Option<RecordStatus>,
}

impl Input for CareerExposureInput {
    type Draft = ExposureDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let Self { student_id, occurred_on: on, grade_level, source, status, .. } = self;
        let about = About { student_id, on, grade_level, source, status };
        let draft = ExposureDraft {
            about: about.draft(district, &mut reading),
            kind: self.kind.map(Into::into),
            title: self.title,
            tag: tag(&mut reading, self.occupation_code, &self.cluster_id),
            rating: patched(self.rating, Into::into),
            reflection: patched(self.reflection, Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of students' meetings with fields of work.
    CareerExposureMutation of career_exposure: CareerExposure, rows career_exposure::Entity,
    ids CareerExposureId, reading CareerExposureInput, needs Scope::InterestsWrite {
        /// Creates and updates students' meetings with fields of work by your own system's keys.
        /// Sending the same rows again writes nothing.
        career_exposure_bulk_upsert(CareerExposureUpsertInput) -> CareerExposureBulkUpsertPayload, CareerExposureUpsertResult;
        /// Changes one of them.
        career_exposure_update -> CareerExposureUpdatePayload;
    }
}
