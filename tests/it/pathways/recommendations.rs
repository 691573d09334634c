//! Which pathways suit a student, and what of it who learns.

use pathbridge::auth::{Scope, Scopes};
use serde_json::{Value as Json, json};

use super::world::World;
use crate::support::{Actor, both};

const HEALTH: &str = "healthcare-human-services";
const WORKSHOP: &str = "advanced-manufacturing";

impl World {
    /// What the student is drawn to: RIASEC scores.
    async fn drawn(&self, student: usize, scores: [i32; 6]) {
        let [realistic, investigative, artistic, social, enterprising, conventional] = scores;
        let fields = json!({ "studentId": self.students[student], "instrument": "ONET_SHORT_FORM_60",
            "takenOn": "2026-08-01", "scores": { "realistic": realistic,
                "investigative": investigative, "artistic": artistic, "social": social,
                "enterprising": enterprising, "conventional": conventional } });
        self.put("interestAssessment", &format!("ip{student}"), fields).await.unwrap();
    }

    async fn passed(&self, student: usize, course: usize) {
        let fields = json!({ "studentId": self.students[student], "classId": self.classes[course],
            "credits": "1.00", "completedOn": "2026-01-15" });
        self.put("enrollment", &format!("r{student}-{course}"), fields).await.unwrap();
    }
}

async fn recommended(actor: &Actor, student: &str, arguments: &str, selection: &str) -> Json {
    let document = format!(
        "query($id: ID!) {{ student(id: $id) {{ pathwayRecommendations{arguments} {{ {selection} }} }} }}"
    );
    let found = actor.ok(&document, json!({ "id": student })).await;
    found["student"]["pathwayRecommendations"].clone()
}

fn number(value: &Json) -> f64 {
    value.as_str().expect("a decimal").parse().expect("a number")
}

const CARING: [i32; 6] = [5, 25, 10, 40, 10, 15];

