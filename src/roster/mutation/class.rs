//! Mutations of classes.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    class,
    id::{ClassId, DistrictId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    roster::{
        service::class::ClassDraft,
        types::{Class, ClassKind, RecordStatus},
    },
    synced_mutations,
};

/// How a class should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct ClassInput {
    /// Where it meets; needed for a new class.
    school_id: Option<ID>,
    /// What it teaches; needed for a new class.
    course_id: Option<ID>,
    /// The name; needed for a new class.
    title: Option<String>,
    /// The code on the timetable.
    class_code: MaybeUndefined<String>,
    /// Whether it has its own hour; SCHEDULED for a new class.
    kind: Option<ClassKind>,
    /// The room.
    location: MaybeUndefined<String>,
    /// The hour on the timetable.
    period: MaybeUndefined<String>,
    /// Whether it is in use; ACTIVE for a new class.
    status: Option<RecordStatus>,
    /// All sessions of the school calendar in which it meets; those left out are taken away.
    session_ids: Option<Vec<ID>>,
    /// All its teachers, the teacher of record first; those left out are taken away.
    teacher_ids: Option<Vec<ID>>,
}

impl Input for ClassInput {
    type Draft = ClassDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = ClassDraft {
            district,
            school: reading.optional_id("schoolId", self.school_id.as_ref()),
            course: reading.optional_id("courseId", self.course_id.as_ref()),
            title: self.title,
            class_code: patched(self.class_code, Into::into),
            kind: self.kind.map(Into::into),
            location: patched(self.location, Into::into),
            period: patched(self.period, Into::into),
            status: self.status.map(Into::into),
            sessions: reading.ids("sessionIds", self.session_ids.as_deref()),
            teachers: reading.ids("teacherIds", self.teacher_ids.as_deref()),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of classes.
    ClassMutation of class: Class, rows class::Entity, ids ClassId,
    reading ClassInput, needs Scope::RosterWrite {
        /// Creates and updates classes by your own system's keys. Sending the same rows again
        /// writes nothing.
        class_bulk_upsert(ClassUpsertInput) -> ClassBulkUpsertPayload, ClassUpsertResult;
        /// Changes one class.
        class_update -> ClassUpdatePayload;
    }
}
