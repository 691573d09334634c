//! Two worlds that know nothing of each other.

use std::collections::BTreeSet;

use pathbridge::{
    auth::{Caller, Scopes, Tenant},
    typeid,
};
use serde_json::{Value as Json, json};

use super::world::{Made, ids, refusals, told};
use crate::support::{Actor, TestApp, both, seed};

/// Lists in which districts see more than their own rows.
const BANK: [&str; 5] =
    ["partners", "partnerSites", "partnerContacts", "opportunities", "affiliationAgreements"];
const OWN: [&str; 5] = ["districts", "students", "staff", "placements", "timeEntries"];

/// Everything in these lists.
async fn seen(actor: &Actor) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for list in BANK.into_iter().chain(OWN) {
        all.extend(ids(actor, list).await);
    }
    all
}

/// Fails when a client is told, by name or in the log, of a row that is none of its business.
async fn knows_nothing_of(app: &TestApp, actor: &Actor, others: &BTreeSet<String>) {
    let own = seen(actor).await;
    assert!(own.is_disjoint(others), "{:?}", own.intersection(others).collect::<Vec<_>>());
    let heard: BTreeSet<_> = told(app, actor).await.into_iter().map(|(_, id)| id).collect();
    assert!(heard.is_disjoint(others), "{:?}", heard.intersection(others).collect::<Vec<_>>());
    let asked: Vec<_> = others.iter().cloned().collect();
    for some in asked.chunks(100) {
        let nodes = actor
            .ok("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": some }))
            .await;
        assert!(nodes["nodes"].as_array().expect("nodes").iter().all(Json::is_null), "{nodes}");
    }
}

