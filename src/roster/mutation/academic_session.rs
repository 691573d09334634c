//! Mutations of sessions of the school calendar.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    academic_session,
    id::{AcademicSessionId, DistrictId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::Reading,
        scalars::Date,
        synced::{Input, Read},
    },
    roster::{
        service::academic_session::AcademicSessionDraft,
        types::{AcademicSession, AcademicSessionKind, RecordStatus},
    },
    synced_mutations,
};

/// How a session of the school calendar should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct AcademicSessionInput {
    /// The name, as `Fall 2026`; needed for a new session.
    title: Option<String>,
    /// Which stretch of the calendar it is; needed for a new session.
    kind: Option<AcademicSessionKind>,
    /// The first day; needed for a new session.
    start_date: Option<Date>,
    /// The day after the last day; needed for a new session.
    end_date: Option<Date>,
    /// The year in which the school year ends, 2027 for 2026–27; needed for a new session.
    school_year: Option<i32>,
    /// The session that contains it; it must be there before.
    parent_id: MaybeUndefined<ID>,
    /// Whether it is in use; ACTIVE for a new session.
    status: Option<RecordStatus>,
}

impl Input for AcademicSessionInput {
    type Draft = AcademicSessionDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = AcademicSessionDraft {
            district,
            title: self.title,
            kind: self.kind.map(Into::into),
            start_date: self.start_date.map(|day| day.0),
            end_date: self.end_date.map(|day| day.0),
            school_year: self.school_year,
            parent: reading.patched_id("parentId", &self.parent_id),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of sessions of the school calendar.
    AcademicSessionMutation of academic_session: AcademicSession, rows academic_session::Entity, ids AcademicSessionId,
    reading AcademicSessionInput, needs Scope::RosterWrite {
        /// Creates and updates sessions of the school calendar by your own system's keys. Sending the same rows again
        /// writes nothing.
        academic_session_bulk_upsert(AcademicSessionUpsertInput) -> AcademicSessionBulkUpsertPayload, AcademicSessionUpsertResult;
        /// Changes one session of the school calendar.
        academic_session_update -> AcademicSessionUpdatePayload;
    }
}
