//! What can be imported, and from what.

use std::sync::Arc;

use async_graphql::{Enum, resolver_utils::EnumType};

use crate::{
    bulk::{service::request, worker::Means},
    graphql::{Api, synced::ByFile},
    interests, leaf_enums, matching, partners, pathways, placements, roster,
};

/// What a line of a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "request::Format")]
pub enum BulkFormat {
    /// A JSON object on each line, in UTF-8.
    Ndjson,
    /// Comma-separated values in UTF-8, as RFC 4180 says. The first line holds the names of the
    /// columns: the fields of a row, with a full stop between the steps, as
    /// `key.externalId.system` and `student.givenName`. An empty cell leaves the field out; `\N`
    /// is null. Several values of a list are separated by `|`; deeper lists are written as JSON.
    Csv,
}

macro_rules! import_types {
    ($($name:ident, $doc:literal, $mutation:ty, $retires:literal;)+) => {
        /// The type of the rows of an import. Each line is one row in the form of an item of the
        /// `input` of the type's `…BulkUpsert`, and is written by the same rules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
        pub enum BulkImportType {
            $(#[doc = $doc] $name,)+
        }

        impl BulkImportType {
            /// How its rows are read and written.
            pub(in crate::bulk) fn by_file(self) -> &'static dyn ByFile {
                match self {
                    $(Self::$name => <$mutation>::by_file(),)+
                }
            }

            /// Whether its rows know that they are no longer in use.
            pub(in crate::bulk) const fn retires(self) -> bool {
                match self {
                    $(Self::$name => $retires,)+
                }
            }
        }
    };
}

import_types! {
    AcademicSession, "Rows of `academicSessionBulkUpsert`.", roster::mutation::AcademicSessionMutation, true;
    CareerExposure, "Rows of `careerExposureBulkUpsert`.", interests::mutation::CareerExposureMutation, true;
    CareerGoal, "Rows of `careerGoalBulkUpsert`.", interests::mutation::CareerGoalMutation, true;
    CareerSurvey, "Rows of `careerSurveyBulkUpsert`.", interests::mutation::CareerSurveyMutation, true;
    CareerSurveyQuestion, "Rows of `careerSurveyQuestionBulkUpsert`.", interests::mutation::CareerSurveyQuestionMutation, true;
    CareerSurveyResponse, "Rows of `careerSurveyResponseBulkUpsert`.", interests::mutation::CareerSurveyResponseMutation, true;
    Class, "Rows of `classBulkUpsert`.", roster::mutation::ClassMutation, true;
    Course, "Rows of `courseBulkUpsert`.", roster::mutation::CourseMutation, true;
    Enrollment, "Rows of `enrollmentBulkUpsert`.", roster::mutation::EnrollmentMutation, true;
    Guardian, "Rows of `guardianBulkUpsert`.", roster::mutation::GuardianMutation, true;
    Guardianship, "Rows of `guardianshipBulkUpsert`.", roster::mutation::GuardianshipSyncMutation, false;
    InterestAssessment, "Rows of `interestAssessmentBulkUpsert`.", interests::mutation::InterestAssessmentMutation, true;
    Opportunity, "Rows of `opportunityBulkUpsert`.", partners::mutation::OpportunityMutation, false;
    Partner, "Rows of `partnerBulkUpsert`.", partners::mutation::PartnerMutation, true;
    PartnerContact, "Rows of `partnerContactBulkUpsert`.", partners::mutation::ContactMutation, true;
    PartnerSite, "Rows of `partnerSiteBulkUpsert`.", partners::mutation::SiteMutation, true;
    Pathway, "Rows of `pathwayBulkUpsert`.", pathways::mutation::PathwayMutation, true;
    PathwayCourse, "Rows of `pathwayCourseBulkUpsert`.", pathways::mutation::PathwayCourseMutation, true;
    PathwayCredential, "Rows of `pathwayCredentialBulkUpsert`.", pathways::mutation::PathwayCredentialMutation, true;
    PathwayDefinition, "Rows of `pathwayDefinitionBulkUpsert`.", pathways::mutation::PathwayDefinitionMutation, true;
    PathwayEnrollment, "Rows of `pathwayEnrollmentBulkUpsert`.", pathways::mutation::PathwayEnrollmentMutation, true;
    Placement, "Rows of `placementBulkUpsert`.", placements::mutation::PlacementMutation, false;
    PlacementPreference, "Rows of `placementPreferenceBulkUpsert`.", matching::mutation::PlacementPreferenceMutation, true;
    School, "Rows of `schoolBulkUpsert`.", roster::mutation::SchoolMutation, true;
    Staff, "Rows of `staffBulkUpsert`.", roster::mutation::StaffMutation, true;
    Student, "Rows of `studentBulkUpsert`.", roster::mutation::StudentMutation, true;
    TimeEntry, "Rows of `timeEntryBulkUpsert`.", placements::mutation::TimeEntryMutation, false;
}

leaf_enums!(BulkImportType);

impl BulkImportType {
    /// The name in the schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        let item = Self::items().iter().find(|item| item.value == self);
        item.map_or("", |item| item.name)
    }

    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::items().iter().find(|item| item.name == name).map(|item| item.value)
    }
}

/// What the workers need of the schema.
#[must_use]
pub fn means(api: &Arc<Api>) -> Means {
    let all = BulkImportType::items().iter();
    let intakes = all.map(|item| (item.name, item.value.by_file().with(Arc::clone(api.model()))));
    Means { intakes: intakes.collect(), api: Arc::clone(api) }
}
