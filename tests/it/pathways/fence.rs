//! Every way that a partner might try.

use entity::{
    api_client, pathway, pathway_course, pathway_credential, pathway_definition, pathway_enrollment,
};
use pathbridge::{
    auth::{
        Caller, Scope, Scopes, Tenant,
        client::{self, NewClient},
    },
    changes,
    store::{Visible, visible},
};
use serde_json::{Value as Json, json};

use crate::support::{
    Actor, TestApp, both,
    seed::{self, Row, Side},
};

const ROWS: [&str; 5] = ["pathway", "pathcourse", "credential", "participation", "definition"];
const TYPES: [(&str, &str); 5] = [
    ("pathway", "Pathway"),
    ("pathwayCourse", "PathwayCourse"),
    ("pathwayCredential", "PathwayCredential"),
    ("pathwayEnrollment", "PathwayEnrollment"),
    ("pathwayDefinition", "PathwayDefinition"),
];

/// Asks, and fails when the answer tells anything of a row. An id that the question itself named
/// says nothing.
async fn asked(actor: &Actor, hidden: &[Row], document: &str, variables: Json) -> (Json, String) {
    let answer = actor.gql(document, variables.clone()).await;
    let text = answer.body.to_string();
    for row in hidden {
        assert!(!text.contains(&row.marker), "{document} with {variables}: {text}");
        let own = variables.to_string().contains(&row.id());
        assert!(own || !text.contains(&row.id()), "{document} with {variables}: {text}");
    }
    assert!(!answer.codes().contains(&"INTERNAL"), "{document}: {text}");
    let code = answer.codes().first().map_or(String::new(), |code| (*code).to_owned());
    (answer.body["data"].clone(), code)
}

/// The document is refused before anything runs.
async fn forbidden(actor: &Actor, hidden: &[Row], document: &str, variables: Json) {
    let (data, code) = asked(actor, hidden, document, variables.clone()).await;
    assert_eq!((&data, code.as_str()), (&Json::Null, "FORBIDDEN"), "{document} with {variables}");
}

async fn world(app: &TestApp) -> (Side, Vec<Row>, Actor) {
    let side = seed::side(app, "a").await;
    let hidden = side.only(&ROWS);
    // The token says that it holds everything.
    let portal = app.client_with(Tenant::Partner(side.partner), Scopes::all()).await;
    (side, hidden, portal)
}

async fn seen<E: Visible>(app: &TestApp, caller: &Caller) -> usize {
    visible::<E>(caller).all(app.app.db.writer()).await.expect("an answer").len()
}

