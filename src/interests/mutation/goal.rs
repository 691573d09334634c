//! Mutations of students' goals.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    career_goal,
    id::{CareerGoalId, DistrictId},
};

use super::shared::{About, tag};
use crate::{
    auth::Scope,
    graphql::{
        input::Reading,
        scalars::Date,
        synced::{Input, Read},
    },
    interests::{
        service::goal::GoalDraft,
        types::{CareerGoal, CareerGoalKind},
    },
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a goal should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct CareerGoalInput {
    /// The student; needed for a new goal, and never another one.
    student_id: Option<ID>,
    /// By which road; needed for a new goal.
    kind: Option<CareerGoalKind>,
    /// The goal in the student's words; needed for a new goal.
    statement: Option<String>,
    /// The occupation that it is about, by its O*NET-SOC code; not beside a cluster.
    occupation_code: MaybeUndefined<String>,
    /// The career cluster that it is about.
    cluster_id: MaybeUndefined<ID>,
    /// The day on which it was set, today or earlier; needed for a new goal.
    set_on: Option<Date>,
    /// The older goal of the same student whose place it takes; each has at most one successor.
    supersedes_id: MaybeUndefined<ID>,
    /// The grade at that time, as `10`.
    grade_level: MaybeUndefined<String>,
    /// Where it comes from: a platform, an event, a lesson.
    source: MaybeUndefined<String>,
    /// Whether it counts; ACTIVE for a new goal.
    status: Option<RecordStatus>,
}

impl Input for CareerGoalInput {
    type Draft = GoalDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let Self { student_id, set_on: on, grade_level, source, status, .. } = self;
        let about = About { student_id, on, grade_level, source, status };
        let draft = GoalDraft {
            about: about.draft(district, &mut reading),
            kind: self.kind.map(Into::into),
            statement: self.statement,
            tag: tag(&mut reading, self.occupation_code, &self.cluster_id),
            supersedes: reading.patched_id("supersedesId", &self.supersedes_id),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of students' goals.
    CareerGoalMutation of career_goal: CareerGoal, rows career_goal::Entity, ids CareerGoalId,
    reading CareerGoalInput, needs Scope::InterestsWrite {
        /// Creates and updates students' goals by your own system's keys. Sending the same rows again
        /// writes nothing.
        career_goal_bulk_upsert(CareerGoalUpsertInput) -> CareerGoalBulkUpsertPayload, CareerGoalUpsertResult;
        /// Changes one goal. When a student thinks again, write a new goal that supersedes it.
        career_goal_update -> CareerGoalUpdatePayload;
    }
}
