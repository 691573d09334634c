//! Counting a school.

use entity::{interest_standing, reference_release::ReferenceDataset};
use pathbridge::bulk::reference::LoadOutcome;
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::world::{World, keyed, upsert};
use crate::{
    reference::files::Files,
    support::{TestApp, both},
};

const ASK: &str = "query($school: ID!, $grade: String) { interestSummary(schoolId: $school, gradeLevel: $grade) {
    gradeLevel students smallestCount areas { area students } clusters { students cluster { code } } } }";

async fn summary(world: &World, grade: Option<&str>) -> Json {
    let asked = json!({ "school": world.school, "grade": grade });
    world.sis.ok(ASK, asked).await["interestSummary"].take()
}

fn of(summary: &Json, area: &str) -> Json {
    let areas = summary["areas"].as_array().unwrap();
    areas.iter().find(|one| one["area"] == json!(area)).unwrap()["students"].clone()
}

/// The only clusters that the test's own release has occupations in.
const NEWER: [&str; 2] = ["digital-technology", "healthcare-human-services"];

/// A school with three groups of students, each of which is large enough to be told.
async fn drawn_to_three(app: &TestApp) -> World {
    let world = World::new(app, 150).await;
    for (students, area) in [(0..60, "social"), (60..110, "realistic"), (110..150, "investigative")]
    {
        assess(&world, students, area).await;
    }
    world
}

/// The codes of the clusters that are told.
fn clusters(summary: &Json) -> Vec<&str> {
    let all = summary["clusters"].as_array().expect("clusters").iter();
    all.filter_map(|one| one["cluster"]["code"].as_str()).collect()
}

/// Assesses these students, each with one strong area.
async fn assess(world: &World, students: std::ops::Range<usize>, area: &str) {
    let row = |at: usize| {
        let mut scores = json!({ "realistic": 0, "investigative": 0, "artistic": 0, "social": 0,
            "enterprising": 0, "conventional": 0 });
        scores[area] = json!(40);
        let fields = json!({ "studentId": world.students[at], "instrument": "ONET_SHORT_FORM_60",
            "scores": scores, "takenOn": "2026-08-01" });
        keyed(&format!("a{at}"), "interestAssessment", fields)
    };
    let rows: Vec<_> = students.map(row).collect();
    let written = upsert(&world.sis, "interestAssessment", json!(rows)).await;
    assert!(written.iter().all(|one| one["userErrors"] == json!([])), "{written:?}");
}

both! {
    async fn a_school_is_counted_by_area_and_cluster(app: TestApp) {
        let world = World::new(&app, 70).await;
        assess(&world, 0..40, "social").await;
        assess(&world, 40..64, "realistic").await;
        assess(&world, 64..66, "artistic").await;
        let school = summary(&world, None).await;
        assert_eq!((&school["students"], &school["smallestCount"]), (&json!(66), &json!(10)));
        assert_eq!(of(&school, "SOCIAL"), json!(40));
        // Two artists are too few, and 66 less 40 less 24 would be they.
        assert_eq!((of(&school, "ARTISTIC"), of(&school, "REALISTIC")), (json!(null), json!(null)));
        let ninth = summary(&world, Some("9")).await;
        assert_eq!((&ninth["gradeLevel"], &ninth["students"]), (&json!("9"), &json!(33)));
        assert_eq!(of(&ninth, "SOCIAL"), json!(20));
        assert_eq!(summary(&world, Some("12")).await["students"], json!(null));

        // Who thinks again is counted anew at once, and who leaves is not counted.
        assess(&world, 0..20, "realistic").await;
        let after = summary(&world, None).await;
        assert_eq!(after["students"], json!(66));
        assert_ne!(of(&after, "SOCIAL"), json!(40));
        let left = json!([keyed("p65", "student", json!({ "status": "INACTIVE" }))]);
        upsert(&world.sis, "student", left).await;
        assert_eq!(summary(&world, None).await["students"], json!(65));
    }

    async fn a_newer_release_is_counted_without_a_new_signal(app: TestApp) {
        let world = drawn_to_three(&app).await;
        let before = summary(&world, None).await;
        let known = |codes: &[&str]| codes.iter().filter(|code| NEWER.contains(code)).count();
        let codes = clusters(&before);
        assert!(known(&codes) < codes.len(), "{before}");
        let report = Files::clusters().load(&app, ReferenceDataset::CareerClusters).await;
        assert_eq!(report.count("students worked out anew"), Some(150));
        let report = Files::onet().load(&app, ReferenceDataset::Onet).await;
        assert_eq!(report.count("students worked out anew"), Some(150));
        let after = summary(&world, None).await;
        let codes = clusters(&after);
        assert!(!codes.is_empty() && known(&codes) == codes.len(), "{after}");
        assert_eq!((&after["areas"], &after["students"]), (&before["areas"], &json!(150)));
        // What stands on the current release already is left as it is.
        let report = Files::onet().load(&app, ReferenceDataset::Onet).await;
        assert_eq!(report.count("students worked out anew"), None);
    }

    async fn a_load_that_was_broken_off_is_gone_on_with(app: TestApp) {
        let world = drawn_to_three(&app).await;
        Files::clusters().load(&app, ReferenceDataset::CareerClusters).await;
        Files::onet().load(&app, ReferenceDataset::Onet).await;
        let done = summary(&world, None).await;
        // As if the process had ended between the release and the students.
        let old = interest_standing::Entity::update_many()
            .col_expr(interest_standing::Column::OnetReleaseId, Expr::val(Option::<Uuid>::None))
            .col_expr(interest_standing::Column::PrimaryClusterId, Expr::val(Option::<Uuid>::None));
        old.exec(app.app.db.writer()).await.expect("they are old");
        assert_ne!(summary(&world, None).await, done);
        let report = Files::onet().load(&app, ReferenceDataset::Onet).await;
        assert_eq!((report.outcome, report.count("students worked out anew")), (LoadOutcome::Unchanged, Some(150)));
        assert_eq!(summary(&world, None).await, done);
    }

    async fn another_district_sees_no_school(app: TestApp) {
        let world = World::new(&app, 1).await;
        let other = app.district("other").await;
        let other = app.client(pathbridge::auth::Tenant::District(other)).await;
        let asked = json!({ "school": world.school });
        assert_eq!(other.ok(ASK, asked).await["interestSummary"], json!(null));
    }

    async fn a_summary_reads_standings_and_no_signal(app: TestApp) {
        let world = World::new(&app, 12).await;
        assess(&world, 0..12, "social").await;
        app.heard.listen();
        assert_eq!(summary(&world, None).await["students"], json!(12));
        let told = app.heard.told();
        let tables = ["interest_assessment", "career_goal", "career_exposure", "career_survey_response"];
        assert!(told.iter().any(|one| one.sql.contains("interest_standing")));
        assert!(told.iter().all(|one| tables.iter().all(|table| !one.sql.contains(table))));
    }
}
