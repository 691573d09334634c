//! What is in row `n` of the tables of the matching.

pub(super) const PREFERENCES: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     opportunity_id = opportunity[partner_of[n / :districts] + :partners * (n / :districts % 2)]
     rank = n / :districts % 2 + 1
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const RUNS: &str = "district_id = district[n % :districts]
     name = 'Run ' || any[1]
     state = CASE n % 3 WHEN 0 THEN 'PROPOSED' WHEN 1 THEN 'CONFIRMED' ELSE 'DISCARDED' END
     seed = 'seed'
     priorities = '[]'
     starts_on = day[any[1]]
     ends_on = day[any[1] + 90]
     students = 1
     opportunities = 1
     seats = 1
     assigned = 1";

pub(in crate::support::crowd) const RESULTS: &str = "id = placement_preference[n]
     run_id = match_run[n / :districts / 4 * :districts + n % :districts]
     district_id = district[n % :districts]
     student_id = student[n]
     opportunity_id = opportunity[n % :partners]
     rank = 1
     level = 0
     ticket = any[1]
     passed_over = '[]'
     placement_id = placement[n]";