both! {
    async fn no_partner_is_granted_the_scopes_or_sees_a_row(app: TestApp) {
        let (side, _, portal) = world(&app).await;
        for scope in [Scope::PathwaysRead, Scope::PathwaysWrite] {
            let new = NewClient {
                kind: api_client::ApiClientKind::Partner,
                tenant: Some(pathbridge::typeid::encode(side.partner)),
                name: "portal".to_owned(),
                scopes: Scopes::from_iter([scope]),
                public_key: None,
            };
            let refused = client::create(&app.app, new).await.expect_err("it is refused");
            assert!(format!("{refused:?}").contains("cannot be granted"), "{refused:?}");
        }
        let caller = Caller { scopes: Scopes::all(), ..portal.caller };
        assert_eq!(seen::<pathway::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<pathway_course::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<pathway_credential::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<pathway_enrollment::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<pathway_definition::Entity>(&app, &caller).await, 0);
    }

    async fn no_question_reaches_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        for ((field, kind), prefix) in TYPES.into_iter().zip(ROWS) {
            let row = side.row(prefix, 1);
            let id = json!({ "id": row.id() });
            forbidden(&portal, &hidden, &format!("query($id: ID!) {{ {field}(id: $id) {{ id }} }}"), id.clone()).await;
            forbidden(&portal, &hidden, &format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ id }} }} }}"), id.clone()).await;
            for document in [
                "query($id: ID!) { node(id: $id) { __typename id } }",
                "query($id: ID!) { nodes(ids: [$id]) { __typename id } }",
            ] {
                let (_, code) = asked(&portal, &hidden, document, id.clone()).await;
                assert_eq!(code, "FORBIDDEN", "{document} {kind}");
            }
            let key = json!({ "key": { "externalId": { "system": "zz", "value": row.marker } } });
            let document = format!("query($key: KeyInput!) {{ {field}ByKey(key: $key) {{ id }} }}");
            assert_eq!(portal.gql(&document, key).await.codes(), ["FORBIDDEN"], "{document}");
            for arguments in [
                "first: 1".to_owned(),
                format!("first: 1, where: {{ id: {{ eq: \"{}\" }} }}", row.id()),
                "first: 1, orderBy: { field: UPDATED_AT }".to_owned(),
            ] {
                let document = format!("{{ {field}s({arguments}) {{ nodes {{ id }} totalCount {{ value }} }} }}");
                forbidden(&portal, &hidden, &document, json!({ "own": row.id() })).await;
            }
        }
    }

    async fn no_edge_leads_to_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let student = json!({ "id": side.row("student", 1).id() });
        let (data, code) = asked(&portal, &hidden, "query($id: ID!) { student(id: $id) { id } }", student.clone()).await;
        assert_eq!((&data["student"]["id"], code.as_str()), (&student["id"], ""), "the partner sees the student itself");
        for edge in [
            "pathwayEnrollments(first: 1) { nodes { id } }",
            "pathwayEnrollments(first: 1) { nodes { progress { level } } }",
            "pathwayProgress { level }",
            "pathwayProgress(asOf: \"2026-08-01\") { courses { state } }",
            "pathwayRecommendations { rank }",
            "pathwayRecommendations { interestFit { correlation } }",
            "pathwayEnrollments(first: 1, orderBy: { field: STARTED_ON }) { nodes { pathway { name } } }",
        ] {
            for document in [
                format!("query($id: ID!) {{ student(id: $id) {{ {edge} }} }}"),
                format!("query($id: ID!) {{ node(id: $id) {{ ... on Student {{ {edge} }} }} }}"),
                format!("{{ placements(first: 1) {{ nodes {{ student {{ {edge} }} }} }} }}"),
            ] {
                forbidden(&portal, &hidden, &document, student.clone()).await;
            }
        }
        let district = "{ districts(first: 1) { nodes { pathways(first: 1) { nodes { id } } } } }";
        forbidden(&portal, &hidden, district, json!({})).await;
        // Not even how many there are.
        let count = "query($id: ID!) { student(id: $id) { pathwayEnrollments(first: 1) { totalCount { value } } } }";
        forbidden(&portal, &hidden, count, student).await;
    }

    async fn nothing_can_be_written_or_learnt_from_a_refusal(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        for ((field, kind), prefix) in TYPES.into_iter().zip(ROWS) {
            let row = side.row(prefix, 1);
            let update = format!("mutation($id: ID!) {{ {field}Update(id: $id, input: {{ status: RETIRED }}) {{ userErrors {{ message }} }} }}");
            forbidden(&portal, &hidden, &update, json!({ "id": row.id() })).await;
            let upsert = format!("mutation($input: [{kind}UpsertInput!]!) {{ {field}BulkUpsert(input: $input) {{ results {{ outcome }} }} }}");
            let input = json!({ "input": [{ "key": { "id": row.id() }, field: { "status": "RETIRED" } }] });
            forbidden(&portal, &hidden, &upsert, input).await;
        }
    }

    async fn no_change_export_or_delivery_tells_of_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let sis = app.client(Tenant::District(side.district)).await;
        let pathway = side.row("pathway", 1).id();
        let update = "mutation($id: ID!, $name: String!) { pathwayUpdate(id: $id, input: { name: $name }) { userErrors { message } } }";
        sis.ok(update, json!({ "id": pathway, "name": "zz-new" })).await;
        changes::sequence_now(&app.app).await.expect("a round");
        let ask = "query($types: [EntityType!]) { changes(first: 250, types: $types) { nodes { entityId type changedFields node { id } } } }";
        let types = json!({ "types": ["PATHWAY", "PATHWAY_ENROLLMENT"] });
        let own = sis.ok(ask, types.clone()).await;
        assert!(own.to_string().contains(&pathway), "the district is told: {own}");
        for variables in [json!({}), types] {
            let (data, _) = asked(&portal, &hidden, ask, variables).await;
            let text = data.to_string();
            assert!(!text.contains("PATHWAY") && !text.contains("zz-new"), "{text}");
        }
        let hook = json!({ "input": { "url": "https://example.org/hooks", "types": ["PATHWAY"] } });
        let document = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { webhookEndpoint { id } userErrors { code } } }";
        asked(&portal, &hidden, document, hook).await;
        sis.ok(update, json!({ "id": pathway, "name": "zz-newer" })).await;
        changes::sequence_now(&app.app).await.expect("a round");
        let (data, _) = asked(&portal, &hidden, "{ webhookDeliveries(first: 50) { nodes { body entityId } } }", json!({})).await;
        assert!(!data.to_string().contains("pathway_"), "{data}");
        let export = "mutation($query: String!) { bulkExportCreate(input: { query: $query }) { job { id } userErrors { code } } }";
        let query = json!({ "query": "{ pathwayEnrollments { nodes { id } } }" });
        let (data, _) = asked(&portal, &hidden, export, query).await;
        assert_eq!(data["bulkExportCreate"]["job"], Json::Null, "{data}");
    }
}
