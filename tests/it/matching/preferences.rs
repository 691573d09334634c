//! Lists of wishes, as they are written.

use serde_json::{Value as Json, json};

use super::world::World;
use crate::support::both;

fn wish(student: &str, offer: &str, rank: i32) -> Json {
    json!({ "studentId": student, "opportunityId": offer, "rank": rank })
}

/// Outcome and problems of each row, in short.
fn told(answer: &Json) -> Vec<String> {
    let problem = |one: &Json| {
        let path: Vec<_> =
            one["path"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        format!(" {}@{}", one["code"].as_str().unwrap(), path.last().unwrap())
    };
    let row = |row: &Json| {
        let problems: String = row["userErrors"].as_array().unwrap().iter().map(problem).collect();
        format!("{}{problems}", row["outcome"].as_str().unwrap())
    };
    answer["results"].as_array().unwrap().iter().map(row).collect()
}

both! {
    async fn a_list_names_each_offer_and_each_place_once(app: TestApp) {
        let world = World::new(&app).await;
        let ada = world.students(&["Ada"]).await.remove(0);
        let (aide, cook) = (world.offer("Aide", json!({})).await, world.offer("Cook", json!({})).await);
        let rows = [("a", wish(&ada, &aide, 1)), ("b", wish(&ada, &cook, 1))];
        let answer = world.try_to_send("placementPreference", &rows).await;
        let doubled = "REJECTED ALREADY_EXISTS@rank";
        assert_eq!(told(&answer), [doubled, doubled]);
        let rows = [("a", wish(&ada, &aide, 1)), ("b", wish(&ada, &aide, 2))];
        let answer = world.try_to_send("placementPreference", &rows).await;
        assert_eq!(told(&answer), ["NOT_WRITTEN", "REJECTED DUPLICATE_IN_INPUT@opportunityId"]);
        let rows = [("a", wish(&ada, &aide, 1)), ("b", wish(&ada, &cook, 2))];
        let answer = world.try_to_send("placementPreference", &rows).await;
        assert_eq!(told(&answer), ["CREATED", "CREATED"]);
        let again = world.try_to_send("placementPreference", &[("c", wish(&ada, &aide, 3))]).await;
        assert_eq!(told(&again), ["REJECTED ALREADY_EXISTS@opportunityId"]);
    }

    async fn places_are_exchanged_in_one_batch(app: TestApp) {
        let world = World::new(&app).await;
        let ada = world.students(&["Ada"]).await.remove(0);
        let (aide, cook) = (world.offer("Aide", json!({})).await, world.offer("Cook", json!({})).await);
        world.wishes(&ada, &[&aide, &cook]).await;
        let (first, second) = (format!("{ada} 0"), format!("{ada} 1"));
        let alone = [(first.as_str(), json!({ "rank": 2 }))];
        let answer = world.try_to_send("placementPreference", &alone).await;
        assert_eq!(told(&answer), ["REJECTED ALREADY_EXISTS@rank"]);
        let both = [(first.as_str(), json!({ "rank": 2 })), (second.as_str(), json!({ "rank": 1 }))];
        let answer = world.try_to_send("placementPreference", &both).await;
        assert_eq!(told(&answer), ["UPDATED", "UPDATED"]);
        let gone = [(first.as_str(), json!({ "status": "RETIRED" })), (second.as_str(), json!({ "rank": 2 }))];
        let answer = world.try_to_send("placementPreference", &gone).await;
        assert_eq!(told(&answer), ["UPDATED", "UPDATED"]);
    }

    async fn what_is_wrong_with_a_wish_is_told(app: TestApp) {
        let world = World::new(&app).await;
        let ada = world.students(&["Ada", "Bea"]).await;
        let aide = world.offer("Aide", json!({})).await;
        let nobody = ada[0].replace("student_0", "student_7");
        let rows = [
            ("a", wish(&ada[0], &aide, 0)),
            ("b", wish(&nobody, &aide, 1)),
            ("c", wish(&ada[0], &aide.replace("opportunity_0", "opportunity_7"), 51)),
            ("d", json!({ "studentId": ada[0] })),
        ];
        let answer = world.try_to_send("placementPreference", &rows).await;
        assert_eq!(told(&answer), [
            "REJECTED OUT_OF_RANGE@rank",
            "REJECTED REFERENCE_NOT_FOUND@studentId",
            "REJECTED OUT_OF_RANGE@rank REFERENCE_NOT_FOUND@opportunityId",
            "REJECTED REQUIRED@opportunityId REQUIRED@rank",
        ]);
        world.wishes(&ada[0], &[&aide]).await;
        let key = format!("{} 0", ada[0]);
        let moved = [(key.as_str(), json!({ "studentId": ada[1] }))];
        let answer = world.try_to_send("placementPreference", &moved).await;
        assert_eq!(told(&answer), ["REJECTED READ_ONLY@studentId"]);
    }
}
