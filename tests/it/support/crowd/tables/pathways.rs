//! What is in row `n` of the tables of pathways.

pub(super) const PATHWAYS: &str = "district_id = district[n % :districts]
     name = 'Pathway ' || any[1]
     code = CASE WHEN any[2] % 5 > 1 THEN 'P' || any[2] END
     cluster_id = career_cluster[n]
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const COURSES: &str = "district_id = district[n % :districts]
     pathway_id = pathway[n / :districts / 4 * :districts + n % :districts]
     course_id = course[n]
     position = n / :districts % 4 + 1
     is_required = TRUE
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const CREDENTIALS: &str = "district_id = district[n % :districts]
     pathway_id = pathway[n / :districts / 2 * :districts + n % :districts]
     name = 'Credential ' || any[1]
     status = 'ACTIVE'";

pub(super) const ENROLLMENTS: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     pathway_id = pathway[n / :districts / 4 * :districts + n % :districts]
     started_on = day[any[1]]
     ended_on = CASE WHEN n % 3 = 2 THEN day[any[1] + 90] END
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

/// A district has few of them.
pub(super) const DEFINITIONS: &str = "district_id = district[n / 20]
     jurisdiction = 'US'
     citation = 'Citation ' || n
     effective_from = day[any[1]]
     participant_courses = 1
     concentrator_courses = 2
     status = 'ACTIVE'";
