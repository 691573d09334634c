//! The profile as an answer tells it.

use pathbridge::auth::Tenant;
use serde_json::json;

use super::world::World;
use crate::support::{Actor, both};

const NURSING: [i32; 6] = [20, 30, 5, 40, 10, 30];

both! {
    async fn a_profile_explains_itself(app: TestApp) {
        let world = World::new(&app, 2).await;
        let assessment = world.assessed("a", 0, NURSING, "2026-08-01").await;
        let goal = json!({ "studentId": world.students[0], "kind": "FOUR_YEAR_COLLEGE",
            "statement": "To nurse", "occupationCode": "29-1141.00", "setOn": "2026-08-02" });
        let goal = world.signal("careerGoal", "g", goal).await.unwrap();
        let unrated = json!({ "studentId": world.students[0], "kind": "FAIR", "title": "Fair",
            "occurredOn": "2026-08-03", "occupationCode": "15-1252.00" });
        world.signal("careerExposure", "f", unrated).await.unwrap();
        let found = world.profile(0, "", "asOf hollandCode isFlat ties differentiation signalCount formulaVersion
            social artistic occupationRelease { name } clusterRelease { name }
            evidence { kind signalId occurredOn weightPercent contribution }
            clusters { rank correlation cluster { framework } evidence { signalId contribution } }
            occupations { rank correlation occupation { code } evidence { kind signalId contribution } }
            trend { since hollandCode social }").await;
        assert_eq!(found["asOf"], json!("2026-09-01"));
        assert_eq!((&found["hollandCode"], &found["isFlat"], &found["ties"]), (&json!("SCI"), &json!(false), &json!([])));
        assert_eq!((&found["signalCount"], &found["formulaVersion"]), (&json!(2), &json!(1)));
        assert_ne!(found["occupationRelease"]["name"], json!(null));
        // 100 to 60, both of one month; the newest first.
        assert_eq!(found["evidence"], json!([
            { "kind": "GOAL", "signalId": goal, "occurredOn": "2026-08-02", "weightPercent": "37.50", "contribution": null },
            { "kind": "ONET_SHORT_FORM_60", "signalId": assessment, "occurredOn": "2026-08-01", "weightPercent": "62.50", "contribution": null },
        ]));
        let occupations = found["occupations"].as_array().unwrap();
        assert!(occupations.len() <= 25 && occupations.len() > 3, "{}", occupations.len());
        let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<f64>().unwrap();
        for (at, one) in occupations.iter().enumerate() {
            assert_eq!(one["rank"], json!(at + 1));
            let reasons = one["evidence"].as_array().unwrap();
            assert!(!reasons.is_empty());
            let sum: f64 = reasons.iter().map(|reason| number(&reason["contribution"])).sum();
            assert!(sum + 0.02 >= number(&one["correlation"]), "{one}");
        }
        assert!(occupations.windows(2).all(|two| number(&two[0]["correlation"]) >= number(&two[1]["correlation"])));
        let codes: Vec<_> = occupations.iter().take(5).map(|one| one["occupation"]["code"].as_str().unwrap()).collect();
        assert!(codes.contains(&"29-1141.00"), "{codes:?}");
        let clusters = found["clusters"].as_array().unwrap();
        assert!(!clusters.is_empty() && clusters.len() <= 10);
        assert!(clusters.iter().all(|one| one["cluster"]["framework"] == json!("CAREER_CLUSTERS_2024")));
        assert_eq!(found["trend"], json!({ "since": "2025-09-01", "hollandCode": null, "social": null }));

        let none = world.profile(1, "", "hollandCode isFlat social signalCount occupations { rank } trend { social }").await;
        assert_eq!(none, json!({ "hollandCode": null, "isFlat": true, "social": null,
            "signalCount": 0, "occupations": [], "trend": { "social": null } }));
    }

    async fn the_root_tells_the_profile_of_a_student(app: TestApp) {
        let world = World::new(&app, 2).await;
        world.assessed("old", 0, [40, 20, 20, 0, 0, 0], "2025-08-15").await;
        world.assessed("new", 0, NURSING, "2026-08-01").await;
        let fields = "asOf hollandCode social evidence { signalId } occupations { rank occupation { code } }";
        let document = format!("query($id: ID!, $day: Date) {{ interestProfile(studentId: $id, asOf: $day) {{ {fields} }} }}");
        let root = async |actor: &Actor, id: &str, day: Option<&str>| {
            actor.ok(&document, json!({ "id": id, "day": day })).await["interestProfile"].take()
        };
        let student = &world.students[0];
        assert_eq!(root(&world.sis, student, None).await, world.profile(0, "", fields).await);
        let before = root(&world.sis, student, Some("2026-01-01")).await;
        assert_eq!(before, world.profile(0, "(asOf: \"2026-01-01\")", fields).await);
        assert_ne!(before["hollandCode"], root(&world.sis, student, None).await["hollandCode"]);
        assert_eq!(root(&world.sis, &world.students[1], None).await["occupations"], json!([]));
        let other = app.client(Tenant::District(app.district("other").await)).await;
        assert_eq!(root(&other, student, None).await, json!(null), "whoever does not see the student");
        let wrong = world.sis.gql(&document, json!({ "id": world.school })).await;
        assert_eq!(wrong.codes(), ["INVALID_ID"]);
    }

    async fn as_of_gives_history_and_the_trend_tells_what_changed(app: TestApp) {
        let world = World::new(&app, 1).await;
        world.assessed("old", 0, [40, 20, 20, 0, 0, 0], "2024-08-15").await;
        world.assessed("new", 0, [0, 20, 20, 40, 0, 0], "2026-08-15").await;
        let selection = "hollandCode realistic social ties trend { since hollandCode realistic social }";
        // Two years are a half-life: two parts to one.
        let now = world.profile(0, "", selection).await;
        assert_eq!(now, json!({ "hollandCode": "SIA", "realistic": "33.33", "social": "66.67",
            "ties": ["IA", "EC"], "trend": { "since": "2025-09-01", "hollandCode": "RIA",
                "realistic": "-66.67", "social": "66.67" } }));
        let then = world.profile(0, "(asOf: \"2026-08-14\")", selection).await;
        assert_eq!((&then["hollandCode"], &then["realistic"]), (&json!("RIA"), &json!("100.00")));
        let before = world.profile(0, "(asOf: \"2024-08-14\")", "hollandCode").await;
        assert_eq!(before["hollandCode"], json!(null));
    }

    async fn what_is_retired_or_superseded_counts_no_more(app: TestApp) {
        let world = World::new(&app, 1).await;
        let goal = |code: &str, on: &str, supersedes: Option<&str>| {
            json!({ "studentId": world.students[0], "kind": "EMPLOYMENT", "statement": "Work",
                "occupationCode": code, "setOn": on, "supersedesId": supersedes })
        };
        let first = world.signal("careerGoal", "1", goal("29-1141.00", "2026-01-01", None)).await.unwrap();
        let nurse = world.profile(0, "", "hollandCode evidence { signalId }").await;
        let second = goal("15-1252.00", "2026-06-01", Some(&first));
        let second = world.signal("careerGoal", "2", second).await.unwrap();
        let coder = world.profile(0, "", "hollandCode evidence { signalId }").await;
        assert_eq!(coder["evidence"], json!([{ "signalId": second }]));
        assert_ne!(coder["hollandCode"], nurse["hollandCode"]);
        let between = world.profile(0, "(asOf: \"2026-05-31\")", "hollandCode evidence { signalId }").await;
        assert_eq!(between, nurse);
        world.signal("careerGoal", "2", json!({ "status": "RETIRED" })).await.unwrap();
        assert_eq!(world.profile(0, "", "hollandCode evidence { signalId }").await, nurse);
    }

    async fn a_survey_counts_by_what_its_questions_are_about(app: TestApp) {
        let world = World::new(&app, 1).await;
        let survey = world.signal("careerSurvey", "s", json!({ "title": "Grade 8" })).await.unwrap();
        for (at, (code, rating)) in [("29-1141.00", 5), ("15-1252.00", 1)].into_iter().enumerate() {
            let question = json!({ "surveyId": survey, "prompt": "Like it?", "occupationCode": code });
            let question = world.signal("careerSurveyQuestion", &format!("q{at}"), question).await.unwrap();
            let answer = json!({ "studentId": world.students[0], "questionId": question,
                "rating": rating, "answeredOn": "2026-08-30" });
            world.signal("careerSurveyResponse", &format!("r{at}"), answer).await.unwrap();
        }
        let found = world.profile(0, "", "evidence { kind weightPercent } occupations { occupation { code } }").await;
        assert_eq!(found["evidence"], json!([{ "kind": "SURVEY_RESPONSE", "weightPercent": "50.00" },
            { "kind": "SURVEY_RESPONSE", "weightPercent": "50.00" }]));
        let codes: Vec<_> = found["occupations"].as_array().unwrap().iter()
            .map(|one| one["occupation"]["code"].as_str().unwrap()).collect();
        assert!(!codes.contains(&"15-1252.00"), "{codes:?}");
    }

    async fn a_page_of_profiles_takes_as_many_statements_as_one(app: TestApp) {
        let world = World::new(&app, 20).await;
        for student in 0..20 {
            world.assessed(&format!("a{student}"), student, NURSING, "2026-08-01").await;
        }
        let ask = async |size: usize| {
            let document = format!("{{ students(first: {size}) {{ nodes {{ interestProfile {{ hollandCode
                occupations {{ rank evidence {{ kind }} }} clusters {{ rank }} trend {{ social }} }} }} }} }}");
            let before = app.app.db.statements();
            let found = world.sis.ok(&document, json!({})).await;
            let nodes = found["students"]["nodes"].as_array().unwrap();
            assert!(nodes.iter().all(|node| node["interestProfile"]["hollandCode"] == json!("SIC")));
            app.app.db.statements() - before
        };
        ask(1).await;
        assert_eq!((ask(1).await, ask(20).await), (7, 7));
    }
}
