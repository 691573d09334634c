//! What an opportunity and its partner must look like.

use pathbridge::auth::Tenant;
use serde_json::json;

use super::{
    CONTACTS, CREATE_OFFER, OPEN, SITES, UPDATE_OFFER, expected, north_and_acme, offer, refusals,
    row,
};
use crate::support::both;

both! {
    async fn all_that_is_wrong_is_told_at_once(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let input = json!({
            "title": " ", "occupationCode": "29-1141", "hourlyWage": "17.50", "minimumAge": 11,
            "weeklyMinutes": 0, "startsOn": "2026-09-02", "endsOn": "2026-09-01", "seats": 501,
        });
        let refused = acme.ok(CREATE_OFFER, json!({ "input": input })).await;
        assert_eq!(
            refusals(&refused["opportunityCreate"]),
            expected(&[
                ("REQUIRED", "input.title"),
                ("REQUIRED", "input.kind"),
                ("INVALID_FORMAT", "input.occupationCode"),
                ("OUT_OF_RANGE", "input.minimumAge"),
                ("OUT_OF_RANGE", "input.weeklyMinutes"),
                ("OUT_OF_RANGE", "input.hourlyWage"),
                ("REQUIRED", "input.wageCurrency"),
                ("OUT_OF_RANGE", "input.endsOn"),
                ("OUT_OF_RANGE", "input.seats"),
            ])
        );
        let count = "{ opportunities(first: 1) { totalCount { value } } }";
        let count = acme.ok(count, json!({})).await;
        assert_eq!(count["opportunities"]["totalCount"]["value"], 0, "nothing was written");
    }

    async fn a_wage_makes_the_work_paid(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let id = offer(&acme, "Offer", 1).await;
        let update = async |input: serde_json::Value| {
            let variables = json!({ "id": id, "input": input });
            acme.ok(UPDATE_OFFER, variables).await["opportunityUpdate"].clone()
        };
        let paid = update(json!({ "isPaid": true })).await;
        assert_eq!(paid["opportunity"]["hourlyWage"], json!(null), "no wage need be told");
        let bare = update(json!({ "hourlyWage": "17.5" })).await;
        assert_eq!(refusals(&bare), expected(&[("REQUIRED", "input.wageCurrency")]));
        let wage = update(json!({ "hourlyWage": "17.5", "wageCurrency": "USD" })).await;
        assert_eq!(wage["opportunity"]["hourlyWage"], "17.50");
        assert_eq!(wage["opportunity"]["version"], "3");
        let unpaid = update(json!({ "isPaid": false })).await;
        assert_eq!(refusals(&unpaid), expected(&[("OUT_OF_RANGE", "input.hourlyWage")]));
        let bad = update(json!({ "hourlyWage": "0", "wageCurrency": "usd" })).await;
        assert_eq!(
            refusals(&bad),
            expected(&[("OUT_OF_RANGE", "input.hourlyWage"), ("INVALID_FORMAT", "input.wageCurrency")])
        );
        let clear = json!({ "isPaid": false, "hourlyWage": null, "wageCurrency": null });
        let cleared = update(clear).await["opportunity"].clone();
        assert_eq!(
            cleared,
            json!({
                "version": "4", "seats": 1, "isPaid": false, "hourlyWage": null,
                "wageCurrency": null,
            })
        );
    }

    async fn codes_and_addresses_have_their_form(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let create = "mutation($input: PartnerInput!) { partnerCreate(input: $input) {
            partner { id } userErrors { code path } } }";
        let input = json!({ "naics": "x", "website": "acme.org" });
        let refused = north.ok(create, json!({ "input": input })).await;
        assert_eq!(
            refusals(&refused["partnerCreate"]),
            expected(&[
                ("REQUIRED", "input.name"),
                ("REQUIRED", "input.kind"),
                ("INVALID_FORMAT", "input.naics"),
                ("INVALID_FORMAT", "input.website"),
            ])
        );
        let site = json!({ "name": "Plant", "country": "UK" });
        let refused = acme.ok(SITES, json!({ "input": [row("1", "site", &site)] })).await;
        assert_eq!(
            refusals(&refused["partnerSiteBulkUpsert"]["results"][0]),
            expected(&[("INVALID_FORMAT", "input.0.site.country")])
        );
        let contact = json!({ "givenName": "Bo", "familyName": "", "email": "b o", "role": "HR" });
        let refused = acme.ok(CONTACTS, json!({ "input": [row("1", "contact", &contact)] })).await;
        assert_eq!(
            refusals(&refused["partnerContactBulkUpsert"]["results"][0]),
            expected(&[("REQUIRED", "input.0.contact.familyName"), ("INVALID_FORMAT", "input.0.contact.email")])
        );
        let made = json!({ "input": { "name": "Zenith", "kind": "AGENCY", "naics": "62" } });
        let made = north.ok(create, made).await;
        assert_eq!(refusals(&made["partnerCreate"]), []);
    }

    async fn an_offer_opens_and_closes(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let id = offer(&acme, "Offer", 1).await;
        let close = "mutation($id: ID!, $version: Long) {
            opportunityClose(id: $id, expectedVersion: $version) {
                opportunity { state } userErrors { code path } } }";
        let stale = acme.ok(close, json!({ "id": id, "version": "7" })).await;
        assert_eq!(
            refusals(&stale["opportunityClose"]),
            expected(&[("VERSION_CONFLICT", "expectedVersion")])
        );
        let opened = acme.ok(OPEN, json!({ "id": id })).await;
        assert_eq!(opened["opportunityOpen"]["opportunity"]["state"], "OPEN");
        let twice = acme.ok(OPEN, json!({ "id": id })).await;
        assert_eq!(
            twice["opportunityOpen"]["userErrors"],
            json!([{
                "code": "INVALID_STATE_TRANSITION", "path": ["id"], "from": "OPEN", "to": "OPEN",
                "allowed": ["CLOSED"], "blockers": [],
            }])
        );
        let closed = acme.ok(close, json!({ "id": id })).await;
        assert_eq!(closed["opportunityClose"]["opportunity"]["state"], "CLOSED");
        let ended = json!({ "id": id, "input": { "endsOn": "2026-08-31" } });
        acme.ok(UPDATE_OFFER, ended).await;
        let late = acme.ok(OPEN, json!({ "id": id })).await;
        let blockers = &late["opportunityOpen"]["userErrors"][0]["blockers"];
        assert_eq!(*blockers, json!([{ "code": "OPPORTUNITY_ENDED" }]));
    }

    async fn another_partners_offer_is_out_of_reach(app: TestApp) {
        let (_, acme) = north_and_acme(&app).await;
        let id = offer(&acme, "Offer", 1).await;
        let other = app.client(Tenant::Partner(app.partner("Zenith").await)).await;
        let opened = other.ok(OPEN, json!({ "id": id })).await;
        assert_eq!(refusals(&opened["opportunityOpen"]), expected(&[("NOT_FOUND", "id")]));
        let update = json!({ "id": id, "input": { "title": "Mine" } });
        let updated = other.ok(UPDATE_OFFER, update).await;
        assert_eq!(refusals(&updated["opportunityUpdate"]), expected(&[("NOT_FOUND", "id")]));
    }
}
