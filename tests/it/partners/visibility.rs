//! Each kind of client sees its part of the bank, from the root and along every edge.

use pathbridge::auth::Tenant;
use serde_json::{Value, json};

use super::{CONTACTS, SITES, north_and_acme, offer, open_offer, row, tenant_of};
use crate::support::{Actor, TestApp, both};

/// The names that a client sees, of each kind of row.
async fn seen(actor: &Actor) -> Value {
    let query = "{
        partners(first: 10, orderBy: { field: NAME }) { nodes {
            name
            sites(first: 10) { nodes { name partner { name } } }
            contacts(first: 10) { nodes { familyName partner { name } site { name } } }
            opportunities(first: 10, orderBy: { field: TITLE }) { nodes { title site { name } } }
            affiliationAgreements(first: 10) { nodes { state partner { name } district { slug } } }
        } }
        partnerSites(first: 10) { nodes { name opportunities(first: 5) { nodes { title } }
            contacts(first: 5) { nodes { familyName } } } }
        partnerContacts(first: 10) { nodes { familyName } }
        opportunities(first: 10, orderBy: { field: STARTS_ON }) { nodes { title } }
        affiliationAgreements(first: 10, orderBy: { field: ENDS_ON }) { nodes { state } }
    }";
    actor.ok(query, json!({})).await
}

fn texts(rows: &Value, field: &str) -> Vec<String> {
    let rows = rows["nodes"].as_array().expect("nodes");
    let mut texts: Vec<_> =
        rows.iter().map(|row| row[field].as_str().expect("a text").to_owned()).collect();
    texts.sort();
    texts
}

/// Acme with a site, a contact there, a draft and an open offer; Zenith with nothing.
async fn bank(app: &TestApp) -> (Actor, Actor) {
    let (north, acme) = north_and_acme(app).await;
    app.partner("Zenith").await;
    let site = json!({ "name": "Plant", "country": "US", "city": "Mesa" });
    let sites = acme.ok(SITES, json!({ "input": [row("1", "site", site)] })).await;
    let site = &sites["partnerSiteBulkUpsert"]["results"][0]["site"]["id"];
    let contact =
        json!({ "givenName": "Bo", "familyName": "Li", "role": "MENTOR", "siteId": site });
    acme.ok(CONTACTS, json!({ "input": [row("1", "contact", contact)] })).await;
    offer(&acme, "Draft", 1).await;
    let open = open_offer(&acme, "Open", 2).await;
    let update = "mutation($id: ID!, $input: OpportunityInput!) {
        opportunityUpdate(id: $id, input: $input) { opportunity { id } userErrors { code } } }";
    acme.ok(update, json!({ "id": open, "input": { "siteId": site } })).await;
    (north, acme)
}

