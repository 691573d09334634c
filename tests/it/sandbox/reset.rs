//! Back to the first day, told so that whoever follows the log ends with what is there.

use std::collections::BTreeSet;

use pathbridge::{auth::Tenant, sandbox::worker};
use serde_json::json;

use super::world::{Made, ids, text, told};
use crate::support::{Actor, TestApp, both};

/// Every list of what a story has, with the first part of its ids.
const LISTS: [(&str, &str); 16] = [
    ("districts", "district"),
    ("schools", "school"),
    ("academicSessions", "session"),
    ("students", "student"),
    ("guardians", "guardian"),
    ("staff", "staff"),
    ("courses", "course"),
    ("classes", "class"),
    ("enrollments", "enrollment"),
    ("partners", "partner"),
    ("partnerSites", "site"),
    ("partnerContacts", "contact"),
    ("opportunities", "opportunity"),
    ("affiliationAgreements", "affiliation"),
    ("placements", "placement"),
    ("timeEntries", "hours"),
];

/// What a client would have that believes the log.
async fn believed(app: &TestApp, actor: &Actor) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for (op, id) in told(app, actor).await {
        match op.as_str() {
            "DELETED" | "HIDDEN" => drop(rows.remove(&id)),
            _ => drop(rows.insert(id)),
        }
    }
    rows
}

/// What is there, of these kinds.
async fn there(actor: &Actor, lists: &[(&str, &str)]) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for (list, _) in lists {
        rows.extend(ids(actor, list).await);
    }
    rows
}

async fn is_in_step(app: &TestApp, actor: &Actor, lists: &[(&str, &str)]) -> BTreeSet<String> {
    let is_listed = |id: &String| {
        let prefix = id.rsplit_once('_').map(|(prefix, _)| prefix);
        lists.iter().any(|(_, of)| Some(*of) == prefix)
    };
    let there = there(actor, lists).await;
    let believed: BTreeSet<_> = believed(app, actor).await.into_iter().filter(is_listed).collect();
    assert_eq!(
        believed.difference(&there).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "gone, and not told"
    );
    assert_eq!(
        there.difference(&believed).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "there, and not told"
    );
    there
}

/// How many there are of each kind.
fn tally(rows: &BTreeSet<String>) -> Vec<(String, usize)> {
    let mut all = Vec::<(String, usize)>::new();
    for id in rows {
        let prefix = id.rsplit_once('_').expect("an id").0.to_owned();
        match all.last_mut() {
            Some((last, count)) if *last == prefix => *count += 1,
            _ => all.push((prefix, 1)),
        }
    }
    all
}

both! {
    async fn a_reset_brings_the_first_day_back_and_tells_it(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::ready(&app, &owner, "again and again").await;
        let (sis, portal) = (made.client(&app, "DISTRICT").await, made.client(&app, "PARTNER").await);
        // Scopes that a partner has lead to fewer lists.
        let of_partner: Vec<_> = LISTS.into_iter().filter(|(_, prefix)| {
            ["district", "student", "staff", "partner", "site", "contact", "opportunity",
             "affiliation", "placement", "hours"].contains(prefix)
        }).collect();
        let fresh = is_in_step(&app, &sis, &LISTS).await;
        let fresh_portal = is_in_step(&app, &portal, &of_partner).await;
        assert!(fresh_portal.iter().any(|id| id.starts_with("hours_")), "hours of its placements");
        let endpoint = hook(&sis).await;
        spoil(&sis, &made).await;
        assert_ne!(tally(&is_in_step(&app, &sis, &LISTS).await), tally(&fresh));

        assert_eq!(made.step(&owner, "sandboxReset").await["sandbox"]["state"], "PREPARING");
        let again = made.step(&owner, "sandboxReset").await;
        assert_eq!(again["userErrors"][0]["code"], "INVALID_STATE_TRANSITION", "{again}");
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        assert_eq!(made.state(&owner).await, "READY");

        let anew = is_in_step(&app, &sis, &LISTS).await;
        assert_eq!(tally(&anew), tally(&fresh));
        let stayed: BTreeSet<_> = anew.intersection(&fresh).map(|id| id.rsplit_once('_').expect("an id").0).collect();
        assert_eq!(stayed, BTreeSet::from(["district", "partner"]));
        let anew = is_in_step(&app, &portal, &of_partner).await;
        assert_eq!(tally(&anew), tally(&fresh_portal));
        let partner = "query($id: ID!) { partner(id: $id) { name description } }";
        let partner = portal.ok(partner, json!({ "id": made.partner(0) })).await["partner"].take();
        assert_ne!(partner["description"], json!("Spoilt"));
        assert!(text(&partner["name"]).starts_with("[Sandbox] "));
        // Keys and webhooks are as good as before.
        made.client(&app, "PARTNER").await;
        assert_eq!(ids(&sis, "webhookEndpoints").await, [endpoint]);
    }
}

async fn hook(sis: &Actor) -> String {
    let create = "mutation { webhookEndpointCreate(input: { url: \"https://example.org/hooks\" }) {
        webhookEndpoint { id } userErrors { code } } }";
    text(&sis.ok(create, json!({})).await["webhookEndpointCreate"]["webhookEndpoint"]["id"])
}

/// Rows of the client's own, and a change of what was there.
async fn spoil(sis: &Actor, made: &Made) {
    let students = "mutation($input: [StudentUpsertInput!]!) { studentBulkUpsert(input: $input) {
        results { outcome userErrors { message } } } }";
    let student = json!({ "input": [{ "key": { "externalId": { "system": "mine", "value": "1" } },
        "student": { "givenName": "Mine", "familyName": "Own" } }] });
    let done = sis.ok(students, student).await;
    assert_eq!(done["studentBulkUpsert"]["results"][0]["outcome"], "CREATED", "{done}");
    let partner = "mutation($input: PartnerInput!) { partnerCreate(input: $input) {
        partner { id } userErrors { code } } }";
    let input = json!({ "input": { "name": "Mine", "kind": "OTHER" } });
    let own = text(&sis.ok(partner, input).await["partnerCreate"]["partner"]["id"]);
    let site =
        "mutation($input: [PartnerSiteUpsertInput!]!) { partnerSiteBulkUpsert(input: $input) {
        results { outcome userErrors { message } } } }";
    let input = json!({ "input": [{ "key": { "externalId": { "system": "mine", "value": "1" } },
        "site": { "partnerId": own, "name": "Mine", "country": "US" } }] });
    let done = sis.ok(site, input).await;
    assert_eq!(done["partnerSiteBulkUpsert"]["results"][0]["outcome"], "CREATED", "{done}");
    let spoil = "mutation($id: ID!) { partnerUpdate(id: $id, input: { description: \"Spoilt\" }) {
        userErrors { code } } }";
    let done = sis.ok(spoil, json!({ "id": made.partner(1) })).await;
    assert_eq!(done["partnerUpdate"]["userErrors"], json!([]), "nobody else keeps its record");
}
