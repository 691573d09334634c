//! The bank of partners: who sees what, who writes what, what is refused, and who gets the last
//! seat.

mod agreements;
mod offers;
mod rights;
mod seats;
mod visibility;

use pathbridge::{auth::Tenant, typeid};
use serde_json::{Value, json};

use crate::support::{Actor, TestApp};

const SITES: &str = "mutation($input: [PartnerSiteUpsertInput!]!, $tenant: ID) {
  partnerSiteBulkUpsert(input: $input, tenantId: $tenant) {
    results { outcome site { id name version } userErrors { code path } }
  }
}";
const CONTACTS: &str = "mutation($input: [PartnerContactUpsertInput!]!) {
  partnerContactBulkUpsert(input: $input) {
    results { outcome contact { id } userErrors { code path } }
  }
}";
const CREATE_OFFER: &str = "mutation($input: OpportunityInput!) {
  opportunityCreate(input: $input) {
    opportunity { id state seats seatsTaken seatsLeft isPaid hourlyWage wageCurrency }
    userErrors { code path message }
  }
}";
const UPDATE_OFFER: &str = "mutation($id: ID!, $input: OpportunityInput!) {
  opportunityUpdate(id: $id, input: $input) {
    opportunity { version seats isPaid hourlyWage wageCurrency }
    userErrors { code path }
  }
}";
const OPEN: &str = "mutation($id: ID!) {
  opportunityOpen(id: $id) {
    opportunity { id state }
    userErrors { code path ... on StateError { from to allowed blockers { code } } }
  }
}";

/// One row of a bulk mutation under the key `value`.
fn row(value: &str, field: &str, fields: Value) -> Value {
    json!({ "key": { "externalId": { "system": "hr", "value": value } }, field: fields })
}

/// The codes and paths of a payload's refusals.
fn refusals(payload: &Value) -> Vec<(String, String)> {
    let errors = payload["userErrors"].as_array().expect("userErrors");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let path = |error: &Value| {
        let steps = error["path"].as_array().expect("a path").iter().map(text);
        steps.collect::<Vec<_>>().join(".")
    };
    errors.iter().map(|error| (text(&error["code"]), path(error))).collect()
}

/// The refusals as they are written down in a test.
fn expected(refusals: &[(&str, &str)]) -> Vec<(String, String)> {
    refusals.iter().map(|(code, path)| ((*code).to_owned(), (*path).to_owned())).collect()
}

/// An offer of this many seats, a draft.
async fn offer(actor: &Actor, title: &str, seats: i32) -> String {
    let input = json!({ "title": title, "kind": "INTERNSHIP", "seats": seats });
    let made = actor.ok(CREATE_OFFER, json!({ "input": input })).await;
    let made = &made["opportunityCreate"];
    assert_eq!(refusals(made), []);
    made["opportunity"]["id"].as_str().expect("an id").to_owned()
}

/// An open offer of this many seats.
async fn open_offer(actor: &Actor, title: &str, seats: i32) -> String {
    let id = offer(actor, title, seats).await;
    let opened = actor.ok(OPEN, json!({ "id": id })).await;
    assert_eq!(opened["opportunityOpen"]["opportunity"]["state"], "OPEN");
    id
}

/// A district `north` and a partner `Acme` that keeps its own record, with an agreement in force.
async fn north_and_acme(app: &TestApp) -> (Actor, Actor) {
    let (north, acme) = (app.district("north").await, app.partner("Acme").await);
    app.affiliate(north, acme).await;
    (app.client(Tenant::District(north)).await, app.client(Tenant::Partner(acme)).await)
}

/// The global id of the client's own tenant.
fn tenant_of(actor: &Actor) -> String {
    match actor.caller.tenant {
        Tenant::District(id) => typeid::encode(id),
        Tenant::Partner(id) => typeid::encode(id),
        Tenant::Platform => unreachable!("the platform is no tenant"),
    }
}
