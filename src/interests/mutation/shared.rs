//! Reading the fields that several inputs have.

use async_graphql::{ID, MaybeUndefined};
use entity::id::DistrictId;

use crate::{
    graphql::{
        input::{Reading, patched},
        scalars::Date,
    },
    interests::service::{signal::SignalDraft, tag::TagDraft},
    roster::types::RecordStatus,
};

/// What every input of a signal says.
pub(super) struct About {
    pub student_id: Option<ID>,
    pub on: Option<Date>,
    pub grade_level: MaybeUndefined<String>,
    pub source: MaybeUndefined<String>,
    pub status: Option<RecordStatus>,
}

impl About {
    /// The shared part of the draft.
    pub fn draft(self, district: DistrictId, reading: &mut Reading) -> SignalDraft {
        SignalDraft {
            district,
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            on: self.on.map(|day| day.0),
            grade_level: patched(self.grade_level, Into::into),
            source: patched(self.source, Into::into),
            status: self.status.map(Into::into),
        }
    }
}

/// What a row is about.
pub(super) fn tag(
    reading: &mut Reading,
    occupation_code: MaybeUndefined<String>,
    cluster_id: &MaybeUndefined<ID>,
) -> TagDraft {
    TagDraft {
        occupation_code: patched(occupation_code, Into::into),
        cluster: reading.patched_id("clusterId", cluster_id),
    }
}
