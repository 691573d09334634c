//! The types of the schema whose changes are told.

use async_graphql::{Enum, resolver_utils::EnumType as _};
use entity::id::{
    AcademicSessionId, AffiliationAgreementId, CareerExposureId, CareerGoalId, CareerSurveyId,
    CareerSurveyQuestionId, CareerSurveyResponseId, ClassId, CourseId, DistrictId, EnrollmentId,
    GuardianId, GuardianshipId, InterestAssessmentId, JobId, MatchRunId, OpportunityId,
    PartnerContactId, PartnerId, PartnerSiteId, PathwayCourseId, PathwayCredentialId,
    PathwayDefinitionId, PathwayEnrollmentId, PathwayId, PlacementId, PlacementPreferenceId,
    SandboxId, SchoolId, StaffId, StudentId, TimeEntryId, TypedId, WebhookEndpointId,
};

use crate::{changes::kinds::Kind, leaf_enums};

macro_rules! entity_types {
    ($($name:ident, $doc:literal, $id:ty;)+) => {
        /// A type whose changes are told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
        pub enum EntityType {
            $(#[doc = $doc] $name,)+
        }

        impl EntityType {
            /// The first part of the type's global ids.
            const fn prefix(self) -> &'static str {
                match self {
                    $(Self::$name => <$id as TypedId>::PREFIX,)+
                }
            }
        }
    };
}

entity_types! {
    AcademicSession, "An `AcademicSession`.", AcademicSessionId;
    AffiliationAgreement, "An `AffiliationAgreement`.", AffiliationAgreementId;
    CareerExposure, "A `CareerExposure`.", CareerExposureId;
    CareerGoal, "A `CareerGoal`.", CareerGoalId;
    CareerSurvey, "A `CareerSurvey`.", CareerSurveyId;
    CareerSurveyQuestion, "A `CareerSurveyQuestion`.", CareerSurveyQuestionId;
    CareerSurveyResponse, "A `CareerSurveyResponse`.", CareerSurveyResponseId;
    Class, "A `Class`.", ClassId;
    Course, "A `Course`.", CourseId;
    District, "A `District`.", DistrictId;
    Enrollment, "An `Enrollment`.", EnrollmentId;
    Guardian, "A `Guardian`.", GuardianId;
    Guardianship, "A `Guardianship`.", GuardianshipId;
    Job, "A `Job`.", JobId;
    MatchRun, "A `MatchRun`.", MatchRunId;
    InterestAssessment, "An `InterestAssessment`.", InterestAssessmentId;
    Opportunity, "An `Opportunity`.", OpportunityId;
    Partner, "A `Partner`.", PartnerId;
    PartnerContact, "A `PartnerContact`.", PartnerContactId;
    PartnerSite, "A `PartnerSite`.", PartnerSiteId;
    Pathway, "A `Pathway`.", PathwayId;
    PathwayCourse, "A `PathwayCourse`.", PathwayCourseId;
    PathwayCredential, "A `PathwayCredential`.", PathwayCredentialId;
    PathwayDefinition, "A `PathwayDefinition`.", PathwayDefinitionId;
    PathwayEnrollment, "A `PathwayEnrollment`.", PathwayEnrollmentId;
    Placement, "A `Placement`.", PlacementId;
    PlacementPreference, "A `PlacementPreference`.", PlacementPreferenceId;
    Sandbox, "A `Sandbox`.", SandboxId;
    School, "A `School`.", SchoolId;
    Staff, "A member of `Staff`.", StaffId;
    Student, "A `Student`.", StudentId;
    TimeEntry, "A `TimeEntry`.", TimeEntryId;
    WebhookEndpoint, "A `WebhookEndpoint`.", WebhookEndpointId;
}

leaf_enums!(EntityType);

impl EntityType {
    /// The type whose global ids begin with this.
    #[must_use]
    pub fn of(prefix: &str) -> Self {
        let mut items = Self::items().iter().map(|item| item.value);
        items.find(|item| item.prefix() == prefix).unwrap_or(Self::District)
    }

    /// The kind of rows behind the type.
    #[must_use]
    pub fn kind(self) -> Option<&'static Kind> {
        Kind::of(self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType as _;

    use super::EntityType;
    use crate::changes::kinds;

    #[test]
    fn each_type_has_its_kind_and_each_kind_its_type() {
        let types = EntityType::items();
        assert_eq!(types.len(), kinds::ALL.len());
        assert!(types.iter().all(|item| item.value.kind().is_some()));
        assert!(kinds::ALL.iter().all(|kind| EntityType::of(kind.prefix).prefix() == kind.prefix));
    }
}
