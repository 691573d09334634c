//! The continuum of work-based learning: about work, through work, at work.
//!
//! The order of the variants is the order of the continuum.

use sea_orm::entity::prelude::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// A form of work-based learning, from learning about work to learning at work.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkBasedLearningKind {
    /// Many partners, one hall.
    #[default]
    CareerFair,
    /// A partner comes to class.
    GuestSpeaker,
    /// A group visits a workplace.
    WorksiteTour,
    /// A student asks a professional about the work.
    InformationalInterview,
    /// A student follows a professional for a day or so.
    JobShadow,
    /// A professional guides a student over time.
    Mentorship,
    /// Study through service to the community.
    ServiceLearning,
    /// A business run by students at school.
    SchoolBasedEnterprise,
    /// A business of the student’s own.
    Entrepreneurship,
    /// A classroom run as a workplace.
    SimulatedWorkplace,
    /// A supervised agricultural experience.
    SupervisedAg,
    /// A project for a real client.
    ClientProject,
    /// A term of work with learning goals.
    Internship,
    /// Cooperative education: study and paid work in turn.
    CoOp,
    /// Practice with patients under supervision.
    Clinical,
    /// Preparation for an apprenticeship.
    PreApprenticeship,
    /// An apprenticeship begun at school.
    YouthApprenticeship,
    /// An apprenticeship registered with the state.
    RegisteredApprenticeship,
    /// Training on the job.
    OnTheJob,
    /// Supervised practice that a credential requires.
    Practicum,
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::WorkBasedLearningKind;

    #[test]
    fn stored_and_sent_as_the_same_word() {
        for kind in WorkBasedLearningKind::iter() {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.to_value());
        }
        assert_eq!(WorkBasedLearningKind::CoOp.to_value(), "CO_OP");
        assert_eq!(WorkBasedLearningKind::SupervisedAg.to_value(), "SUPERVISED_AG");
    }
}
