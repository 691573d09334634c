//! The demo: believable, repeatable, and within every rule of the house.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use entity::api_client::ApiClientKind;
use pathbridge::demo::{self, Demo, Options};
use serde_json::{Value, json};

use crate::support::{Actor, TestApp, both};

/// A day in the middle of a semester: something of everything is going on.
async fn build(app: &TestApp, students: usize) -> Demo {
    app.clock.advance(TimeDelta::days(80));
    let demo = demo::build(&app.app, Options { students, seed: 1 }, &|_, _| {}).await;
    demo.expect("the demo is made")
}

/// The client of this kind that comes first.
async fn first(app: &TestApp, demo: &Demo, kind: ApiClientKind) -> Actor {
    let client = demo.credentials.iter().find(|client| client.kind == kind).expect("a client");
    app.client_of(&client.client_id, client.secret.reveal()).await
}

/// All nodes of a connection, page after page.
async fn all(actor: &Actor, field: &str, selection: &str) -> Vec<Value> {
    let query = format!(
        "query($after: String) {{ {field}(first: 50, after: $after) {{
            nodes {{ {selection} }} pageInfo {{ hasNextPage endCursor }}
        }} }}"
    );
    let mut nodes = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = actor.ok(&query, json!({ "after": after })).await;
        let page = &data[field];
        nodes.extend(page["nodes"].as_array().expect("nodes").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return nodes;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// How often each value of a field occurs.
fn tally(nodes: &[Value], field: &str) -> HashMap<String, usize> {
    let mut tally = HashMap::new();
    for node in nodes {
        *tally.entry(node[field].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    tally
}

/// Everything that the seed decides about people and placements.
async fn shape(app: &TestApp, demo: &Demo) -> BTreeSet<String> {
    let platform = first(app, demo, ApiClientKind::Platform).await;
    let students = "givenName familyName email birthDate gradeLevel status school { name }";
    let placements = "state startsOn endsOn student { email } partner { name } mentor { email }";
    let mut shape = BTreeSet::new();
    for (field, selection) in [("students", students), ("placements", placements)] {
        let nodes = all(&platform, field, selection).await;
        shape.extend(nodes.iter().map(|node| format!("{field} {node}")));
    }
    shape
}

both! {
    async fn the_same_seed_makes_the_same_people(app: TestApp) {
        let other = TestApp::new(app.app.db.backend()).await;
        let here = build(&app, 20).await;
        let there = build(&other, 20).await;
        let shape_here = shape(&app, &here).await;
        assert_eq!(shape_here, shape(&other, &there).await);
        assert!(shape_here.len() > 20);
        let secrets = |demo: &Demo| -> BTreeSet<String> {
            demo.credentials.iter().map(|client| client.client_id.clone()).collect()
        };
        assert_eq!(here.credentials.len(), there.credentials.len());
        assert_eq!(secrets(&here).len(), here.credentials.len());
    }

    async fn the_demo_shows_each_caller_what_it_may_see(app: TestApp) {
        let demo = build(&app, 60).await;
        every_role_gets_a_token(&app, &demo).await;
        let platform = first(&app, &demo, ApiClientKind::Platform).await;
        the_numbers_are_plausible(&demo, &platform).await;
        nobody_real_is_reached(&platform).await;
        let sis = first(&app, &demo, ApiClientKind::District).await;
        placements_follow_their_rules(&sis).await;
        a_student_is_seen_at_a_glance(&sis).await;
        let portal = first(&app, &demo, ApiClientKind::Partner).await;
        a_partner_sees_names_only(&portal).await;
    }
}

async fn every_role_gets_a_token(app: &TestApp, demo: &Demo) {
    let mut seen = BTreeSet::new();
    for client in &demo.credentials {
        let actor = app.client_of(&client.client_id, client.secret.reveal()).await;
        let viewer = actor.ok("{ viewer { scopes } }", json!({})).await;
        let scopes = viewer["viewer"]["scopes"].as_array().expect("scopes");
        assert_eq!(scopes.len(), client.scopes.iter().count(), "{}", client.name);
        seen.insert((client.kind_name(), client.tenant));
    }
    for slug in ["riverbend", "summit", "lakeshore"] {
        assert!(seen.contains(&("district", Some(slug))));
    }
    assert!(seen.contains(&("platform", None)));
    assert_eq!(seen.iter().filter(|(kind, _)| *kind == "partner").count(), 5);
    let developer = demo.credentials.last().expect("a client");
    assert!(developer.scopes.iter().all(|scope| scope.name().ends_with(":read")));
    let file = demo::to_json("http://127.0.0.1:1", &demo.credentials);
    assert_eq!(file["clients"].as_array().map(Vec::len), Some(demo.credentials.len()));
    assert_eq!(file["clients"][0]["tenant"], Value::Null);
    assert_eq!(file["clients"][1]["scopes"][0], "roster:read");
}

async fn the_numbers_are_plausible(demo: &Demo, platform: &Actor) {
    assert_eq!(all(platform, "districts", "id").await.len(), 3);
    assert_eq!(all(platform, "partners", "id").await.len(), 5);
    assert_eq!(all(platform, "students", "id").await.len(), demo.students);
    assert!((54..=60).contains(&demo.students), "{}", demo.students);
    let placements = all(platform, "placements", "state").await;
    assert_eq!(placements.len(), demo.placements);
    assert!((15..=60).contains(&placements.len()), "{}", placements.len());
    let states = tally(&placements, "state");
    for state in ["PROPOSED", "MATCHED", "ACTIVE", "COMPLETED"] {
        assert!(states.contains_key(state), "{states:?}");
    }
    let agreements = tally(&all(platform, "affiliationAgreements", "state").await, "state");
    assert_eq!((agreements.get("DRAFT"), agreements.get("TERMINATED")), (Some(&1), Some(&1)));
    let hours = tally(&all(platform, "timeEntries", "state").await, "state");
    let all_hours = hours.values().sum::<usize>();
    // Each correction is one more entry.
    assert_eq!(all_hours - hours.get("VOIDED").unwrap_or(&0), demo.hours);
    assert!(hours["APPROVED"] * 10 > all_hours * 7 && hours["SUBMITTED"] > 0, "{hours:?}");
    let enrollments = all(platform, "enrollments", "resultGrade").await;
    assert!(enrollments.len() > demo.students * 4);
    assert!(enrollments.iter().any(|one| one["resultGrade"].is_null()));
    assert!(enrollments.iter().any(|one| one["resultGrade"] == "A"));
}

async fn a_student_is_seen_at_a_glance(sis: &Actor) {
    let selection = "gradeLevel status interestProfile { hollandCode }
        pathwayProgress { level courses { state } nextCourse { position } criteria { citation } }
        pathwayRecommendations(atMost: 2) { rank interestFit { correlation } }
        placements(first: 1) { nodes { state } }";
    let students = all(sis, "students", selection).await;
    let on =
        |student: &&Value| student["pathwayProgress"].as_array().is_some_and(|all| !all.is_empty());
    let walkers: Vec<_> = students.iter().filter(on).collect();
    assert!(walkers.len() * 2 > students.len(), "{} of {}", walkers.len(), students.len());
    let mut levels = HashMap::new();
    for student in &walkers {
        let progress = &student["pathwayProgress"][0];
        *levels.entry(progress["level"].as_str().expect("a level")).or_insert(0) += 1;
        assert_eq!(progress["courses"].as_array().map(Vec::len), Some(3), "{student}");
        assert!(
            progress["criteria"]["citation"].as_str().is_some_and(|text| text.contains("3(12)(A)"))
        );
        assert!(student["interestProfile"]["hollandCode"].is_string(), "{student}");
    }
    assert!(levels.len() > 2, "students stand at different places: {levels:?}");
    let recommended =
        |student: &&Value| student["pathwayRecommendations"][0]["interestFit"].is_object();
    assert!(students.iter().filter(recommended).count() * 2 > students.len());
}

async fn nobody_real_is_reached(platform: &Actor) {
    let mut numbers = 0;
    for field in ["students", "guardians", "partnerContacts"] {
        for person in all(platform, field, "email phone").await {
            let email = person["email"].as_str().expect("an address");
            assert!(email.ends_with(".example.org"), "{email}");
            if let Some(phone) = person["phone"].as_str() {
                assert!(phone.contains("-555-01"), "{phone}");
                numbers += 1;
            }
        }
    }
    assert!(numbers > 60);
}

async fn placements_follow_their_rules(sis: &Actor) {
    let selection = "id state startsOn endsOn startedOn endedOn createdAt
        student { givenName birthDate } partner { name } opportunity { seats seatsTaken }
        coordinator { kind } course { title } mentor { role }
        timeEntries(first: 3) { nodes { workedOn minutes state approvedBy { role } } }";
    let placements = all(sis, "placements", selection).await;
    assert!(!placements.is_empty());
    for one in &placements {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let state = text(&one["state"]);
        let has_begun = ["ACTIVE", "COMPLETED", "TERMINATED"].contains(&state.as_str());
        assert!(text(&one["startsOn"]) <= text(&one["endsOn"]), "{one}");
        assert!(text(&one["createdAt"]).as_str() < "2026-11-20T08", "{one}");
        assert_eq!(!one["startedOn"].is_null(), has_begun, "{one}");
        assert!(one["student"]["birthDate"].is_string(), "{one}");
        assert_eq!(one["coordinator"]["kind"], "COORDINATOR", "{one}");
        // People of a partner are shown while an agreement is in force; one has ended.
        let shows_people = one["partner"]["name"] != "Bluestem Builders";
        assert_eq!(one["mentor"]["role"] == "MENTOR", shows_people, "{one}");
        assert!(one["opportunity"]["seatsTaken"].as_i64() <= one["opportunity"]["seats"].as_i64());
        for hours in one["timeEntries"]["nodes"].as_array().expect("hours") {
            assert!(has_begun && hours["minutes"].as_i64() > Some(0), "{one}");
            assert!(text(&hours["workedOn"]) >= text(&one["startedOn"]), "{one}");
            let is_approved = hours["state"] == "APPROVED";
            assert!(!is_approved || !shows_people || hours["approvedBy"].is_object(), "{one}");
        }
    }
}

async fn a_partner_sees_names_only(portal: &Actor) {
    let selection = "partner { name } student { givenName familyName birthDate email gradeLevel }";
    let placements = all(portal, "placements", selection).await;
    assert!(!placements.is_empty());
    for one in &placements {
        assert_eq!(one["partner"]["name"], "Cedar Hollow Medical Center");
        assert!(one["student"]["givenName"].is_string(), "{one}");
        for hidden in ["birthDate", "email", "gradeLevel"] {
            assert!(one["student"][hidden].is_null(), "{one}");
        }
    }
}
