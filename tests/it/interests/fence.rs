//! Every way that a partner might try.

use entity::{
    api_client, career_exposure, career_goal, career_survey, career_survey_question,
    career_survey_response, id::ApiClientId, interest_assessment, interest_standing,
};
use pathbridge::{
    auth::{
        Caller, Class, Scope, Scopes, Tenant,
        client::{self, NewClient},
        token,
    },
    changes,
    store::{Visible, visible},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value as Json, json};

use crate::support::{
    Actor, TestApp, both,
    seed::{self, Row, Side},
};

const SIGNALS: [&str; 6] = ["assessment", "survey", "question", "response", "exposure", "goal"];
const TYPES: [(&str, &str); 6] = [
    ("interestAssessment", "InterestAssessment"),
    ("careerSurvey", "CareerSurvey"),
    ("careerSurveyQuestion", "CareerSurveyQuestion"),
    ("careerSurveyResponse", "CareerSurveyResponse"),
    ("careerExposure", "CareerExposure"),
    ("careerGoal", "CareerGoal"),
];

const INTERESTS: [Scope; 2] = [Scope::InterestsRead, Scope::InterestsWrite];

/// Asks, and fails when the answer tells anything of a signal. An id that the question itself named
/// says nothing.
pub async fn asked(
    actor: &Actor,
    hidden: &[Row],
    document: &str,
    variables: Json,
) -> (Json, String) {
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

/// Each document is refused before anything runs.
pub async fn forbidden(actor: &Actor, hidden: &[Row], document: &str, variables: Json) {
    let (data, code) = asked(actor, hidden, document, variables.clone()).await;
    assert_eq!((&data, code.as_str()), (&Json::Null, "FORBIDDEN"), "{document} with {variables}");
}

pub async fn world(app: &TestApp) -> (Side, Vec<Row>, Actor) {
    let side = seed::side(app, "a").await;
    let hidden = side.only(&SIGNALS);
    // The token says that it holds everything.
    let portal = app.client_with(Tenant::Partner(side.partner), Scopes::all()).await;
    (side, hidden, portal)
}

both! {
    async fn no_partner_is_granted_the_scopes(app: TestApp) {
        let side = seed::side(&app, "a").await;
        for scope in INTERESTS {
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
    }

    async fn a_grant_that_slipped_into_the_table_grants_nothing(app: TestApp) {
        let side = seed::side(&app, "a").await;
        let portal = app.client(Tenant::Partner(side.partner)).await;
        let id: ApiClientId = portal.caller.client;
        let row = api_client::ActiveModel {
            id: Set(id),
            scopes: Set(Scopes::all().to_string()),
            ..Default::default()
        };
        row.update(app.app.db.writer()).await.expect("the row is changed");
        let found = client::find(&app.app, &pathbridge::typeid::encode(id)).await.unwrap().unwrap();
        assert!(INTERESTS.iter().all(|scope| !found.scopes.contains(*scope)), "{}", found.scopes);
        assert!(found.scopes.contains(Scope::PlacementsRead));
        let signed = token::issue(&app.app, &found, Scopes::all()).expect("a token");
        let caller = token::authenticate(&app.app, &signed).await.expect("a caller");
        assert!(INTERESTS.iter().all(|scope| !caller.scopes.contains(*scope)), "{}", caller.scopes);
        assert!(!caller.may_see(Class::Interest));
    }

    async fn no_row_is_visible_whatever_the_scopes(app: TestApp) {
        let (_, _, portal) = world(&app).await;
        let caller = Caller { scopes: Scopes::all(), ..portal.caller };
        assert_eq!(seen::<interest_assessment::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<career_survey::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<career_survey_question::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<career_survey_response::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<career_exposure::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<career_goal::Entity>(&app, &caller).await, 0);
        assert_eq!(seen::<interest_standing::Entity>(&app, &caller).await, 0);
    }

    async fn no_question_reaches_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let student = side.row("student", 1).id();
        let (data, code) = asked(&portal, &hidden, "query($id: ID!) { student(id: $id) { id } }", json!({ "id": student })).await;
        assert_eq!((&data["student"]["id"], code.as_str()), (&json!(student), ""), "the partner sees the student itself");
        for ((field, kind), prefix) in TYPES.into_iter().zip(SIGNALS) {
            let row = side.row(prefix, 1);
            let id = json!({ "id": row.id() });
            let many = format!("{field}s");
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
            let variables = key;
            let answer = portal.gql(&document, variables).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{document}");
            for arguments in [
                "first: 1".to_owned(),
                format!("first: 1, where: {{ id: {{ eq: \"{}\" }} }}", row.id()),
                "first: 1, orderBy: { field: UPDATED_AT }".to_owned(),
            ] {
                forbidden(&portal, &hidden, &format!("{{ {many}({arguments}) {{ nodes {{ id }} totalCount {{ value }} }} }}"), json!({ "own": row.id() })).await;
            }
        }
        for edge in [
            "interestAssessments(first: 1) { nodes { id } }",
            "careerSurveyResponses(first: 1) { nodes { id } }",
            "careerExposures(first: 1) { nodes { rating } }",
            "careerGoals(first: 1, orderBy: { field: SET_ON }) { nodes { id } }",
            "careerGoals(first: 1) { totalCount { value } }",
            "careerExposures(first: 1) { pageInfo { hasNextPage } }",
            "interestProfile { hollandCode }",
            "interestProfile(asOf: \"2026-08-01\") { occupations { rank } }",
        ] {
            let document = format!("query($id: ID!) {{ student(id: $id) {{ {edge} }} }}");
            forbidden(&portal, &hidden, &document, json!({ "id": student })).await;
            let root = "query($id: ID!) { interestProfile(studentId: $id) { hollandCode } }";
            forbidden(&portal, &hidden, root, json!({ "id": student })).await;
            let through = format!("{{ placements(first: 1) {{ nodes {{ student {{ {edge} }} }} }} }}");
            forbidden(&portal, &hidden, &through, json!({})).await;
            let typed = format!("query($id: ID!) {{ node(id: $id) {{ ... on Student {{ {edge} }} }} }}");
            forbidden(&portal, &hidden, &typed, json!({ "id": student })).await;
        }
        let school = json!({ "id": side.row("school", 1).id() });
        forbidden(&portal, &hidden, "query($id: ID!) { interestSummary(schoolId: $id) { students } }", school).await;
    }

    async fn no_score_can_be_sorted_or_filtered_by(app: TestApp) {
        let (side, _, _) = world(&app).await;
        let sis = app.client(Tenant::District(side.district)).await;
        for arguments in [
            "orderBy: { field: REALISTIC }",
            "orderBy: { field: RATING }",
            "where: { realistic: { gt: 5 } }",
            "where: { rating: { eq: 5 } }",
        ] {
            for list in ["students", "interestAssessments", "careerExposures"] {
                let document = format!("{{ {list}(first: 1, {arguments}) {{ nodes {{ id }} }} }}");
                let answer = sis.gql(&document, json!({})).await;
                assert_eq!(answer.codes().first(), Some(&"GRAPHQL_VALIDATION_FAILED"), "{document}");
            }
        }
    }

    async fn nothing_can_be_written_or_learnt_from_a_refusal(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let student = side.row("student", 1).id();
        for ((field, kind), prefix) in TYPES.into_iter().zip(SIGNALS) {
            let row = side.row(prefix, 1);
            let update = format!("mutation($id: ID!) {{ {field}Update(id: $id, input: {{ status: RETIRED }}) {{ userErrors {{ message }} }} }}");
            forbidden(&portal, &hidden, &update, json!({ "id": row.id() })).await;
            let upsert = format!("mutation($input: [{kind}UpsertInput!]!) {{ {field}BulkUpsert(input: $input) {{ results {{ outcome }} }} }}");
            let fields = if matches!(prefix, "survey" | "question") { json!({}) } else { json!({ "studentId": student }) };
            let input = json!({ "input": [{ "key": { "id": row.id() }, field: fields }] });
            forbidden(&portal, &hidden, &upsert, input).await;
        }
    }

    async fn the_log_of_changes_does_not_tell_of_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let sis = app.client(Tenant::District(side.district)).await;
        let goal = side.row("goal", 2).id();
        let update = "mutation($id: ID!) { careerGoalUpdate(id: $id, input: { statement: \"zz-new\" }) { userErrors { message } } }";
        sis.ok(update, json!({ "id": goal })).await;
        changes::sequence_now(&app.app).await.expect("a round");
        let ask = "query($types: [EntityType!]) { changes(first: 250, types: $types) { nodes { entityId type changedFields node { id } } } }";
        let types = json!({ "types": ["CAREER_GOAL", "INTEREST_ASSESSMENT"] });
        let own = sis.ok(ask, types.clone()).await;
        assert!(own.to_string().contains(&goal), "the district is told: {own}");
        for variables in [json!({}), types] {
            let (data, _) = asked(&portal, &hidden, ask, variables).await;
            let text = data.to_string();
            assert!(!text.contains("CAREER_GOAL") && !text.contains("zz-new"), "{text}");
        }
        let hook = json!({ "input": { "url": "https://example.org/hooks", "types": ["CAREER_GOAL"] } });
        let document = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { webhookEndpoint { id } userErrors { code } } }";
        asked(&portal, &hidden, document, hook).await;
        sis.ok(update, json!({ "id": goal })).await;
        changes::sequence_now(&app.app).await.expect("a round");
        let (data, _) = asked(&portal, &hidden, "{ webhookDeliveries(first: 50) { nodes { body entityId } } }", json!({})).await;
        assert!(!data.to_string().contains("goal_"), "{data}");
    }
}

async fn seen<E: Visible>(app: &TestApp, caller: &Caller) -> usize {
    visible::<E>(caller).all(app.app.db.writer()).await.expect("an answer").len()
}
