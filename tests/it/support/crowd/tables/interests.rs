//! What is in row `n` of the tables of interests.

pub(super) const ASSESSMENTS: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     instrument = 'OTHER'
     max_score = 100
     realistic = any[2] % 100
     investigative = any[3] % 100
     artistic = any[4] % 100
     social = any[5] % 100
     enterprising = any[6] % 100
     conventional = any[7] % 100
     taken_on = day[any[1]]
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const SURVEYS: &str = "district_id = district[n % :districts]
     title = 'Survey ' || any[1]
     status = 'ACTIVE'";

pub(super) const QUESTIONS: &str = "district_id = district[n % :districts]
     survey_id = career_survey[n / :districts / 4 * :districts + n % :districts]
     position = n / :districts % 4 + 1
     prompt = 'How do you like it?'
     occupation_code = 'c' || n
     cluster_id = career_cluster[n]
     status = 'ACTIVE'";

pub(super) const RESPONSES: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     question_id = career_survey_question[n / :districts / 4 * :districts + n % :districts]
     rating = n % 5 + 1
     answered_on = day[any[1]]
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const EXPOSURES: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     kind = 'TOUR'
     title = 'Tour'
     occurred_on = day[any[1]]
     occupation_code = 'c' || n
     cluster_id = career_cluster[n]
     rating = n % 5 + 1
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(super) const GOALS: &str = "district_id = district[n % :districts]
     student_id = student[n / :districts / 2 * :districts + n % :districts]
     kind = 'EMPLOYMENT'
     statement = 'To work'
     occupation_code = 'c' || n
     cluster_id = career_cluster[n]
     set_on = day[any[1]]
     supersedes_id = CASE WHEN n / :districts % 2 = 1 THEN career_goal[n - :districts] END
     status = CASE WHEN n % 20 = 19 THEN 'RETIRED' ELSE 'ACTIVE' END";

pub(in crate::support::crowd) const STANDINGS: &str = "student_id = student[n]
     district_id = district[n % :districts]
     primary_area = CASE n % 3 WHEN 0 THEN 'REALISTIC' WHEN 1 THEN 'SOCIAL' END
     primary_cluster_id = career_cluster[n % 20]
     formula = 1
     updated_at = instant[n]";