both! {
    async fn each_recommendation_has_its_reasons(app: TestApp) {
        let world = World::new(&app, 1).await;
        let health = world.pathway("health", HEALTH, &[0, 1]).await;
        let workshop = world.pathway("workshop", WORKSHOP, &[2, 3]).await;
        let nothing = recommended(&world.sis, &world.students[0], "", "rank").await;
        assert_eq!(nothing, json!([]), "nothing is known, so nothing is said");
        world.drawn(0, CARING).await;
        world.passed(0, 3).await;
        let found = recommended(&world.sis, &world.students[0], "", "rank score formulaVersion pathway { id }
            completedCourses coursesInProgress nextCourse { position } courses { state }
            interestFit { rank correlation cluster { code } evidence { kind contribution } }").await;
        let [first, second] = found.as_array().unwrap().as_slice() else { panic!("{found}") };
        assert_eq!((&first["rank"], &first["pathway"]["id"]), (&json!(1), &json!(health)));
        let fit = &first["interestFit"];
        assert_eq!(fit["cluster"]["code"], json!(HEALTH));
        assert_eq!(fit["evidence"][0]["kind"], json!("ONET_SHORT_FORM_60"));
        assert!((number(&first["score"]) - 60.0 * number(&fit["correlation"])).abs() < 0.01, "{first}");
        assert_eq!((&first["completedCourses"], &first["nextCourse"]["position"]), (&json!(0), &json!(1)));
        assert_eq!((&second["rank"], &second["pathway"]["id"]), (&json!(2), &json!(workshop)));
        assert_eq!(second["courses"], json!([{ "state": "OPEN" }, { "state": "COMPLETED" }]));
        assert_eq!((&second["completedCourses"], &second["formulaVersion"]), (&json!(1), &json!(1)));
        // One place of two is completed: half of forty points, and no interest.
        assert_eq!((&second["interestFit"], &second["score"]), (&Json::Null, &json!("20.00")));
        let one = recommended(&world.sis, &world.students[0], "(atMost: 1)", "rank").await;
        assert_eq!(one, json!([{ "rank": 1 }]));
        for wrong in [0, 26] {
            let document = format!("query($id: ID!) {{ student(id: $id) {{ pathwayRecommendations(atMost: {wrong}) {{ rank }} }} }}");
            let answer = world.sis.gql(&document, json!({ "id": world.students[0] })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        }
    }

    async fn what_the_student_is_on_has_completed_or_cannot_take_is_left_out(app: TestApp) {
        let world = World::new(&app, 1).await;
        let health = world.pathway("health", HEALTH, &[0, 1]).await;
        world.drawn(0, CARING).await;
        let all = async || {
            let found = recommended(&world.sis, &world.students[0], "", "pathway { id }").await;
            found.as_array().unwrap().len()
        };
        assert_eq!(all().await, 1);
        world.enroll(0, &health, "on").await;
        assert_eq!(all().await, 0, "the student is on it");
        world.put("pathwayEnrollment", "on", json!({ "endedOn": "2026-08-30" })).await.unwrap();
        assert_eq!(all().await, 1, "the student may come back");
        world.passed(0, 0).await;
        assert_eq!(all().await, 0, "its one required course is completed");
        world.put("pathwayCourse", "health-1", json!({ "isRequired": true })).await.unwrap();
        assert_eq!(all().await, 1);
        world.put("pathway", "health", json!({ "status": "RETIRED" })).await.unwrap();
        assert_eq!(all().await, 0, "it is offered no more");
    }

    async fn who_may_not_read_interests_learns_nothing_of_them(app: TestApp) {
        let world = World::new(&app, 2).await;
        world.pathway("health", HEALTH, &[0, 1]).await;
        world.pathway("workshop", WORKSHOP, &[2, 3]).await;
        world.passed(0, 3).await;
        world.passed(1, 3).await;
        let without = Scopes::all().iter().filter(|scope| *scope != Scope::InterestsRead).collect();
        let registrar = app.client_with(world.sis.caller.tenant, without).await;
        let everything = "rank score completedCourses pathway { name }";
        let before = recommended(&registrar, &world.students[0], "", everything).await;
        assert_eq!(before, json!([{ "rank": 1, "score": "20.00", "completedCourses": 1,
            "pathway": { "name": "Pathway workshop" } }]));
        world.drawn(0, CARING).await;
        assert_eq!(recommended(&registrar, &world.students[0], "", everything).await, before, "nothing has moved");
        let other = recommended(&registrar, &world.students[1], "", everything).await;
        assert_eq!(other, before, "and nobody stands out");
        let counselor = recommended(&world.sis, &world.students[0], "", "pathway { name }").await;
        assert_eq!(counselor[0]["pathway"]["name"], json!("Pathway health"));
        let document = "query($id: ID!) { student(id: $id) { pathwayRecommendations { interestFit { rank } } } }";
        let answer = registrar.gql(document, json!({ "id": world.students[0] })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }

    async fn a_page_takes_as_many_statements_as_one(app: TestApp) {
        let world = World::new(&app, 4).await;
        world.pathway("health", HEALTH, &[0, 1]).await;
        world.pathway("workshop", WORKSHOP, &[2, 3]).await;
        for student in 0..4 {
            world.drawn(student, CARING).await;
            world.passed(student, 1 + student % 2 * 2).await;
        }
        let ask = async |size: usize| {
            let document = format!("{{ students(first: {size}) {{ nodes {{ pathwayRecommendations {{
                rank score interestFit {{ correlation evidence {{ kind }} }} courses {{ state }} }} }} }} }}");
            let before = app.app.db.statements();
            let found = world.sis.ok(&document, json!({})).await;
            let nodes = found["students"]["nodes"].as_array().unwrap();
            assert!(nodes.iter().all(|node| !node["pathwayRecommendations"].as_array().unwrap().is_empty()));
            app.app.db.statements() - before
        };
        ask(1).await;
        // The list, six of pathways and results, six of the profile.
        assert_eq!((ask(1).await, ask(4).await), (13, 13));
    }

    async fn one_request_shows_a_student_at_a_glance(app: TestApp) {
        let world = World::new(&app, 2).await;
        let health = world.pathway("health", HEALTH, &[0, 1]).await;
        world.pathway("workshop", WORKSHOP, &[2, 3]).await;
        for student in 0..2 {
            world.drawn(student, CARING).await;
            world.passed(student, 3).await;
            world.enroll(student, &health, &format!("on{student}")).await;
        }
        let glance = "givenName
            interestProfile { hollandCode clusters { rank correlation } trend { since } }
            pathwayProgress { level nextCourse { position } courses { state } }
            pathwayRecommendations { rank score pathway { name } interestFit { correlation } }
            placements(first: 3) { nodes { state startsOn mentor { familyName } } }";
        let one = format!("query($id: ID!) {{ student(id: $id) {{ {glance} }} }}");
        let ask = async || {
            let before = app.app.db.statements();
            let found = world.sis.ok(&one, json!({ "id": world.students[0] })).await;
            (found["student"].clone(), app.app.db.statements() - before)
        };
        ask().await;
        let (found, statements) = ask().await;
        assert_ne!(found["interestProfile"]["hollandCode"], Json::Null);
        assert_eq!(found["pathwayProgress"][0]["nextCourse"]["position"], json!(1));
        assert_eq!(found["pathwayRecommendations"][0]["pathway"]["name"], json!("Pathway workshop"));
        // The student; six of the profile; five of progress and its next courses; twelve of the
        // recommendations and their pathways; the placements. Mentors there are none to ask for.
        assert_eq!(statements, 1 + 6 + 5 + 1 + 12 + 1 + 1);
        let page = format!("{{ students(first: 2) {{ nodes {{ {glance} }} }} }}");
        let before = app.app.db.statements();
        world.sis.ok(&page, json!({})).await;
        assert_eq!(app.app.db.statements() - before, statements, "a page costs as much");
    }
}
