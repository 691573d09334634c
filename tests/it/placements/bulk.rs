//! A partner's portal sends its placements and hours every night.

use entity::placement::PlacementState;
use pathbridge::{auth::Tenant, typeid::encode};
use serde_json::{Value, json};

use super::world::{World, day};
use crate::support::{Actor, both};

const PLACEMENTS: &str = "mutation($input: [PlacementUpsertInput!]!, $policy: ErrorPolicy!) {
  placementBulkUpsert(input: $input, errorPolicy: $policy) {
    counts { created updated unchanged rejected }
    results {
      outcome
      placement { id version state kind mentor { id } externalIds { system value } }
      userErrors { code path }
    }
  }
}";

const HOURS: &str = "mutation($input: [TimeEntryUpsertInput!]!) {
  timeEntryBulkUpsert(input: $input) {
    counts { created updated unchanged rejected }
    results { outcome timeEntry { id version state minutes } userErrors { code path } }
  }
}";

fn row(key: &str, field: &str, content: &Value) -> Value {
    json!({ "key": { "externalId": { "system": "portal", "value": key } }, field: content })
}

async fn send(actor: &Actor, rows: &[Value], policy: &str) -> Value {
    let variables = json!({ "input": rows, "policy": policy });
    let mut data = actor.ok(PLACEMENTS, variables).await;
    data["placementBulkUpsert"].take()
}

async fn send_hours(actor: &Actor, rows: &[Value]) -> Value {
    let mut data = actor.ok(HOURS, json!({ "input": rows })).await;
    data["timeEntryBulkUpsert"].take()
}

fn counts(created: i32, updated: i32, unchanged: i32, rejected: i32) -> Value {
    json!({
        "created": created, "updated": updated, "unchanged": unchanged, "rejected": rejected,
    })
}

/// A proposal of the portal, for a student and an opportunity.
fn placement(world: &World, student: entity::id::StudentId) -> Value {
    json!({
        "studentId": encode(student),
        "opportunityId": encode(world.opportunity),
        "mentorId": encode(world.mentor),
        "startsOn": "2026-09-14",
        "endsOn": "2026-12-18",
    })
}

/// What a partner sees of the north's students begins with a placement of theirs.
async fn seen(world: &World) {
    for student in [world.student, world.classmate] {
        let (first, last) = (day(9, 1), day(9, 11));
        world.placement(student, PlacementState::Matched, first, last).await;
    }
}

