//! Whose rows they are, for the log of changes.

use entity::id::{
    PathwayCourseId, PathwayCredentialId, PathwayDefinitionId, PathwayEnrollmentId, PathwayId,
};

use crate::{logged, store::Owners};

logged! {
    pathway is PathwayId, of |row| Owners::district(row.district_id);
    pathway_course is PathwayCourseId, of |row| Owners::district(row.district_id);
    pathway_credential is PathwayCredentialId, of |row| Owners::district(row.district_id);
    pathway_definition is PathwayDefinitionId, of |row| Owners::district(row.district_id);
    pathway_enrollment is PathwayEnrollmentId, of |row| Owners::district(row.district_id);
}
