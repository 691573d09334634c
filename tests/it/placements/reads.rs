//! Placements are reached from every side, and their hours add up.

use entity::placement::PlacementState;
use pathbridge::{auth::Tenant, typeid::encode};
use serde_json::{Value, json};

use super::world::World;
use crate::support::{Actor, both};

const PROPOSE: &str = "mutation($input: PlacementInput!, $key: ExternalIdInput) {
  placementPropose(input: $input, externalId: $key) {
    placement { id state version }
    userErrors { __typename code path ... on DuplicateError { existing { id } } }
  }
}";

const AROUND: &str = "query($id: ID!) {
  placement(id: $id) {
    state kind startsOn endsOn isPaid hourlyWage wageCurrency goalMinutes
    student { familyName birthDate placements(first: 5) { nodes { id } } }
    district { slug placements(first: 5) { nodes { id } } }
    partner { name placements(first: 5) { nodes { id } } }
    opportunity { title placements(first: 5) { nodes { id } } }
    site { name placements(first: 5) { nodes { id } } }
    mentor { familyName mentoredPlacements(first: 5) { nodes { id } } }
    supervisor { supervisedPlacements(first: 5) { nodes { id } } }
    coordinator { coordinatedPlacements(first: 5) { nodes { id } } }
    course { title }
    hours { category state minutes }
    timeEntries(first: 5, orderBy: { field: WORKED_ON }) {
      nodes { minutes state approvedBy { familyName } placement { id } corrects { minutes } }
    }
  }
}";

fn input(world: &World) -> Value {
    json!({
        "studentId": encode(world.student),
        "opportunityId": encode(world.opportunity),
        "mentorId": encode(world.mentor),
        "supervisorId": encode(world.supervisor),
        "coordinatorId": encode(world.coordinator),
        "courseId": encode(world.course),
        "startsOn": "2026-09-01",
        "endsOn": "2026-12-18",
        "goalMinutes": 6000,
    })
}

/// Runs a mutation that must not be refused, and answers its object.
async fn done(actor: &Actor, field: &str, arguments: &str, object: &str) -> Value {
    let query = format!(
        "mutation {{ {field}({arguments}) {{ {object} {{ id state version }} \
         userErrors {{ code message path }} }} }}"
    );
    let mut data = actor.ok(&query, json!({})).await;
    assert_eq!(data[field]["userErrors"], json!([]), "{field}");
    data[field][object].take()
}

/// A placement that was proposed, matched and started.
async fn started(world: &World, sis: &Actor) -> String {
    let proposed = sis.ok(PROPOSE, json!({ "input": input(world) })).await;
    let id = proposed["placementPropose"]["placement"]["id"].as_str().unwrap().to_owned();
    let arguments = format!("id: \"{id}\", expectedVersion: \"1\"");
    let matched = done(sis, "placementMatch", &arguments, "placement").await;
    assert_eq!(matched, json!({ "id": id, "state": "MATCHED", "version": "2" }));
    let arguments = format!("id: \"{id}\"");
    let active = done(sis, "placementStart", &arguments, "placement").await;
    assert_eq!(active, json!({ "id": id, "state": "ACTIVE", "version": "3" }));
    id
}

async fn submit(sis: &Actor, placement: &str, from: &str, to: &str) -> String {
    let arguments = format!(
        "input: {{ placementId: \"{placement}\", workedOn: \"2026-09-01\", startsAt: \"{from}\", \
         endsAt: \"{to}\", category: DIRECT }}"
    );
    let entry = done(sis, "timeEntrySubmit", &arguments, "timeEntry").await;
    entry["id"].as_str().unwrap().to_owned()
}

