//! What is in row `n` of each table.
//!
//! `student[n]` is the key of a student, `day[n]` a day of 2026, `instant[n]` a minute of it,
//! `any[k]` one of `:values` numbers at random, `partner_of[k]` the partner of the placements of
//! the district's `k`th student: every two-hundredth goes to the first partner. The rows of
//! different tenants come in turns, but for the people of a partner, who are entered together.

pub(super) mod interests;
pub(super) mod matching;
mod pathways;

/// The first byte of the keys of a table.
pub(super) fn ordinal(table: &str) -> u8 {
    let at = TABLES.iter().position(|(name, _)| *name == table);
    u8::try_from(at.unwrap_or_else(|| panic!("no table `{table}`")) + 1).expect("few tables")
}

/// Tables with a key, times and a version of their own.
pub(super) const TABLES: [(&str, &str); 37] = [
    (
        "district",
        "slug = 'd' || n
         name = 'District ' || n
         kind = 'DISTRICT'
         time_zone = 'America/Denver'",
    ),
    (
        "partner",
        "name = 'Partner ' || any[1]
         kind = CASE n % 4 WHEN 0 THEN 'CLINIC' WHEN 1 THEN 'AGENCY' ELSE 'EMPLOYER' END
         naics = CASE WHEN n % 5 > 1 THEN '' || (600000 + any[2]) END
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "school",
        "district_id = district[n % :districts]
         name = 'School ' || any[1]
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "academic_session",
        "district_id = district[n % :districts]
         title = 'Session ' || n
         kind = CASE WHEN n < :schools THEN 'SCHOOL_YEAR' ELSE 'TERM' END
         start_date = day[any[1]]
         end_date = day[any[1] + 90]
         school_year = 2027
         parent_id = CASE WHEN n >= :schools THEN academic_session[n % :schools] END
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "student",
        "district_id = district[n % :districts]
         school_id = school[n % :schools]
         given_name = 'Given'
         family_name = 'Family ' || any[1]
         grade_level = CASE WHEN any[2] % 5 > 1 THEN '1' || (n % 3) END
         status = CASE WHEN n % 20 = 19 THEN 'INACTIVE' ELSE 'ACTIVE' END",
    ),
    (
        "guardian",
        "district_id = district[n % :districts]
         given_name = 'Given'
         family_name = 'Family ' || any[1]
         status = CASE WHEN n % 20 = 19 THEN 'INACTIVE' ELSE 'ACTIVE' END",
    ),
    (
        "guardianship",
        "district_id = district[n % :districts]
         student_id = student[n / :districts / 2 * :districts + n % :districts]
         guardian_id = guardian[(n / :districts + 1) / 2 * :districts + n % :districts]
         relationship = 'PARENT'",
    ),
    (
        "staff",
        "district_id = district[n % :districts]
         school_id = school[n % :schools]
         given_name = 'Given'
         family_name = 'Family ' || any[1]
         kind = 'TEACHER'
         status = CASE WHEN n % 20 = 19 THEN 'INACTIVE' ELSE 'ACTIVE' END",
    ),
    (
        "course",
        "district_id = district[n % :districts]
         school_id = school[n % :schools]
         title = 'Course ' || any[1]
         school_year_id = academic_session[n % :schools]
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "class",
        "district_id = district[n % :districts]
         school_id = school[n % :schools]
         course_id = course[n / :districts / 4 * :districts + n % :districts]
         title = 'Class ' || any[1]
         kind = 'SCHEDULED'
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "enrollment",
        "district_id = district[n % :districts]
         class_id = class[n / :districts / 4 * :districts + n % :districts]
         student_id = student[(n / :districts / 4 + n / :districts % 4) * :districts + n % :districts]
         is_primary = TRUE
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "partner_site",
        "partner_id = partner[n % :partners]
         name = 'Site ' || any[1]
         city = CASE WHEN any[2] % 5 > 1 THEN 'City ' || any[2] END
         region = CASE WHEN any[2] % 5 > 1 THEN 'R' || (any[2] % 50) END
         country = 'US'
         status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END",
    ),
    (
        "partner_contact",
        "partner_id = partner[n / :contacts]
         site_id = partner_site[n / :contacts + :partners * (n % 2)]
         given_name = 'Given'
         family_name = 'Family ' || any[1]
         role = CASE n % 4 WHEN 0 THEN 'SUPERVISOR' ELSE 'MENTOR' END
         status = CASE WHEN n % 20 = 19 THEN 'INACTIVE' ELSE 'ACTIVE' END",
    ),
    (
        "affiliation_agreement",
        "district_id = district[n % :affiliated]
         partner_id = partner[(n / :affiliated * (n % :affiliated * 37 + n / :affiliated) + n % :affiliated / 100) % :partners]
         state = CASE n / :affiliated % 10 WHEN 9 THEN 'TERMINATED' ELSE 'ACTIVE' END
         starts_on = day[any[1] % 200]
         ends_on = day[any[1] % 200 + 300]",
    ),
    (
        "opportunity",
        "partner_id = partner[n % :partners]
         site_id = partner_site[n % (2 * :partners)]
         title = 'Opportunity ' || any[1]
         kind = CASE n % 3 WHEN 0 THEN 'JOB_SHADOW' WHEN 1 THEN 'CLINICAL' ELSE 'INTERNSHIP' END
         occupation_code = CASE WHEN any[2] % 5 > 1 THEN '29-' || any[2] END
         is_paid = TRUE
         starts_on = CASE WHEN any[4] % 5 > 1 THEN day[any[3]] END
         seats = 5
         seats_taken = 0
         state = CASE n / :partners % 5 WHEN 4 THEN 'DRAFT' WHEN 3 THEN 'CLOSED' ELSE 'OPEN' END",
    ),
    (
        "placement",
        "district_id = district[n % :districts]
         partner_id = partner[partner_of[n / :districts]]
         student_id = student[n / :districts / 2 * :districts + n % :districts]
         opportunity_id = opportunity[partner_of[n / :districts] + :partners * (n % 3)]
         site_id = partner_site[partner_of[n / :districts] + :partners * (n % 2)]
         mentor_id = partner_contact[partner_of[n / :districts] * :contacts + n % 3]
         supervisor_id = partner_contact[partner_of[n / :districts] * :contacts + n % 4]
         coordinator_id = staff[n / :districts % 20 * :districts + n % :districts]
         course_id = course[n / :districts % 20 * :districts + n % :districts]
         kind = 'INTERNSHIP'
         state = CASE n % 4 WHEN 0 THEN 'COMPLETED' WHEN 1 THEN 'MATCHED' ELSE 'ACTIVE' END
         starts_on = day[any[1]]
         ends_on = day[any[1] + 90]
         is_paid = TRUE",
    ),
    (
        "time_entry",
        "placement_id = placement[n / :districts / 5 * :districts + n % :districts]
         district_id = district[n % :districts]
         partner_id = partner[partner_of[n / :districts / 5]]
         student_id = student[n / :districts / 10 * :districts + n % :districts]
         worked_on = day[any[1]]
         starts_at = '08:00:00'
         ends_at = '09:00:00'
         break_minutes = 0
         minutes = 60
         category = 'DIRECT'
         state = CASE n % 4 WHEN 0 THEN 'VOIDED' WHEN 1 THEN 'SUBMITTED' ELSE 'APPROVED' END
         approved_by = partner_contact[partner_of[n / :districts / 5] * :contacts + n % 4]
         corrects_id = CASE WHEN n % 4 = 2 THEN time_entry[n - 2] END",
    ),
    (
        "webhook_endpoint",
        "district_id = CASE WHEN n % 2 = 0 THEN district[n / 2 % :districts] END
         partner_id = CASE WHEN n % 2 = 1 THEN partner[n / 2 % :partners] END
         client_id = district[n % :districts]
         url = 'https://e' || n || '.example/'
         exclude_origin = FALSE
         state = CASE n % 10 WHEN 9 THEN 'DISABLED' ELSE 'ACTIVE' END
         secret_rotated_at = instant[n]
         cursor = 'c'
         change_no = n
         last_cursor = 'c'
         made = 1",
    ),
    (
        "webhook_delivery",
        "endpoint_id = webhook_endpoint[n]
         tenant_id = CASE WHEN n % 2 = 0 THEN district[n / 2 % :districts] ELSE partner[n / 2 % :partners] END
         seq = n
         kind = 'placement'
         event = 'placement.updated'
         entity_id = 'placement_' || any[1]
         body = '{}'
         state = CASE n % 4 WHEN 0 THEN 'PENDING' ELSE 'DELIVERED' END
         attempts = 1
         next_attempt_at = instant[n]
         finished_at = CASE WHEN n % 4 > 0 THEN instant[n] END",
    ),
    (
        "job",
        "district_id = CASE WHEN n % 2 = 0 THEN district[n / 2 % :districts] END
         partner_id = CASE WHEN n % 2 = 1 THEN partner[n / 2 % :partners] END
         client_id = district[n % :districts]
         scopes = 'bulk:manage'
         kind = CASE n % 3 WHEN 0 THEN 'EXPORT' ELSE 'IMPORT' END
         state = CASE n % 10 WHEN 9 THEN 'FAILED' WHEN 8 THEN 'COMPLETED' ELSE 'EXPIRED' END
         request = '{}'
         processed = 0
         created = 0
         updated = 0
         unchanged = 0
         rejected = 0
         not_written = 0
         retired = 0
         done_bytes = 0
         done_lines = 0
         attempts = 0
         is_cancel_requested = FALSE
         expires_at = instant[n]",
    ),
    (
        "sandbox",
        "owner_district_id = CASE WHEN n % 2 = 0 THEN district[n / 2 % :districts] END
         owner_partner_id = CASE WHEN n % 2 = 1 THEN partner[n / 2 % :partners] END
         name = 'Sandbox ' || any[1]
         district_id = district[n % :districts]
         partners = '[]'
         students = 5
         seed = 1
         state = CASE n % 10 WHEN 9 THEN 'PREPARING' ELSE 'READY' END
         used_at = instant[n]",
    ),
    (
        "reference_release",
        "dataset = CASE n % 3 WHEN 0 THEN 'ONET' WHEN 1 THEN 'CAREER_CLUSTERS' ELSE 'CIP_SOC' END
         name = 'r' || n
         released_on = day[any[1]]
         source = 'https://example.org'
         licence = 'CC BY 4.0'
         attribution = 'Somebody'
         is_sample = FALSE
         is_current = n < 3
         digest = ''",
    ),
    (
        "occupation",
        "code = 'c' || n
         title = 'Occupation ' || any[1]
         release_id = reference_release[n % :schools]
         is_current = n % 20 <> 19",
    ),
    (
        "career_cluster",
        "framework = CASE n % 2 WHEN 0 THEN 'CAREER_CLUSTERS_2002' ELSE 'CAREER_CLUSTERS_2024' END
         code = 'c' || n
         title = 'Cluster ' || any[1]
         release_id = reference_release[n % :schools]",
    ),
    ("interest_assessment", interests::ASSESSMENTS),
    ("career_survey", interests::SURVEYS),
    ("career_survey_question", interests::QUESTIONS),
    ("career_survey_response", interests::RESPONSES),
    ("career_exposure", interests::EXPOSURES),
    ("career_goal", interests::GOALS),
    ("pathway", pathways::PATHWAYS),
    ("pathway_course", pathways::COURSES),
    ("pathway_credential", pathways::CREDENTIALS),
    ("pathway_enrollment", pathways::ENROLLMENTS),
    ("pathway_definition", pathways::DEFINITIONS),
    ("placement_preference", matching::PREFERENCES),
    ("match_run", matching::RUNS),
];
