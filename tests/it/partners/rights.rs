//! Who may write which part of the bank.

use pathbridge::auth::Tenant;
use serde_json::{Value, json};

use super::{
    CONTACTS, CREATE_OFFER, OPEN, SITES, UPDATE_OFFER, expected, north_and_acme, offer, refusals,
    row, tenant_of,
};
use crate::support::{Actor, both};

const PARTNERS: &str = "mutation($input: [PartnerUpsertInput!]!, $tenant: ID) {
  partnerBulkUpsert(input: $input, tenantId: $tenant) {
    results { outcome partner { id name version } userErrors { code path } }
  }
}";

fn plant(partner: &str) -> Value {
    json!({ "partnerId": partner, "name": "Plant", "country": "US" })
}

fn result<'a>(answer: &'a Value, mutation: &str) -> &'a Value {
    &answer[mutation]["results"][0]
}

/// A partner that the district adds to the bank, under a key of its own.
async fn acme(district: &Actor) -> String {
    let fields = json!({ "name": "Acme", "kind": "CLINIC", "naics": "6221" });
    let input = json!({ "input": [row("p1", "partner", &fields)] });
    let made = district.ok(PARTNERS, input.clone()).await;
    let made = result(&made, "partnerBulkUpsert");
    assert_eq!(made["outcome"], "CREATED");
    let again = district.ok(PARTNERS, input).await;
    assert_eq!(result(&again, "partnerBulkUpsert")["outcome"], "UNCHANGED");
    made["partner"]["id"].as_str().expect("an id").to_owned()
}

