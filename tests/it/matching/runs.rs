//! Runs: what they propose, and what confirming them makes.

use pathbridge::auth::Tenant;
use serde_json::{Value as Json, json};

use super::world::World;
use crate::support::{Actor, both};

async fn seats_left(world: &World, offer: &str) -> Json {
    let query = "query($id: ID!) { opportunity(id: $id) { seatsLeft } }";
    world.sis.ok(query, json!({ "id": offer })).await["opportunity"]["seatsLeft"].take()
}

/// The placements of the district: student, state and offer.
async fn placements(actor: &Actor) -> Vec<String> {
    let query = "{ placements(first: 50) { nodes { state student { givenName }
        opportunity { title } startsOn endsOn } } }";
    let answer = actor.ok(query, json!({})).await;
    let text = |json: &Json| json.as_str().unwrap_or("-").to_owned();
    let line = |node: &Json| {
        let (who, what) =
            (text(&node["student"]["givenName"]), text(&node["opportunity"]["title"]));
        let (from, to) = (text(&node["startsOn"]), text(&node["endsOn"]));
        format!("{who} {what} {} {from} {to}", text(&node["state"]))
    };
    let mut lines: Vec<_> =
        answer["placements"]["nodes"].as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

both! {
    async fn everybody_gets_the_best_that_is_stable(app: TestApp) {
        let world = World::new(&app).await;
        let students = world.students(&["Ada", "Bea", "Cy"]).await;
        let grade = |grade: &str| json!({ "gradeLevel": grade });
        world.send("student", &[("Ada", grade("10")), ("Bea", grade("12"))]).await;
        let (aide, cook) = (world.offer("Aide", json!({})).await, world.offer("Cook", json!({})).await);
        for student in &students {
            world.wishes(student, &[&aide, &cook]).await;
        }
        let run = world.run(json!({ "priorities": ["HIGHER_GRADE"] })).await;
        let none = Vec::<String>::new;
        let full = |at: &str, what: &str| format!("{at} {what} FULL");
        assert_eq!(world.results(&run).await, [
            ("Ada".into(), None, vec![full("1", "Aide"), full("2", "Cook")]),
            ("Bea".into(), Some("Aide".into()), none()),
            ("Cy".into(), Some("Cook".into()), vec![full("1", "Aide")]),
        ]);
        let counts = "query($id: ID!) { matchRun(id: $id) { state students opportunities seats
            assigned priorities settledAt } }";
        let counts = world.sis.ok(counts, json!({ "id": run })).await["matchRun"].take();
        assert_eq!(counts, json!({ "state": "PROPOSED", "students": 3, "opportunities": 2,
            "seats": 2, "assigned": 2, "priorities": ["HIGHER_GRADE"], "settledAt": null }));
        assert_eq!(placements(&world.sis).await, none(), "a proposal makes nothing");
        assert_eq!(seats_left(&world, &aide).await, json!(1));
    }

    async fn a_confirmed_run_makes_every_placement(app: TestApp) {
        let world = World::new(&app).await;
        let students = world.students(&["Ada", "Bea"]).await;
        let aide = world.offer("Aide", json!({ "seats": 2 })).await;
        let cook = world.offer("Cook", json!({ "startsOn": null, "endsOn": null })).await;
        world.wishes(&students[0], &[&aide]).await;
        world.wishes(&students[1], &[&cook, &aide]).await;
        let run = world.run(json!({ "endsOn": "2026-11-30" })).await;
        world.step("matchRunConfirm", "matchRun", &run).await;
        let made = ["Ada Aide MATCHED 2026-09-14 2026-12-11", "Bea Cook MATCHED 2026-09-14 2026-11-30"];
        assert_eq!(placements(&world.sis).await, made);
        assert_eq!(seats_left(&world, &aide).await, json!(1));
        assert_eq!(seats_left(&world, &cook).await, json!(0));
        let tied = "query($id: ID!) { matchRun(id: $id) { state results(first: 9) { nodes {
            placement { student { givenName } } student { givenName } } } } }";
        let tied = world.sis.ok(tied, json!({ "id": run })).await["matchRun"].take();
        assert_eq!(tied["state"], "CONFIRMED");
        for node in tied["results"]["nodes"].as_array().unwrap() {
            assert_eq!(node["placement"]["student"], node["student"]);
        }
        let twice = world.try_step("matchRunConfirm", "matchRun", &run).await;
        assert_eq!(twice["userErrors"][0]["code"], "INVALID_STATE_TRANSITION");
        let portal = app.client(Tenant::Partner(world.partner)).await;
        assert_eq!(placements(&portal).await, made, "the partner sees what came of it");
        let next = world.run(json!({ "seed": "t" })).await;
        let again = world.results(&next).await;
        assert_eq!(again[0], ("Ada".into(), None, vec!["1 Aide HAS_PLACEMENT".to_owned()]));
    }

    async fn what_has_changed_since_stops_the_whole_confirmation(app: TestApp) {
        let world = World::new(&app).await;
        let students = world.students(&["Ada", "Bea", "Cy"]).await;
        let (aide, cook) = (world.offer("Aide", json!({})).await, world.offer("Cook", json!({})).await);
        let dye = world.offer("Dyer", json!({})).await;
        for (student, offer) in students.iter().zip([&aide, &cook, &dye]) {
            world.wishes(student, &[offer]).await;
        }
        let run = world.run(json!({})).await;
        world.step("opportunityClose", "opportunity", &aide).await;
        world.send("student", &[("Bea", json!({ "status": "INACTIVE" }))]).await;
        let refused = world.try_step("matchRunConfirm", "matchRun", &run).await;
        let blockers = refused["userErrors"][0]["blockers"].as_array().unwrap().iter();
        let codes: Vec<_> = blockers.map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["OPPORTUNITY_NOT_OPEN", "STUDENT_INACTIVE"]);
        assert_eq!(placements(&world.sis).await, Vec::<String>::new(), "not even that of Cy");
        assert_eq!(seats_left(&world, &dye).await, json!(1));
        world.step("matchRunDiscard", "matchRun", &run).await;
        let late = world.try_step("matchRunConfirm", "matchRun", &run).await;
        assert_eq!(late["userErrors"][0]["code"], "INVALID_STATE_TRANSITION");
    }

    async fn what_may_not_be_is_passed_over_with_its_reason(app: TestApp) {
        let world = World::new(&app).await;
        let students = world.students(&["Ada", "Bea"]).await;
        let old = world.offer("Old", json!({ "minimumAge": 18 })).await;
        let far = world.offer("Far", json!({ "startsOn": "2035-01-01", "endsOn": "2035-02-01" })).await;
        let shut = world.offer("Shut", json!({})).await;
        let open = world.offer("Open", json!({})).await;
        world.send("student", &[("Bea", json!({ "birthDate": null }))]).await;
        world.wishes(&students[0], &[&old, &far, &shut, &open]).await;
        world.wishes(&students[1], &[&old]).await;
        world.step("opportunityClose", "opportunity", &shut).await;
        let run = world.run(json!({})).await;
        let reasons = ["1 Old TOO_YOUNG", "2 Far NO_AFFILIATION", "3 Shut CLOSED"];
        assert_eq!(world.results(&run).await, [
            ("Ada".to_owned(), Some("Open".to_owned()), reasons.map(str::to_owned).to_vec()),
            ("Bea".to_owned(), None, vec!["1 Old AGE_UNKNOWN".to_owned()]),
        ]);
    }

    async fn the_same_seed_draws_the_same_and_another_does_not(app: TestApp) {
        let world = World::new(&app).await;
        let names: Vec<_> = (0..12).map(|at| format!("S{at:02}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let students = world.students(&names).await;
        let offer = world.offer("Aide", json!({ "seats": 6 })).await;
        for student in &students {
            world.wishes(student, &[&offer]).await;
        }
        let mut drawn = Vec::new();
        for seed in ["one", "one", "two", "three", "four"] {
            let run = world.run(json!({ "seed": seed })).await;
            let results = world.results(&run).await;
            assert_eq!(results.iter().filter(|(_, got, _)| got.is_some()).count(), 6);
            drawn.push(results);
        }
        assert_eq!(drawn[0], drawn[1]);
        // Four draws of six out of twelve are alike once in half a billion.
        assert!(drawn[2..].iter().any(|other| *other != drawn[0]));
    }

    async fn a_run_can_be_kept_to_some_offers(app: TestApp) {
        let world = World::new(&app).await;
        let ada = world.students(&["Ada"]).await.remove(0);
        let (aide, cook) = (world.offer("Aide", json!({})).await, world.offer("Cook", json!({})).await);
        world.wishes(&ada, &[&aide, &cook]).await;
        let run = world.run(json!({ "opportunityIds": [cook] })).await;
        assert_eq!(world.results(&run).await, [("Ada".to_owned(), Some("Cook".to_owned()), vec![])]);
        let missing = cook.replace("opportunity_0", "opportunity_7");
        let more = json!({ "name": " ", "seed": "", "endsOn": "2026-01-01", "opportunityIds": [],
            "priorities": ["HIGHER_GRADE", "HIGHER_GRADE"] });
        let refused = world.try_run(more).await;
        let problems = refused["userErrors"].as_array().unwrap().iter();
        let problems: Vec<_> = problems
            .map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["path"][1].as_str().unwrap()))
            .collect();
        assert_eq!(problems, ["REQUIRED name", "OUT_OF_RANGE seed", "OUT_OF_RANGE endsOn",
            "DUPLICATE_IN_INPUT priorities", "OUT_OF_RANGE opportunityIds"]);
        let refused = world.try_run(json!({ "opportunityIds": [missing] })).await;
        assert_eq!(refused["userErrors"][0]["code"], "REFERENCE_NOT_FOUND");
        assert_eq!(refused["userErrors"][0]["path"], json!(["input", "opportunityIds", "0"]));
    }

    async fn no_partner_sees_or_makes_a_run(app: TestApp) {
        let world = World::new(&app).await;
        let ada = world.students(&["Ada"]).await.remove(0);
        let aide = world.offer("Aide", json!({})).await;
        world.wishes(&ada, &[&aide]).await;
        let run = world.run(json!({})).await;
        let portal = app.client(Tenant::Partner(world.partner)).await;
        let query = "query($id: ID!, $offer: ID!) { matchRun(id: $id) { id }
            matchRuns(first: 5) { nodes { id } } placementPreferences(first: 5) { nodes { id } }
            opportunity(id: $offer) { placementPreferences(first: 5) { nodes { id } } } }";
        let answer = portal.ok(query, json!({ "id": run, "offer": aide })).await;
        let nothing = json!({ "nodes": [] });
        assert_eq!(answer, json!({ "matchRun": null, "matchRuns": nothing,
            "placementPreferences": nothing, "opportunity": { "placementPreferences": nothing } }));
        let confirm = "mutation($id: ID!) { matchRunConfirm(id: $id) { userErrors { code } } }";
        let refused = portal.ok(confirm, json!({ "id": run })).await;
        assert_eq!(refused["matchRunConfirm"]["userErrors"][0]["code"], "NOT_FOUND");
        assert_eq!(placements(&world.sis).await, Vec::<String>::new());
    }
}
