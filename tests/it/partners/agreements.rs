//! Agreements on their road from draft to termination.

use chrono::NaiveDate;
use pathbridge::{
    auth::{Caller, Tenant},
    partners::service::affiliation::in_force,
    store::Write,
};
use serde_json::{Value, json};

use super::{expected, north_and_acme, refusals, tenant_of};
use crate::support::{Actor, both};

const CREATE: &str = "mutation($input: AffiliationAgreementCreateInput!) {
  affiliationAgreementCreate(input: $input) {
    affiliationAgreement { id state insuranceAmount } userErrors { code path }
  }
}";
const ACTIVATE: &str = "mutation($id: ID!) {
  affiliationAgreementActivate(id: $id) {
    affiliationAgreement { state }
    userErrors { code path ... on StateError { from to allowed blockers { code clearedBy } } }
  }
}";
const TERMINATE: &str = "mutation($id: ID!, $until: Date) {
  affiliationAgreementTerminate(id: $id, windDownUntil: $until) {
    affiliationAgreement { state windDownUntil } userErrors { code path }
  }
}";

async fn draft(actor: &Actor, partner: &Actor, starts_on: &str, ends_on: &str) -> Value {
    let input = json!({
        "partnerId": tenant_of(partner), "startsOn": starts_on, "endsOn": ends_on,
        "insuranceAmount": "1000000", "insuranceCurrency": "USD",
    });
    let made = actor.ok(CREATE, json!({ "input": input })).await;
    let made = &made["affiliationAgreementCreate"];
    assert_eq!(refusals(made), []);
    assert_eq!(made["affiliationAgreement"]["state"], "DRAFT");
    assert_eq!(made["affiliationAgreement"]["insuranceAmount"], "1000000.00");
    made["affiliationAgreement"]["id"].clone()
}