both! {
    async fn a_placement_is_reached_from_every_side(app: TestApp) {
        let world = World::new(app).await;
        let sis = world.app.client(Tenant::District(world.north)).await;
        let id = started(&world, &sis).await;
        let first = submit(&sis, &id, "08:00", "10:00").await;
        submit(&sis, &id, "10:00", "10:45").await;
        let approve = format!(
            "id: \"{first}\", input: {{ approverId: \"{}\" }}",
            encode(world.supervisor)
        );
        done(&sis, "timeEntryApprove", &approve, "timeEntry").await;
        let found = &sis.ok(AROUND, json!({ "id": id })).await["placement"];
        assert_eq!(found["hourlyWage"], "17.50");
        let here = json!({ "nodes": [{ "id": id }] });
        for side in ["student", "district", "partner", "opportunity", "site"] {
            assert_eq!(found[side]["placements"], here, "{side}");
        }
        assert_eq!(found["mentor"]["mentoredPlacements"], here);
        assert_eq!(found["supervisor"]["supervisedPlacements"], here);
        assert_eq!(found["coordinator"]["coordinatedPlacements"], here);
        assert_eq!(found["course"]["title"], "Health");
        assert_eq!(
            found["hours"],
            json!([
                { "category": "DIRECT", "state": "APPROVED", "minutes": 120 },
                { "category": "DIRECT", "state": "SUBMITTED", "minutes": 45 },
            ])
        );
        assert_eq!(found["timeEntries"]["nodes"][0]["approvedBy"]["familyName"], "Hopper");
        assert_eq!(found["timeEntries"]["nodes"][1]["placement"]["id"], json!(id));
    }

    async fn a_partner_reads_the_name_of_the_student_only(app: TestApp) {
        let world = World::new(app).await;
        world.placement_in(PlacementState::Active).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let query = "{ placements(first: 5, where: { state: { eq: ACTIVE } }) {
            nodes { student { familyName birthDate status } coordinator { id } }
        } }";
        let found = portal.ok(query, json!({})).await;
        let student = &found["placements"]["nodes"][0]["student"];
        assert_eq!(student["familyName"], "Lovelace");
        assert_eq!(student["birthDate"], Value::Null);
    }

    async fn a_key_belongs_to_one_placement(app: TestApp) {
        let world = World::new(app).await;
        let sis = world.app.client(Tenant::District(world.north)).await;
        let key = json!({ "system": "sis", "value": "77" });
        let variables = json!({ "input": input(&world), "key": key });
        let first = sis.ok(PROPOSE, variables.clone()).await;
        let id = &first["placementPropose"]["placement"]["id"];
        let again = sis.ok(PROPOSE, variables).await;
        let error = &again["placementPropose"]["userErrors"][0];
        assert_eq!(error["__typename"], "DuplicateError");
        assert_eq!((&error["code"], &error["existing"]["id"]), (&json!("ALREADY_EXISTS"), id));
        let query = "query($key: KeyInput!) { placementByKey(key: $key) { id } }";
        let found = sis.ok(query, json!({ "key": { "externalId": key } })).await;
        assert_eq!(found["placementByKey"]["id"], *id);
        let all = sis.ok("{ placements(first: 9) { nodes { id } } }", json!({})).await;
        assert_eq!(all["placements"]["nodes"].as_array().map(Vec::len), Some(1));
    }

    async fn a_refused_step_says_why_over_the_wire(app: TestApp) {
        let world = World::new(app).await;
        let sis = world.app.client(Tenant::District(world.north)).await;
        let id = encode(world.placement_in(PlacementState::Proposed).await);
        let query = "mutation($id: ID!) { placementStart(id: $id) {
            placement { id }
            userErrors { code path ... on StateError { from to allowed blockers { code } } }
        } }";
        let refused = sis.ok(query, json!({ "id": id })).await;
        assert_eq!(
            refused["placementStart"],
            json!({ "placement": null, "userErrors": [{
                "code": "INVALID_STATE_TRANSITION", "path": ["id"],
                "from": "PROPOSED", "to": "ACTIVE",
                "allowed": ["MATCHED", "CANCELLED"], "blockers": [],
            }] })
        );
    }

    async fn the_statements_of_a_query_do_not_grow_with_its_rows(app: TestApp) {
        let world = World::new(app).await;
        let sis = world.app.client(Tenant::District(world.north)).await;
        let query = "{ placements(first: 50) { nodes {
            hours { minutes } timeEntries(first: 5) { nodes { id } } student { id }
        } } }";
        let mut counted = Vec::new();
        for _ in 0..2 {
            world.placement_in(PlacementState::Active).await;
            let before = world.app.app.db.statements();
            sis.ok(query, json!({})).await;
            counted.push(world.app.app.db.statements() - before);
        }
        assert_eq!(counted, [4, 4]);
    }
}
