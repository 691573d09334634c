//! How far students have come, from the first course to the last.

use serde_json::{Value as Json, json};

use super::world::World;
use crate::support::both;

const HEALTH: &str = "healthcare-human-services";

impl World {
    /// Seats a student in the class of a course; `result` is what came of it: credits and the day.
    async fn seat(&self, student: usize, course: usize, result: Option<(&str, &str)>) -> String {
        let mut fields = json!({ "studentId": self.students[student], "classId": self.classes[course],
            "beginDate": "2025-08-20" });
        if let Some((credits, on)) = result {
            fields["credits"] = json!(credits);
            fields["completedOn"] = json!(on);
            fields["resultGrade"] = json!(if credits == "0.00" { "F" } else { "B" });
        }
        self.put("enrollment", &format!("e{student}-{course}"), fields).await.unwrap()
    }

    async fn progress(&self, student: usize, arguments: &str, selection: &str) -> Json {
        let document = format!(
            "query($id: ID!) {{ student(id: $id) {{ pathwayProgress{arguments} {{ {selection} }} }} }}"
        );
        let found = self.sis.ok(&document, json!({ "id": self.students[student] })).await;
        found["student"]["pathwayProgress"].clone()
    }
}

both! {
    async fn results_lead_from_beginner_to_completer(app: TestApp) {
        let world = World::new(&app, 1).await;
        let pathway = world.pathway("nursing", HEALTH, &[2, 0, 1, 3]).await;
        let on = world.enroll(0, &pathway, "on").await;
        let level = "level completedCourses creditsEarned coursesUntilNextLevel nextCourse { position }";
        let told = |level: &str, completed: i32, credits: &str, until: Json, next: Json| json!([{
            "level": level, "completedCourses": completed, "creditsEarned": credits,
            "coursesUntilNextLevel": until, "nextCourse": next }]);
        let next = |position: i32| json!({ "position": position });
        assert_eq!(world.progress(0, "", level).await, told("NONE", 0, "0.00", json!(1), next(1)));
        let running = world.seat(0, 2, None).await;
        assert_eq!(world.progress(0, "", level).await, told("NONE", 0, "0.00", json!(1), next(2)));
        world.seat(0, 2, Some(("1.00", "2026-01-15"))).await;
        let failed = world.seat(0, 0, Some(("0.00", "2026-01-15"))).await;
        assert_eq!(world.progress(0, "", level).await, told("PARTICIPANT", 1, "1.00", json!(1), next(2)));
        world.seat(0, 0, Some(("0.50", "2026-05-20"))).await;
        assert_eq!(world.progress(0, "", level).await, told("CONCENTRATOR", 2, "1.50", json!(1), next(3)));
        let third = world.seat(0, 1, None).await;
        let found = world.progress(0, "", "asOf pathway { id } pathwayEnrollment { id }
            courses { position isRequired state credits course { id } enrollment { id resultGrade } }
            criteria { jurisdiction citation concentratorCourses definition { id } }").await;
        let place = |position: usize, course: usize, state: &str, credits: Option<&str>, seat: Json| json!({
            "position": position, "isRequired": position < 4, "state": state, "credits": credits,
            "course": { "id": world.courses[course] }, "enrollment": seat });
        let seat = |id: &str, grade: Option<&str>| json!({ "id": id, "resultGrade": grade });
        assert_eq!(found, json!([{ "asOf": "2026-09-01", "pathway": { "id": pathway },
            "pathwayEnrollment": { "id": on },
            "courses": [place(1, 2, "COMPLETED", Some("1.00"), seat(&running, Some("B"))),
                place(2, 0, "COMPLETED", Some("0.50"), seat(&failed, Some("B"))),
                place(3, 1, "IN_PROGRESS", None, seat(&third, None)),
                place(4, 3, "OPEN", None, Json::Null)],
            "criteria": { "jurisdiction": "US", "concentratorCourses": 2, "definition": null,
                "citation": "Perkins V, Sec. 3(12)(A) and (13), 20 U.S.C. 2302" } }]));
        world.seat(0, 1, Some(("1.00", "2026-08-30"))).await;
        assert_eq!(world.progress(0, "", level).await, told("COMPLETER", 3, "2.50", Json::Null, Json::Null));
        // The past stays what it was.
        assert_eq!(world.progress(0, "(asOf: \"2026-05-19\")", "level").await, json!([{ "level": "PARTICIPANT" }]));
        assert_eq!(world.progress(0, "(asOf: \"2025-08-19\")", "level").await, json!([]));
        let ask = "query($id: ID!) { pathwayEnrollment(id: $id) { progress { level }
            then: progress(asOf: \"2026-01-15\") { level asOf } } }";
        let found = world.sis.ok(ask, json!({ "id": on })).await;
        assert_eq!(found["pathwayEnrollment"], json!({ "progress": { "level": "COMPLETER" },
            "then": { "level": "PARTICIPANT", "asOf": "2026-01-15" } }));
    }

    async fn a_district_has_its_own_definition_for_a_time(app: TestApp) {
        let world = World::new(&app, 1).await;
        let pathway = world.pathway("nursing", HEALTH, &[0, 1, 2]).await;
        world.enroll(0, &pathway, "on").await;
        world.seat(0, 0, Some(("6.00", "2026-01-15"))).await;
        world.seat(0, 1, Some(("6.00", "2026-01-15"))).await;
        assert_eq!(world.progress(0, "", "level").await, json!([{ "level": "COMPLETER" }]), "both required ones");
        let definition = json!({ "jurisdiction": "US-CO", "citation": "State plan, p. 9",
            "effectiveFrom": "2026-06-01", "participantCourses": 3, "concentratorCredits": "12.00",
            "completerCourses": 3 });
        let definition = world.put("pathwayDefinition", "d", definition).await.unwrap();
        let level = "level coursesUntilNextLevel criteria { citation definition { id } }";
        assert_eq!(world.progress(0, "", level).await, json!([{ "level": "CONCENTRATOR", "coursesUntilNextLevel": 1,
            "criteria": { "citation": "State plan, p. 9", "definition": { "id": definition } } }]));
        let before = world.progress(0, "(asOf: \"2026-05-31\")", "level criteria { definition { id } }").await;
        assert_eq!(before, json!([{ "level": "COMPLETER", "criteria": { "definition": null } }]));
        world.put("pathwayDefinition", "d", json!({ "concentratorCredits": "12.01", "concentratorCourses": null })).await.unwrap();
        assert_eq!(world.progress(0, "", "level").await, json!([{ "level": "NONE" }]));
    }

    async fn each_pathway_is_told_once_and_what_goes_on_comes_first(app: TestApp) {
        let world = World::new(&app, 1).await;
        let first = world.pathway("a", HEALTH, &[0, 1]).await;
        let second = world.pathway("b", HEALTH, &[1, 2]).await;
        let times = |key: &str, pathway: &str, from: &str, to: Option<&str>| {
            let fields = json!({ "studentId": world.students[0], "pathwayId": pathway, "startedOn": from, "endedOn": to });
            let key = key.to_owned();
            let world = &world;
            async move { world.put("pathwayEnrollment", &key, fields).await.unwrap() }
        };
        times("1", &first, "2024-08-20", Some("2024-12-20")).await;
        let ended = times("2", &first, "2026-01-10", Some("2026-06-01")).await;
        let running = times("3", &second, "2025-08-20", None).await;
        let retired = times("4", &second, "2024-01-10", Some("2024-06-01")).await;
        world.put("pathwayEnrollment", "4", json!({ "status": "RETIRED" })).await.unwrap();
        let found = world.progress(0, "", "pathwayEnrollment { id }").await;
        assert_eq!(found, json!([{ "pathwayEnrollment": { "id": running } }, { "pathwayEnrollment": { "id": ended } }]));
        assert!(!found.to_string().contains(&retired));
        world.put("pathwayCourse", "a-1", json!({ "status": "RETIRED" })).await.unwrap();
        let found = world.progress(0, "", "courses { position }").await;
        assert_eq!(found[1]["courses"], json!([{ "position": 1 }]));
    }

    async fn a_coordinator_sees_how_many_have_come_how_far(app: TestApp) {
        let world = World::new(&app, 5).await;
        let pathway = world.pathway("nursing", HEALTH, &[0, 1, 2]).await;
        for student in 0..4 {
            world.enroll(student, &pathway, &format!("on{student}")).await;
        }
        // The fifth student takes the courses and is not on the pathway; the fourth has left it.
        for (student, courses) in [(1, 1), (2, 2), (3, 1), (4, 2)] {
            for course in 0..courses {
                world.seat(student, course, Some(("1.00", "2026-01-15"))).await;
            }
        }
        world.put("pathwayEnrollment", "on3", json!({ "endedOn": "2026-06-01" })).await.unwrap();
        let ask = "query($id: ID!) { pathway(id: $id) {
            progressCounts { students beginners participants concentrators completers
                nextCourses { students pathwayCourse { position } } }
            then: progressCounts(asOf: \"2026-05-01\") { asOf students }
            enrollments(first: 9, where: { startedOn: { gt: \"2025-01-01\" } }) { nodes { progress { level } } } } }";
        let found = world.sis.ok(ask, json!({ "id": pathway })).await["pathway"].take();
        assert_eq!(found["progressCounts"], json!({ "students": 3, "beginners": 1, "participants": 1,
            "concentrators": 0, "completers": 1, "nextCourses": [
                { "students": 1, "pathwayCourse": { "position": 1 } },
                { "students": 1, "pathwayCourse": { "position": 2 } }] }));
        assert_eq!(found["then"], json!({ "asOf": "2026-05-01", "students": 4 }));
        let levels: Vec<_> = found["enrollments"]["nodes"].as_array().unwrap().iter().map(|one| one["progress"]["level"].clone()).collect();
        assert_eq!(levels, ["NONE", "PARTICIPANT", "COMPLETER", "PARTICIPANT"]);
    }

    async fn a_page_takes_as_many_statements_as_one(app: TestApp) {
        let world = World::new(&app, 6).await;
        let pathways = [world.pathway("a", HEALTH, &[0, 1]).await, world.pathway("b", HEALTH, &[2, 3]).await];
        for student in 0..6 {
            world.enroll(student, &pathways[student % 2], &format!("on{student}")).await;
            world.seat(student, student % 2, Some(("1.00", "2026-01-15"))).await;
        }
        for (document, expected) in [
            ("{ students(first: N) { nodes { pathwayProgress { level courses { state } criteria { citation } } } } }", 6),
            ("{ pathwayEnrollments(first: N) { nodes { progress { level courses { state } } } } }", 5),
            ("{ pathways(first: N) { nodes { progressCounts { students nextCourses { students } } } } }", 6),
        ] {
            let ask = async |size: &str| {
                let before = app.app.db.statements();
                world.sis.ok(&document.replace("first: N", &format!("first: {size}")), json!({})).await;
                app.app.db.statements() - before
            };
            assert_eq!((ask("1").await, ask("6").await), (expected, expected), "{document}");
        }
    }
}
