//! The rows of each table that ties other rows together.

use super::tables::{interests, matching};

/// Tables without a version: they tie other rows together.
pub(super) const JOINS: [(&str, &str); 7] = [
    (
        "class_session",
        "class_id = class[n / 2]
         academic_session_id = academic_session[(n / 2 + n % 2 * :districts) % :schools + n % 2 * :schools]",
    ),
    (
        "class_teacher",
        "class_id = class[n / 2]
         staff_id = staff[(n / 2 / :districts / 2 + n % 2) * :districts + n / 2 % :districts]
         is_primary = n % 2 = 0",
    ),
    (
        "external_id",
        "id = student[n]
         tenant_id = district[n % :districts]
         kind = 'student'
         system = 'sis'
         value = '' || n
         entity_id = student[n]
         created_at = instant[n]",
    ),
    (
        "occupation_edition",
        "occupation_id = occupation[n]
         release_id = reference_release[n % :schools]
         title = 'Occupation'
         realistic = 100
         investigative = 200
         artistic = 300
         social = 400
         enterprising = 500
         conventional = 600",
    ),
    // The release is the current one of the clusters.
    (
        "occupation_cluster",
        "release_id = reference_release[1]
         cluster_id = career_cluster[n]
         occupation_code = 'c' || n",
    ),
    ("interest_standing", interests::STANDINGS),
    ("match_result", matching::RESULTS),
];