both! {
    async fn neither_world_sees_the_other(app: TestApp) {
        let side = seed::side(&app, "a").await;
        let (sis, portal) =
            (app.client(Tenant::District(side.district)).await, app.client(Tenant::Partner(side.partner)).await);
        let operator = app.client(Tenant::Platform).await;
        let one = Made::ready(&app, &sis, "one").await;
        let two = Made::ready(&app, &portal, "two").await;
        let mut worlds = vec![vec![sis.clone(), portal.clone()]];
        for made in [&one, &two] {
            worlds.push(vec![made.client(&app, "DISTRICT").await, made.client(&app, "PARTNER").await]);
        }
        retire_a_partner_in_each(&worlds, &operator, [&one, &two], side.partner).await;
        let mut rows = Vec::new();
        for world in &worlds {
            let mut all = BTreeSet::new();
            for actor in world {
                all.extend(seen(actor).await);
            }
            assert!(all.len() > 10);
            rows.push(all);
        }
        for (at, world) in worlds.iter().enumerate() {
            let mut others = BTreeSet::new();
            for (there, all) in rows.iter().enumerate() {
                others.extend(all.iter().filter(|_| there != at).cloned());
            }
            for actor in world {
                knows_nothing_of(&app, actor, &others).await;
            }
        }
        let all = ids(&operator, "partners").await;
        assert_eq!(all.len(), 1 + 5 + 5);
    }

    async fn what_is_thrown_away_was_never_heard_of(app: TestApp) {
        let north = app.client(Tenant::District(app.district("north").await)).await;
        let mercy = app.partner("Mercy").await;
        let south = app.district("south").await;
        app.affiliate(south, mercy).await;
        let strangers = [
            app.client(Tenant::District(south)).await,
            app.client(Tenant::Partner(mercy)).await,
        ];
        let mut before = Vec::new();
        for actor in &strangers {
            before.push(told(&app, actor).await);
        }
        let made = Made::ready(&app, &north, "short-lived").await;
        made.step(&north, "sandboxReset").await;
        pathbridge::sandbox::worker::round(&app.app).await.expect("a round");
        made.step(&north, "sandboxDelete").await;
        for _ in 0..2 {
            pathbridge::sandbox::worker::round(&app.app).await.expect("a round");
            app.clock.advance(chrono::TimeDelta::minutes(16));
        }
        let north = app.renewed(&north).await;
        assert_eq!(made.state(&north).await, Json::Null);
        for (actor, before) in strangers.iter().zip(before) {
            let actor = app.renewed(actor).await;
            assert_eq!(told(&app, &actor).await, before, "of another's sandbox");
        }
        let mut own: Vec<_> = told(&app, &north).await;
        own.dedup();
        let of = |op: &str| (op.to_owned(), made.id.clone());
        assert_eq!(own, [of("DELETED")], "what is gone is told as gone");
    }

    async fn a_partner_made_in_a_sandbox_stays_there(app: TestApp) {
        let sis = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&sis, "bank").await;
        let inside = made.client(&app, "DISTRICT").await;
        let create = "mutation { partnerCreate(input: { name: \"Forge\", kind: EMPLOYER }) {
            partner { id isSandbox } userErrors { code } } }";
        let forge = inside.ok(create, json!({})).await["partnerCreate"]["partner"].take();
        assert_eq!(forge["isSandbox"], true);
        let outside = sis.ok(create, json!({})).await["partnerCreate"]["partner"].take();
        assert_eq!(outside["isSandbox"], false);
        assert_eq!(ids(&sis, "partners").await, [super::world::text(&outside["id"])]);
        assert_eq!(ids(&inside, "partners").await.len(), 6);
        let upsert = "mutation($input: [PartnerUpsertInput!]!) { partnerBulkUpsert(input: $input) {
            results { outcome partner { isSandbox } } } }";
        let row = json!({ "input": [{ "key": { "externalId": { "system": "sis", "value": "f" } },
            "partner": { "name": "Foundry", "kind": "EMPLOYER" } }] });
        let row = inside.ok(upsert, row).await["partnerBulkUpsert"]["results"][0].take();
        assert_eq!(row, json!({ "outcome": "CREATED", "partner": { "isSandbox": true } }));
    }

    async fn the_platform_joins_no_worlds(app: TestApp) {
        let side = seed::side(&app, "a").await;
        let sis = app.client(Tenant::District(side.district)).await;
        let operator = app.client(Tenant::Platform).await;
        let made = Made::ready(&app, &sis, "apart").await;
        let inside = made.client(&app, "DISTRICT").await;
        let agree = "mutation($input: AffiliationAgreementCreateInput!) {
            affiliationAgreementCreate(input: $input) { userErrors { code path } } }";
        let propose = "mutation($input: PlacementInput!) {
            placementPropose(input: $input) { userErrors { code path } } }";
        let active = "{ students(first: 1, where: { status: { eq: ACTIVE } }) { nodes { id } } }";
        let active = inside.ok(active, json!({})).await;
        let student = super::world::text(&active["students"]["nodes"][0]["id"]);
        let crossed = [
            (typeid::encode(side.district), made.partner(0), side.row("student", 1).id()),
            (super::world::text(&made.sandbox["districtId"]), typeid::encode(side.partner), student),
        ];
        for (district, partner, student) in crossed {
            let terms = json!({ "input": { "districtId": district, "partnerId": partner,
                "startsOn": "2026-08-01", "endsOn": "2027-06-30" } });
            let refused = operator.gql(agree, terms).await;
            let told = refusals(&refused, "affiliationAgreementCreate");
            assert_eq!(told, [("REFERENCE_NOT_FOUND".to_owned(), "input.partnerId".to_owned())], "{}", refused.body);
            let terms = json!({ "input": { "studentId": student, "partnerId": partner,
                "kind": "INTERNSHIP", "startsOn": "2026-09-01", "endsOn": "2026-12-01" } });
            let refused = operator.gql(propose, terms).await;
            let told = refusals(&refused, "placementPropose");
            assert_eq!(told, [("REFERENCE_NOT_FOUND".to_owned(), "input.partnerId".to_owned())], "{}", refused.body);
        }
    }

    async fn whoever_outlives_its_district_sees_nothing(app: TestApp) {
        app.partner("Mercy").await;
        let nobody: entity::id::DistrictId = app.app.clock.id();
        let caller = Caller {
            client: app.app.clock.id(),
            tenant: Tenant::District(nobody),
            scopes: Scopes::all(),
            now: app.app.clock.now(),
            request: None,
            once: None,
        };
        let all = pathbridge::store::visible::<entity::partner::Entity>(&caller);
        assert_eq!(all.all(app.app.db.writer()).await.expect("a look"), []);
    }
}

/// What every district would be told of, were there one bank.
async fn retire_a_partner_in_each(
    worlds: &[Vec<Actor>],
    operator: &Actor,
    made: [&Made; 2],
    partner: entity::id::PartnerId,
) {
    assert_eq!(worlds.len(), 3);
    let retire = "mutation($id: ID!, $status: RecordStatus!) {
        partnerUpdate(id: $id, input: { status: $status }) { userErrors { code } } }";
    let all = [typeid::encode(partner), made[0].partner(1), made[1].partner(1)];
    for status in ["RETIRED", "ACTIVE"] {
        for id in &all {
            let done = operator.ok(retire, json!({ "id": id, "status": status })).await;
            assert_eq!(done["partnerUpdate"]["userErrors"], json!([]));
        }
    }
}
