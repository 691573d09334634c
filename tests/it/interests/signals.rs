//! Writing signals: what is scored, what is refused, and in which words.

use serde_json::json;

use super::world::{World, keyed, refusals, upsert};
use crate::support::both;

const SCORES: &str = "realistic investigative artistic social enterprising conventional maxScore";

both! {
    async fn sixty_answers_are_scored_in_the_published_order(app: TestApp) {
        let world = World::new(&app, 1).await;
        // Two items in a row are of one area: the first ten of each area answered 5, 4, 3, 2, 1, 3.
        let answers: Vec<i32> = [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 3, 3].repeat(5);
        let fields = json!({ "studentId": world.students[0], "instrument": "ONET_SHORT_FORM_60",
            "answers": answers, "takenOn": "2026-08-30", "gradeLevel": "8", "source": "Lab" });
        let id = world.signal("interestAssessment", "a", fields).await.unwrap();
        let document = format!("query($id: ID!) {{ interestAssessment(id: $id) {{ {SCORES} answers gradeLevel source takenOn student {{ id }} }} }}");
        let found = world.sis.ok(&document, json!({ "id": id })).await;
        let expected = json!({ "realistic": 40, "investigative": 30, "artistic": 20, "social": 10,
            "enterprising": 0, "conventional": 20, "maxScore": 40, "answers": answers,
            "gradeLevel": "8", "source": "Lab", "takenOn": "2026-08-30",
            "student": { "id": world.students[0] } });
        assert_eq!(found["interestAssessment"], expected);

        let mini: Vec<i32> = [1, 2, 3, 4, 5, 5].repeat(5);
        let fields = json!({ "studentId": world.students[0], "instrument": "ONET_MINI_30",
            "answers": mini, "takenOn": "2026-08-30" });
        let id = world.signal("interestAssessment", "m", fields).await.unwrap();
        let found = world.sis.ok(&document, json!({ "id": id })).await["interestAssessment"].take();
        let scores = ["realistic", "investigative", "artistic", "social", "enterprising", "conventional"];
        let scores = scores.map(|name| found[name].as_i64().unwrap());
        assert_eq!((scores, &found["maxScore"]), ([0, 5, 10, 15, 20, 20], &json!(20)));
    }

    async fn what_cannot_be_scored_is_refused_with_its_place(app: TestApp) {
        let world = World::new(&app, 1).await;
        let of = |fields: serde_json::Value| {
            let mut whole = json!({ "studentId": world.students[0], "takenOn": "2026-08-30",
                "instrument": "ONET_MINI_30" });
            whole.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            whole
        };
        let wrong_at_the_end = [vec![3; 28], vec![0, 6]].concat();
        let scores = json!({ "realistic": 1, "investigative": 2, "artistic": 3, "social": 4,
            "enterprising": 5, "conventional": 21 });
        for (fields, expected) in [
            (json!({ "answers": vec![3; 29] }), vec!["OUT_OF_RANGE answers"]),
            (json!({ "answers": vec![3; 31] }), vec!["OUT_OF_RANGE answers"]),
            (json!({ "answers": wrong_at_the_end }),
                vec!["OUT_OF_RANGE answers.28", "OUT_OF_RANGE answers.29"]),
            (json!({ "answers": vec![3; 30], "scores": scores }), vec!["INVALID_FORMAT scores"]),
            (json!({ "scores": scores }), vec!["OUT_OF_RANGE scores.conventional"]),
            (json!({ "scores": scores, "maxScore": 21 }),
                vec!["OUT_OF_RANGE maxScore", "OUT_OF_RANGE scores.conventional"]),
            (json!({}), vec!["REQUIRED scores"]),
            (json!({ "instrument": "OTHER", "scores": scores }), vec!["REQUIRED maxScore"]),
            (json!({ "instrument": "OTHER", "answers": [1] }), vec!["INVALID_FORMAT answers"]),
            (json!({ "instrument": null, "answers": vec![3; 30] }), vec!["REQUIRED instrument"]),
            (json!({ "answers": vec![3; 30], "takenOn": "2026-09-02" }), vec!["OUT_OF_RANGE takenOn"]),
            (json!({ "answers": vec![3; 30], "takenOn": "1989-09-02" }), vec!["OUT_OF_RANGE takenOn"]),
        ] {
            let refused = world.signal("interestAssessment", "x", of(fields.clone())).await;
            assert_eq!(refusals(&refused.unwrap_err()), expected, "{fields}");
        }
    }

    async fn the_same_answers_again_write_nothing_and_others_are_scored_anew(app: TestApp) {
        let world = World::new(&app, 1).await;
        let batch = |answer: i32| {
            let fields = json!({ "studentId": world.students[0], "instrument": "ONET_MINI_30",
                "answers": vec![answer; 30], "takenOn": "2026-08-30" });
            json!([keyed("a", "interestAssessment", fields)])
        };
        for (answer, outcome) in [(2, "CREATED"), (2, "UNCHANGED"), (4, "UPDATED")] {
            let written = upsert(&world.sis, "interestAssessment", batch(answer)).await;
            assert_eq!(written[0]["outcome"], json!(outcome));
        }
        let scores = json!({ "realistic": 1, "investigative": 1, "artistic": 1, "social": 1,
            "enterprising": 1, "conventional": 1 });
        let refused = world.signal("interestAssessment", "a", json!({ "scores": scores })).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["READ_ONLY scores"]);
        let cleared = json!({ "scores": scores, "answers": null });
        world.signal("interestAssessment", "a", cleared).await.unwrap();
    }

    async fn a_question_is_about_one_thing_and_stays_so(app: TestApp) {
        let world = World::new(&app, 1).await;
        let survey = world.signal("careerSurvey", "s", json!({ "title": "Grade 8" })).await.unwrap();
        let about = |code: &str| json!({ "surveyId": survey, "prompt": "Like it?", "occupationCode": code });
        let refused = world.signal("careerSurveyQuestion", "q", about("99-9999.99")).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["REFERENCE_NOT_FOUND occupationCode"]);
        let neither = json!({ "surveyId": survey, "prompt": "Like it?" });
        let refused = world.signal("careerSurveyQuestion", "q", neither).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["REQUIRED occupationCode"]);
        let question = world.signal("careerSurveyQuestion", "q", about("29-1141.00")).await.unwrap();
        let refused = world.signal("careerSurveyQuestion", "q", about("15-1252.00")).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["READ_ONLY occupationCode"]);
        let answer = json!({ "studentId": world.students[0], "questionId": question, "rating": 6,
            "answeredOn": "2026-08-30" });
        let refused = world.signal("careerSurveyResponse", "r", answer).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["OUT_OF_RANGE rating"]);
    }

    async fn a_goal_takes_the_place_of_one_older_goal_of_the_same_student(app: TestApp) {
        let world = World::new(&app, 2).await;
        let goal = |student: usize, on: &str, supersedes: Option<&str>| {
            json!({ "studentId": world.students[student], "kind": "EMPLOYMENT",
                "statement": "To nurse", "occupationCode": "29-1141.00", "setOn": on,
                "supersedesId": supersedes })
        };
        let first = world.signal("careerGoal", "1", goal(0, "2025-03-01", None)).await.unwrap();
        let second = goal(0, "2026-03-01", Some(&first));
        let second = world.signal("careerGoal", "2", second).await.unwrap();
        let document = "query($id: ID!) { careerGoal(id: $id) { supersedes { id } occupation { title } } }";
        let found = world.sis.ok(document, json!({ "id": second })).await;
        let expected = json!({ "supersedes": { "id": first }, "occupation": { "title": "Registered Nurses" } });
        assert_eq!(found["careerGoal"], expected);
        for (wrong, expected) in [
            (goal(0, "2026-04-01", Some(&first)), "ALREADY_EXISTS supersedesId"),
            (goal(1, "2026-04-01", Some(&second)), "REFERENCE_NOT_FOUND supersedesId"),
            (goal(0, "2026-01-01", Some(&second)), "OUT_OF_RANGE setOn"),
            (goal(0, "2026-09-02", None), "OUT_OF_RANGE setOn"),
        ] {
            let refused = world.signal("careerGoal", "3", wrong.clone()).await;
            assert_eq!(refusals(&refused.unwrap_err()), [expected], "{wrong}");
        }
        let moved = json!({ "studentId": world.students[1] });
        let refused = world.signal("careerGoal", "1", moved).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["READ_ONLY studentId"]);
        let both = json!({ "clusterId": "cluster_01jd0000000000000000000000" });
        let refused = world.signal("careerGoal", "1", both).await;
        assert_eq!(refusals(&refused.unwrap_err()), ["INVALID_FORMAT clusterId", "REFERENCE_NOT_FOUND clusterId"]);
    }
}