both! {
    async fn a_partner_sees_all_of_itself_and_nothing_else(app: TestApp) {
        let (_, acme) = bank(&app).await;
        let seen = seen(&acme).await;
        assert_eq!(texts(&seen["partners"], "name"), ["Acme"]);
        assert_eq!(texts(&seen["partnerContacts"], "familyName"), ["Li"]);
        assert_eq!(texts(&seen["opportunities"], "title"), ["Draft", "Open"]);
        assert_eq!(texts(&seen["affiliationAgreements"], "state"), ["ACTIVE"]);
        let own = &seen["partners"]["nodes"][0];
        assert_eq!(own["affiliationAgreements"]["nodes"][0]["district"]["slug"], "north");
        assert_eq!(own["contacts"]["nodes"][0]["site"]["name"], "Plant");
    }

    async fn a_district_with_an_agreement_sees_people_but_no_drafts(app: TestApp) {
        let (north, _) = bank(&app).await;
        let seen = seen(&north).await;
        assert_eq!(texts(&seen["partners"], "name"), ["Acme", "Zenith"]);
        let acme = &seen["partners"]["nodes"][0];
        assert_eq!(acme["sites"]["nodes"], json!([{ "name": "Plant", "partner": { "name": "Acme" } }]));
        assert_eq!(texts(&acme["contacts"], "familyName"), ["Li"]);
        assert_eq!(
            acme["opportunities"]["nodes"],
            json!([{ "title": "Open", "site": { "name": "Plant" } }])
        );
        assert_eq!(
            seen["partnerSites"]["nodes"][0],
            json!({
                "name": "Plant",
                "opportunities": { "nodes": [{ "title": "Open" }] },
                "contacts": { "nodes": [{ "familyName": "Li" }] },
            })
        );
        let agreements = "{ districts(first: 2) { nodes {
            slug affiliationAgreements(first: 5) { nodes { partner { name } } } } } }";
        let found = north.ok(agreements, json!({})).await;
        assert_eq!(
            found["districts"]["nodes"],
            json!([{
                "slug": "north",
                "affiliationAgreements": { "nodes": [{ "partner": { "name": "Acme" } }] },
            }])
        );
    }

    async fn a_district_without_an_agreement_sees_the_public_face(app: TestApp) {
        let (north, _) = bank(&app).await;
        let south = app.client(Tenant::District(app.district("south").await)).await;
        let seen = seen(&south).await;
        assert_eq!(texts(&seen["partners"], "name"), ["Acme", "Zenith"]);
        assert_eq!(texts(&seen["partnerSites"], "name"), ["Plant"]);
        assert_eq!(texts(&seen["opportunities"], "title"), ["Open"]);
        assert_eq!(texts(&seen["partnerContacts"], "familyName"), [""; 0]);
        assert_eq!(texts(&seen["affiliationAgreements"], "state"), [""; 0]);
        assert_eq!(texts(&seen["partners"]["nodes"][0]["contacts"], "familyName"), [""; 0]);

        // By their ids neither.
        let ids = "{ partnerContacts(first: 1) { nodes { id } }
            affiliationAgreements(first: 1) { nodes { id } } }";
        let ids = north.ok(ids, json!({})).await;
        for (field, list) in [
            ("partnerContact", "partnerContacts"),
            ("affiliationAgreement", "affiliationAgreements"),
        ] {
            let id = &ids[list]["nodes"][0]["id"];
            let query = format!("query($id: ID!) {{ {field}(id: $id) {{ id }} node(id: $id) {{ id }} }}");
            assert_eq!(north.ok(&query, json!({ "id": id })).await["node"]["id"], *id);
            let hidden = south.ok(&query, json!({ "id": id })).await;
            assert_eq!(hidden, json!({ field: null, "node": null }));
        }
    }

    async fn the_platform_sees_everything(app: TestApp) {
        bank(&app).await;
        let platform = app.client(Tenant::Platform).await;
        let seen = seen(&platform).await;
        assert_eq!(texts(&seen["partners"], "name"), ["Acme", "Zenith"]);
        assert_eq!(texts(&seen["opportunities"], "title"), ["Draft", "Open"]);
        assert_eq!(texts(&seen["partnerContacts"], "familyName"), ["Li"]);
    }

    async fn a_retired_partner_stays_for_those_who_worked_with_it(app: TestApp) {
        let (north, acme) = bank(&app).await;
        let south = app.client(Tenant::District(app.district("south").await)).await;
        let retire = "mutation($id: ID!) { partnerUpdate(id: $id, input: { status: RETIRED }) {
            partner { status } userErrors { code } } }";
        let retired = acme.ok(retire, json!({ "id": tenant_of(&acme) })).await;
        assert_eq!(retired["partnerUpdate"]["partner"]["status"], "RETIRED");
        let with_agreement = seen(&north).await;
        assert_eq!(texts(&with_agreement["partners"], "name"), ["Acme", "Zenith"]);
        let without = seen(&south).await;
        assert_eq!(texts(&without["partners"], "name"), ["Zenith"]);
        assert_eq!(texts(&without["partnerSites"], "name"), [""; 0]);
        assert_eq!(texts(&without["opportunities"], "title"), [""; 0]);
    }

    async fn the_bank_is_searched_and_sorted(app: TestApp) {
        let (north, acme) = bank(&app).await;
        let query = "query($partner: ID!) {
            partners(first: 5, where: { name: { startsWith: \"Z\" }, status: { eq: ACTIVE },
                kind: { in: [EMPLOYER] } }) { nodes { name } }
            partnerSites(first: 5, where: { city: { eq: \"Mesa\" }, partner: { eq: $partner } })
                { nodes { name } }
            partnerContacts(first: 5, where: { role: { eq: HR } }) { nodes { familyName } }
            opportunities(first: 5, where: { kind: { eq: INTERNSHIP }, state: { eq: OPEN },
                startsOn: { isNull: true }, not: { title: { eq: \"Draft\" } } })
                { nodes { title kind seatsLeft } totalCount { value } }
        }";
        let found = north.ok(query, json!({ "partner": tenant_of(&acme) })).await;
        assert_eq!(texts(&found["partners"], "name"), ["Zenith"]);
        assert_eq!(texts(&found["partnerSites"], "name"), ["Plant"]);
        assert_eq!(texts(&found["partnerContacts"], "familyName"), [""; 0]);
        assert_eq!(
            found["opportunities"],
            json!({
                "nodes": [{ "title": "Open", "kind": "INTERNSHIP", "seatsLeft": 2 }],
                "totalCount": { "value": 1 },
            })
        );
    }
}