both! {
    async fn the_same_night_twice_writes_once(app: TestApp) {
        let world = World::new(app).await;
        seen(&world).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let rows = [
            row("1", "placement", &placement(&world, world.student)),
            row("2", "placement", &placement(&world, world.classmate)),
        ];
        let first = send(&portal, &rows, "REJECT_ALL").await;
        assert_eq!(first["counts"], counts(2, 0, 0, 0), "{first:#}");
        let created = &first["results"][0]["placement"];
        assert_eq!((&created["state"], &created["kind"]), (&json!("PROPOSED"), &json!("CLINICAL")));
        assert_eq!(created["externalIds"], json!([{ "system": "portal", "value": "1" }]));
        let again = send(&portal, &rows, "REJECT_ALL").await;
        assert_eq!(again["counts"], counts(0, 0, 2, 0), "{again:#}");
        assert_eq!(again["results"][0]["placement"], *created);

        let mut changed = placement(&world, world.classmate);
        changed["mentorId"] = Value::Null;
        let third = [rows[0].clone(), row("2", "placement", &changed)];
        let third = send(&portal, &third, "REJECT_ALL").await;
        assert_eq!(third["counts"], counts(0, 1, 1, 0), "{third:#}");
        assert_eq!(third["results"][1]["placement"]["version"], "2");
        assert_eq!(third["results"][1]["placement"]["mentor"], Value::Null);
    }

    async fn a_bad_row_stops_the_night_or_itself(app: TestApp) {
        let world = World::new(app).await;
        seen(&world).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let mut of_the_district = placement(&world, world.student);
        of_the_district["goalMinutes"] = json!(6000);
        let rows = [
            row("1", "placement", &placement(&world, world.classmate)),
            row("2", "placement", &placement(&world, world.stranger)),
            row("3", "placement", &of_the_district),
            row("4", "placement", &json!({ "studentId": "school_1" })),
        ];
        let refused = send(&portal, &rows, "REJECT_ALL").await;
        assert_eq!(refused["counts"], counts(0, 0, 0, 3), "{refused:#}");
        assert_eq!(refused["results"][0]["outcome"], "NOT_WRITTEN");
        let errors = |at: usize| &refused["results"][at]["userErrors"];
        let unseen = json!({
            "code": "REFERENCE_NOT_FOUND", "path": ["input", "1", "placement", "studentId"],
        });
        assert_eq!(errors(1)[0], unseen);
        let forbidden = json!({ "code": "FORBIDDEN", "path": ["input", "2", "placement", "goalMinutes"] });
        assert_eq!(*errors(2), json!([forbidden]));
        assert_eq!(errors(3)[0]["code"], "INVALID_FORMAT");
        let kept = send(&portal, &rows, "REJECT_FAILED_ROWS").await;
        assert_eq!(kept["counts"], counts(1, 0, 0, 3), "{kept:#}");
    }

    async fn a_partner_writes_for_no_other(app: TestApp) {
        let world = World::new(app).await;
        seen(&world).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let mut for_others = placement(&world, world.student);
        for_others["partnerId"] = json!(encode(world.other_partner));
        for_others["opportunityId"] = Value::Null;
        for_others["kind"] = json!("INTERNSHIP");
        let refused = send(&portal, &[row("1", "placement", &for_others)], "REJECT_ALL").await;
        let errors = &refused["results"][0]["userErrors"];
        assert_eq!(errors[0]["code"], "REFERENCE_NOT_FOUND", "{refused:#}");
        assert_eq!(errors[0]["path"], json!(["input", "0", "placement", "partnerId"]));
    }

    async fn hours_come_by_night_too(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Active).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let entry = |from: &str, to: &str| json!({
            "placementId": encode(id), "workedOn": "2026-09-01",
            "startsAt": from, "endsAt": to, "category": "DIRECT",
        });
        let rows = [
            row("a", "timeEntry", &entry("08:00", "10:00")),
            row("b", "timeEntry", &entry("10:00", "12:00")),
        ];
        let first = send_hours(&portal, &rows).await;
        assert_eq!(first["counts"], counts(2, 0, 0, 0), "{first:#}");
        assert_eq!(first["results"][0]["timeEntry"]["minutes"], 120);
        let again = send_hours(&portal, &rows).await;
        assert_eq!(again["counts"], counts(0, 0, 2, 0), "{again:#}");
        // The border between the two moves: each is held against the other's new hours.
        let moved = [
            row("a", "timeEntry", &entry("08:00", "11:00")),
            row("b", "timeEntry", &entry("11:00", "12:00")),
        ];
        let moved = send_hours(&portal, &moved).await;
        assert_eq!(moved["counts"], counts(0, 2, 0, 0), "{moved:#}");
        assert_eq!(moved["results"][1]["timeEntry"]["minutes"], 60);
        let clash = [row("c", "timeEntry", &entry("09:00", "09:30"))];
        let clash = send_hours(&portal, &clash).await;
        assert_eq!(clash["results"][0]["userErrors"][0]["code"], "OVERLAPPING_PERIOD");
    }

    async fn two_rows_of_a_batch_do_not_overlap(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Active).await;
        let portal = world.app.client(Tenant::Partner(world.partner)).await;
        let entry = |from: &str, to: &str| json!({
            "placementId": encode(id), "workedOn": "2026-09-01",
            "startsAt": from, "endsAt": to, "category": "DIRECT",
        });
        let rows = [
            row("a", "timeEntry", &entry("08:00", "10:00")),
            row("b", "timeEntry", &entry("09:00", "12:00")),
        ];
        let refused = send_hours(&portal, &rows).await;
        assert_eq!(refused["counts"], counts(0, 0, 0, 1), "{refused:#}");
        assert_eq!(refused["results"][1]["userErrors"][0]["path"][3], "startsAt");
        assert_eq!(world.count_hours().await, 0);
    }
}