both! {
    async fn districts_keep_the_record_until_the_partner_does(app: TestApp) {
        let north = app.client(Tenant::District(app.district("north").await)).await;
        let partner = &acme(&north).await;
        let sites = json!({ "input": [row("1", "site", &plant(partner))] });
        let site = north.ok(SITES, sites.clone()).await;
        assert_eq!(result(&site, "partnerSiteBulkUpsert")["outcome"], "CREATED");
        let draft = json!({ "partnerId": partner, "title": "Draft", "kind": "PRACTICUM", "seats": 1 });
        let draft = north.ok(CREATE_OFFER, json!({ "input": draft })).await;
        let draft = draft["opportunityCreate"]["opportunity"]["id"].clone();
        let query = "query($id: ID!) { opportunity(id: $id) { state } }";
        let shown = north.ok(query, json!({ "id": draft })).await;
        assert_eq!(shown["opportunity"]["state"], "DRAFT", "the district may write it");

        // Now the partner comes with a client of its own.
        let id = pathbridge::typeid::decode(partner).expect("an id");
        let acme = app.client(Tenant::Partner(id)).await;
        let hidden = north.ok(query, json!({ "id": draft })).await;
        assert_eq!(hidden["opportunity"], Value::Null);
        let refused = north.ok(SITES, sites).await;
        let refused = result(&refused, "partnerSiteBulkUpsert");
        let at = "input.0.site.partnerId";
        assert_eq!(refusals(refused), expected(&[("READ_ONLY", at)]));
        let rename = "mutation($id: ID!) { partnerUpdate(id: $id, input: { name: \"New\" }) {
            partner { name } userErrors { code path } } }";
        let refused = north.ok(rename, json!({ "id": partner })).await;
        assert_eq!(refusals(&refused["partnerUpdate"]), expected(&[("READ_ONLY", "input")]));
        let renamed = acme.ok(rename, json!({ "id": partner })).await;
        assert_eq!(renamed["partnerUpdate"]["partner"]["name"], "New");
        let opened = acme.ok(OPEN, json!({ "id": draft })).await;
        assert_eq!(opened["opportunityOpen"]["opportunity"]["state"], "OPEN");
        let close = "mutation($id: ID!) { opportunityClose(id: $id) {
            opportunity { state } userErrors { code path } } }";
        let refused = north.ok(close, json!({ "id": draft })).await;
        assert_eq!(refusals(&refused["opportunityClose"]), expected(&[("READ_ONLY", "id")]));
        let closed = acme.ok(close, json!({ "id": draft })).await;
        assert_eq!(closed["opportunityClose"]["opportunity"]["state"], "CLOSED");
    }

    async fn a_partner_client_adds_no_partner_and_touches_no_other(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let zenith = pathbridge::typeid::encode(app.partner("Zenith").await);
        let fields = json!({ "name": "Second", "kind": "OTHER" });
        let made = acme.ok(PARTNERS, json!({ "input": [row("p", "partner", &fields)] })).await;
        assert_eq!(
            refusals(result(&made, "partnerBulkUpsert")),
            expected(&[("FORBIDDEN", "input.0")])
        );
        let site = acme.ok(SITES, json!({ "input": [row("1", "site", &plant(&zenith))] })).await;
        assert_eq!(
            refusals(result(&site, "partnerSiteBulkUpsert")),
            expected(&[("REFERENCE_NOT_FOUND", "input.0.site.partnerId")])
        );
        let rename = "mutation($id: ID!) { partnerUpdate(id: $id, input: { name: \"Mine\" }) {
            partner { name } userErrors { code path } } }";
        let refused = acme.ok(rename, json!({ "id": zenith })).await;
        assert_eq!(refusals(&refused["partnerUpdate"]), expected(&[("NOT_FOUND", "id")]));
    }

    async fn a_district_writes_people_while_an_agreement_is_in_force(app: TestApp) {
        let district = app.district("north").await;
        let partner = app.partner("Acme").await;
        let north = app.client(Tenant::District(district)).await;
        let id = pathbridge::typeid::encode(partner);
        let fields = json!({ "partnerId": id, "givenName": "Bo", "familyName": "Li", "role": "HR" });
        let input = json!({ "input": [row("c", "contact", &fields)] });
        let refused = north.ok(CONTACTS, input.clone()).await;
        assert_eq!(
            refusals(result(&refused, "partnerContactBulkUpsert")),
            expected(&[("READ_ONLY", "input.0.contact.partnerId")])
        );
        app.affiliate(district, partner).await;
        let made = north.ok(CONTACTS, input.clone()).await;
        assert_eq!(result(&made, "partnerContactBulkUpsert")["outcome"], "CREATED");
        // The key leads to a row that is out of sight once the agreement has run out.
        app.clock.advance(chrono::TimeDelta::days(365));
        let north = app.client(Tenant::District(district)).await;
        let refused = north.ok(CONTACTS, input).await;
        assert_eq!(
            refusals(result(&refused, "partnerContactBulkUpsert")),
            expected(&[("READ_ONLY", "input.0.contact.partnerId")])
        );
    }

    async fn each_tenant_has_keys_of_its_own(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let site = json!({ "name": "Plant", "country": "US" });
        let made = acme.ok(SITES, json!({ "input": [row("1", "site", &site)] })).await;
        let id = result(&made, "partnerSiteBulkUpsert")["site"]["id"].clone();
        let by_key = "{ partnerSiteByKey(key: { externalId: { system: \"hr\", value: \"1\" } }) {
            id externalIds { system value } } }";
        let own = acme.ok(by_key, json!({})).await;
        assert_eq!(
            own["partnerSiteByKey"],
            json!({ "id": id, "externalIds": [{ "system": "hr", "value": "1" }] })
        );
        assert_eq!(north.ok(by_key, json!({})).await["partnerSiteByKey"], Value::Null);

        let platform = app.client(Tenant::Platform).await;
        let moved = json!({ "name": "Plant 2" });
        let input = json!([row("1", "site", &moved)]);
        let nameless = platform.gql(SITES, json!({ "input": input })).await;
        assert_eq!(nameless.codes(), ["BAD_USER_INPUT"]);
        let named = json!({ "input": input, "tenant": tenant_of(&acme) });
        let named = platform.ok(SITES, named).await;
        let named = result(&named, "partnerSiteBulkUpsert");
        assert_eq!(named["outcome"], "UPDATED");
        assert_eq!(named["site"], json!({ "id": id, "name": "Plant 2", "version": "2" }));
        let other = json!({ "input": input, "tenant": tenant_of(&acme) });
        assert_eq!(north.gql(SITES, other).await.codes(), ["NOT_FOUND"]);
    }

    async fn a_record_stays_with_its_partner_and_its_sites(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let platform = app.client(Tenant::Platform).await;
        let zenith = app.partner("Zenith").await;
        let other = app.client(Tenant::Partner(zenith)).await;
        let site = json!({ "name": "Plant", "country": "US" });
        let made = other.ok(SITES, json!({ "input": [row("1", "site", &site)] })).await;
        let site = &result(&made, "partnerSiteBulkUpsert")["site"]["id"];
        let offer = offer(&acme, "Offer", 1).await;
        let input = json!({ "partnerId": tenant_of(&other), "siteId": site });
        let refused = platform.ok(UPDATE_OFFER, json!({ "id": offer, "input": input })).await;
        assert_eq!(
            refusals(&refused["opportunityUpdate"]),
            expected(&[
                ("READ_ONLY", "input.partnerId"),
                ("REFERENCE_NOT_FOUND", "input.siteId"),
            ])
        );
    }
}