both! {
    async fn an_agreement_is_signed_and_ended(app: TestApp) {
        let south = app.client(Tenant::District(app.district("south").await)).await;
        let (_, acme) = north_and_acme(&app).await;
        let id = draft(&south, &acme, "2026-09-01", "2027-06-30").await;
        let people = "{ partnerContacts(first: 1) { totalCount { value } } }";
        south.ok(people, json!({})).await;
        let done = south.ok(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(done["affiliationAgreementActivate"]["affiliationAgreement"]["state"], "ACTIVE");
        let twice = south.ok(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(
            twice["affiliationAgreementActivate"]["userErrors"],
            json!([{
                "code": "INVALID_STATE_TRANSITION", "path": ["id"], "from": "ACTIVE",
                "to": "ACTIVE", "allowed": ["TERMINATED"], "blockers": [],
            }])
        );
        let early = south.ok(TERMINATE, json!({ "id": id, "until": "2026-08-31" })).await;
        assert_eq!(
            refusals(&early["affiliationAgreementTerminate"]),
            expected(&[("OUT_OF_RANGE", "windDownUntil")])
        );
        let ended = south.ok(TERMINATE, json!({ "id": id, "until": "2026-12-31" })).await;
        assert_eq!(
            ended["affiliationAgreementTerminate"]["affiliationAgreement"],
            json!({ "state": "TERMINATED", "windDownUntil": "2026-12-31" })
        );
        let update = "mutation($id: ID!) {
            affiliationAgreementUpdate(id: $id, input: { terms: \"x\" }) {
                affiliationAgreement { terms } userErrors { code path } } }";
        let late = south.ok(update, json!({ "id": id })).await;
        assert_eq!(
            refusals(&late["affiliationAgreementUpdate"]),
            expected(&[("READ_ONLY", "input")])
        );
    }

    async fn an_agreement_is_negotiated_and_written_anew(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let id = draft(&north, &acme, "2026-09-01", "2027-06-30").await;
        let step = async |actor: &Actor, step: &str| {
            let query = format!("mutation($id: ID!) {{
              payload: affiliationAgreement{step}(id: $id) {{
                affiliationAgreement {{ state }}
                userErrors {{ code path ... on StateError {{ allowed }} }}
              }}
            }}");
            actor.ok(&query, json!({ "id": id })).await["payload"].take()
        };
        let state = |payload: Value| payload["affiliationAgreement"]["state"].clone();
        let refused = step(&north, "Redraft").await;
        let allowed = json!(["NEGOTIATING", "ACTIVE", "TERMINATED"]);
        assert_eq!(refused["userErrors"][0]["allowed"], allowed);
        assert_eq!(state(step(&north, "Negotiate").await), "NEGOTIATING");
        for name in ["Negotiate", "Redraft"] {
            let refused = step(&acme, name).await;
            assert_eq!(refusals(&refused), expected(&[("READ_ONLY", "id")]), "{name}");
        }
        assert_eq!(state(step(&north, "Redraft").await), "DRAFT");
        assert_eq!(state(step(&north, "Negotiate").await), "NEGOTIATING");
        assert_eq!(state(step(&north, "Activate").await), "ACTIVE");
        let late = step(&north, "Negotiate").await;
        assert_eq!(late["userErrors"][0]["allowed"], json!(["TERMINATED"]));
    }

    async fn the_district_writes_and_the_partner_reads(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let south = app.client(Tenant::District(app.district("south").await)).await;
        let id = draft(&north, &acme, "2026-09-01", "2027-06-30").await;
        let refused = acme.ok(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(
            refusals(&refused["affiliationAgreementActivate"]),
            expected(&[("READ_ONLY", "id")])
        );
        let input = json!({
            "districtId": tenant_of(&north), "partnerId": tenant_of(&acme),
            "startsOn": "2026-09-01", "endsOn": "2026-09-02",
        });
        let refused = acme.ok(CREATE, json!({ "input": input })).await;
        assert_eq!(
            refusals(&refused["affiliationAgreementCreate"]),
            expected(&[("READ_ONLY", "input")])
        );
        let refused = south.ok(CREATE, json!({ "input": input })).await;
        assert_eq!(
            refusals(&refused["affiliationAgreementCreate"]),
            expected(&[("REFERENCE_NOT_FOUND", "input.districtId")])
        );
        for mutation in [ACTIVATE, TERMINATE] {
            let refused = south.ok(mutation, json!({ "id": id })).await;
            let payload = refused.as_object().unwrap().values().next().unwrap();
            assert_eq!(refusals(payload), expected(&[("NOT_FOUND", "id")]));
        }
    }

    async fn an_agreement_that_has_run_out_is_not_signed(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let id = draft(&north, &acme, "2026-06-01", "2026-08-31").await;
        let refused = north.ok(ACTIVATE, json!({ "id": id })).await;
        assert_eq!(
            refused["affiliationAgreementActivate"]["userErrors"][0]["blockers"],
            json!([{ "code": "AFFILIATION_ENDED", "clearedBy": "DISTRICT" }])
        );
        let input = json!({
            "partnerId": tenant_of(&acme), "startsOn": "2026-09-02", "endsOn": "2026-09-01",
            "insuranceAmount": "0", "maxStudents": 0,
        });
        let refused = north.ok(CREATE, json!({ "input": input })).await;
        assert_eq!(
            refusals(&refused["affiliationAgreementCreate"]),
            expected(&[
                ("OUT_OF_RANGE", "input.endsOn"),
                ("OUT_OF_RANGE", "input.maxStudents"),
                ("OUT_OF_RANGE", "input.insuranceAmount"),
                ("REQUIRED", "input.insuranceCurrency"),
            ])
        );
    }

    async fn a_placement_asks_whether_the_agreement_covers_it(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let (Tenant::District(district), Tenant::Partner(partner)) =
            (north.caller.tenant, acme.caller.tenant)
        else {
            unreachable!("a district and a partner");
        };
        let ask = async |caller: &Caller, from: &str, to: &str| {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            let write = Write::begin(&app.app, caller).await.unwrap();
            let asked = in_force(&write, district, partner, day(from), day(to)).await.unwrap();
            asked.err().unwrap_or_default().into_iter().map(|one| one.code).collect::<Vec<_>>()
        };
        // The agreement runs 180 days either way from the first of September.
        for caller in [&north.caller, &acme.caller] {
            assert_eq!(ask(caller, "2026-09-01", "2027-02-28").await, [""; 0]);
            assert_eq!(ask(caller, "2026-09-01", "2027-03-01").await, ["AFFILIATION_ENDS_EARLY"]);
            assert_eq!(ask(caller, "2027-03-01", "2027-03-02").await, ["AFFILIATION_MISSING"]);
        }
        let other = app.client(Tenant::Partner(app.partner("Zenith").await)).await;
        assert_eq!(
            ask(&other.caller, "2026-09-01", "2026-09-02").await,
            ["AFFILIATION_MISSING"],
            "nothing is told of another's agreement"
        );
    }
}
