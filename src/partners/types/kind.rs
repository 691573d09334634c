//! The forms of work-based learning, as opportunities and placements name them.

use async_graphql::Enum;
use entity::wbl;

use crate::{enum_filter, leaf_enums};

/// A form of work-based learning, from learning about work through learning at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "wbl::WorkBasedLearningKind")]
pub enum WorkBasedLearningKind {
    /// Many employers present themselves to students in one place on one day.
    CareerFair,
    /// A professional comes to a class and speaks about the work.
    GuestSpeaker,
    /// A group of students visits a workplace and sees it run.
    WorksiteTour,
    /// A student interviews a professional about the work and the way into it.
    InformationalInterview,
    /// A student follows a professional through the working day, usually for a day or a few.
    JobShadow,
    /// A professional guides a student over months, without the student working there.
    Mentorship,
    /// Students serve a community and study what they learn by it.
    ServiceLearning,
    /// A business at school that students run, with real products and customers.
    SchoolBasedEnterprise,
    /// A student founds and runs a business of their own.
    Entrepreneurship,
    /// A classroom that is run by the rules and roles of a workplace.
    SimulatedWorkplace,
    /// A supervised agricultural experience: a project in agriculture with an adviser.
    SupervisedAg,
    /// Students do a project for a real client and present the result.
    ClientProject,
    /// A term of work at an employer's with learning goals, paid or unpaid.
    Internship,
    /// Cooperative education: class and paid work alternate under a written plan.
    CoOp,
    /// Practice with patients or clients under a licensed supervisor.
    Clinical,
    /// Preparation for a registered apprenticeship that has agreed to take its graduates.
    PreApprenticeship,
    /// An apprenticeship that begins while the student is still at school.
    YouthApprenticeship,
    /// An apprenticeship registered with the U.S. Department of Labor or a state agency.
    RegisteredApprenticeship,
    /// Training by doing the job itself, at the employer's.
    OnTheJob,
    /// Supervised practice that a professional license or certification requires.
    Practicum,
}

leaf_enums!(WorkBasedLearningKind);
enum_filter!(pub WorkBasedLearningKindFilter of WorkBasedLearningKind as wbl::WorkBasedLearningKind);
