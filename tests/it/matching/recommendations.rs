//! What fits one student.

use pathbridge::bulk::reference::sample;
use serde_json::json;

use super::world::World;
use crate::support::both;

const QUERY: &str = "query($id: ID!) { student(id: $id) { placementRecommendations(limit: 5) {
    interestFit preferenceRank seatsLeft startsOn opportunity { title } } } }";

both! {
    async fn interests_come_first_and_each_reason_is_told(app: TestApp) {
        let world = World::new(&app).await;
        sample::load(&app.app).await.expect("the sample is loaded");
        let ada = world.students(&["Ada"]).await.remove(0);
        let nurse = world.offer("Nurse", json!({ "occupationCode": "29-1141.00", "seats": 3 })).await;
        let plain = world.offer("Plain", json!({})).await;
        world.offer("Grown", json!({ "minimumAge": 18 })).await;
        world.offer("Past", json!({ "startsOn": "2026-08-01", "endsOn": "2026-12-01" })).await;
        world.wishes(&ada, &[&plain]).await;
        let before = world.sis.ok(QUERY, json!({ "id": ada })).await;
        let titles = |answer: &serde_json::Value| {
            let list = answer["student"]["placementRecommendations"].as_array().unwrap().clone();
            let title = |one: &serde_json::Value| one["opportunity"]["title"].as_str().unwrap().to_owned();
            list.iter().map(title).collect::<Vec<_>>()
        };
        assert_eq!(titles(&before), ["Plain", "Nurse"], "nothing is known: the list decides");
        let goal = json!({ "studentId": ada, "kind": "FOUR_YEAR_COLLEGE", "statement": "To nurse",
            "occupationCode": "29-1141.00", "setOn": "2026-08-04" });
        world.send("careerGoal", &[("g", goal)]).await;
        let after = world.sis.ok(QUERY, json!({ "id": ada })).await;
        assert_eq!(after["student"]["placementRecommendations"], json!([
            { "interestFit": "1.00", "preferenceRank": null, "seatsLeft": 3,
                "startsOn": "2026-09-14", "opportunity": { "title": "Nurse" } },
            { "interestFit": null, "preferenceRank": 1, "seatsLeft": 1,
                "startsOn": "2026-09-14", "opportunity": { "title": "Plain" } },
        ]));
        let wish = json!({ "studentId": ada, "opportunityId": nurse, "rank": 2 });
        world.send("placementPreference", &[("n", wish)]).await;
        let run = world.run(json!({ "opportunityIds": [nurse] })).await;
        world.step("matchRunConfirm", "matchRun", &run).await;
        assert_eq!(titles(&world.sis.ok(QUERY, json!({ "id": ada })).await), ["Plain"]);
    }

    async fn a_page_of_students_takes_ten_statements(app: TestApp) {
        let world = World::new(&app).await;
        world.students(&["Ada", "Bea", "Cy", "Dee"]).await;
        world.offer("Aide", json!({})).await;
        let page = |first: i32| {
            format!("{{ students(first: {first}) {{ nodes {{ placementRecommendations {{ startsOn }} }} }} }}")
        };
        world.sis.ok(&page(1), json!({})).await;
        let mut counted = Vec::new();
        for first in [1, 4] {
            let before = app.app.db.statements();
            world.sis.ok(&page(first), json!({})).await;
            counted.push(app.app.db.statements() - before);
        }
        assert_eq!(counted[0], counted[1]);
    }
}
