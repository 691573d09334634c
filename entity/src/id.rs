//! Typed keys: a student's id is never taken for a school's.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A key that knows what it is the key of.
pub trait TypedId:
    Copy + Eq + std::hash::Hash + From<Uuid> + Into<Uuid> + Send + Sync + 'static
{
    /// The first part of the global id, as `student` in `student_01jd…`.
    const PREFIX: &'static str;
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])+
        #[derive(
            Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            DeriveValueType, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl TryFromU64 for $name {
            // SeaORM asks this of every key, for databases that count them up. Ours never do.
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl TypedId for $name {
            const PREFIX: &'static str = $prefix;
        }
    )+};
}

ids! {
    /// A registered client of the API.
    ApiClientId = "client";
    /// A district, college or consortium.
    DistrictId = "district";
    /// A school of a district.
    SchoolId = "school";
    /// A school year, semester, term or grading period.
    AcademicSessionId = "session";
    /// A student.
    StudentId = "student";
    /// A parent, guardian or other adult who answers for a student.
    GuardianId = "guardian";
    /// The tie between a student and a guardian.
    GuardianshipId = "guardianship";
    /// A counselor, coordinator, teacher or administrator.
    StaffId = "staff";
    /// A course of study.
    CourseId = "course";
    /// A taught class of a course.
    ClassId = "class";
    /// A student's seat in a class, with its result.
    EnrollmentId = "enrollment";
    /// A key of a row in somebody else's system.
    ExternalIdId = "xid";
    /// An employer, clinic or agency.
    PartnerId = "partner";
    /// A place where a partner works.
    PartnerSiteId = "site";
    /// A person at a partner: mentor, supervisor, preceptor, HR.
    PartnerContactId = "contact";
    /// The agreement that ties a partner to a district.
    AffiliationAgreementId = "affiliation";
    /// Something a partner offers to students.
    OpportunityId = "opportunity";
    /// A student's time with a partner.
    PlacementId = "placement";
    /// Hours of one day of a placement.
    TimeEntryId = "hours";
    /// An address that is told of changes.
    WebhookEndpointId = "webhook";
    /// A secret that signs for such an address.
    WebhookSecretId = "webhooksecret";
    /// A message to such an address.
    WebhookDeliveryId = "delivery";
    /// A bulk import or export.
    JobId = "job";
    /// A throw-away district with made-up data.
    SandboxId = "sandbox";
    /// A release of reference data.
    ReferenceReleaseId = "release";
    /// An occupation.
    OccupationId = "occupation";
    /// A career cluster.
    CareerClusterId = "cluster";
    /// An assessment of a student's interests.
    InterestAssessmentId = "assessment";
    /// A questionnaire about fields of work.
    CareerSurveyId = "survey";
    /// A question of such a questionnaire.
    CareerSurveyQuestionId = "question";
    /// A student's answer to such a question.
    CareerSurveyResponseId = "response";
    /// A student's meeting with a field of work.
    CareerExposureId = "exposure";
    /// What a student means to become.
    CareerGoalId = "goal";
    /// A career pathway.
    PathwayId = "pathway";
    /// A course of a pathway.
    PathwayCourseId = "pathcourse";
    /// A credential that a pathway leads to.
    PathwayCredentialId = "credential";
    /// A student's time on a pathway.
    PathwayEnrollmentId = "participation";
    /// What makes a participant, a concentrator and a completer.
    PathwayDefinitionId = "definition";
    /// A line of a student's list of wishes.
    PlacementPreferenceId = "preference";
    /// A proposal of who gets which seat.
    MatchRunId = "matching";
    /// What such a proposal says of one student.
    MatchResultId = "match";
}
