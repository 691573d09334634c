//! Lists of occupations and clusters, and who reads them.

use entity::reference_release::ReferenceDataset;
use pathbridge::auth::{Scopes, Tenant};
use serde_json::{Value, json};

use super::files::{Files, load_all};
use crate::support::{Actor, both};

async fn codes(actor: &Actor, list: &str, filter: Value) -> Vec<String> {
    let kind = if list == "occupations" { "Occupation" } else { "CareerCluster" };
    let query = format!(
        "query($where: {kind}Where) {{ {list}(first: 50, where: $where) {{ nodes {{ code }} }} }}"
    );
    let found = actor.ok(&query, json!({ "where": filter })).await;
    let mut codes: Vec<_> = found[list]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes
}

async fn cluster(actor: &Actor, framework: &str, code: &str) -> String {
    let query = "query($where: CareerClusterWhere) { careerClusters(first: 1, where: $where) { nodes { id } } }";
    let filter = json!({ "framework": { "eq": framework }, "code": { "eq": code } });
    let found = actor.ok(query, json!({ "where": filter })).await;
    found["careerClusters"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

both! {
    async fn occupations_are_found_by_code_title_and_cluster(app: TestApp) {
        load_all(&app).await;
        let district = app.district("mesa").await;
        let actor = app.client(Tenant::District(district)).await;
        let health = cluster(&actor, "CAREER_CLUSTERS_2002", "health-science").await;
        let digital = cluster(&actor, "CAREER_CLUSTERS_2024", "digital-technology").await;
        for (filter, expected) in [
            (json!({ "code": { "startsWith": "29-" } }), vec!["29-1141.00", "29-1141.01"]),
            (json!({ "code": { "eq": "15-1252.00" } }), vec!["15-1252.00"]),
            (json!({ "title": { "startsWith": "Registered" } }), vec!["29-1141.00"]),
            (json!({ "title": { "startsWith": "registered" } }), vec![]),
            (json!({ "cluster": { "eq": health } }), vec!["29-1141.00", "29-1141.01"]),
            (json!({ "cluster": { "in": [health, digital] } }), vec!["15-1252.00", "29-1141.00", "29-1141.01"]),
            (json!({ "cluster": { "in": [] } }), vec![]),
            (json!({ "not": { "cluster": { "eq": health } } }), vec!["15-1252.00", "15-1299.00"]),
            (json!({ "cluster": {} , "isCurrent": { "eq": false } }), vec![]),
        ] {
            assert_eq!(codes(&actor, "occupations", filter.clone()).await, expected, "{filter}");
        }
        let wrong = actor.gql("{ occupations(first: 1, where: { cluster: { eq: \"school_1\" } }) { nodes { id } } }", json!({})).await;
        assert_eq!(wrong.codes(), ["INVALID_ID"]);
        let wrong = actor.gql("{ occupations(first: 1, where: { cluster: { eq: null } }) { nodes { id } } }", json!({})).await;
        assert_eq!(wrong.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(codes(&actor, "careerClusters", json!({ "title": { "startsWith": "Fin" } })).await, ["finance", "financial-services"]);
    }

    async fn an_occupation_tells_its_clusters_and_its_source(app: TestApp) {
        load_all(&app).await;
        let partner = app.partner("Acme").await;
        let actor = app.client_with(Tenant::Partner(partner), Scopes::default()).await;
        let query = "query($code: String!) { occupationByCode(code: $code) {
            title jobZone isCurrent clusters { framework code isCrossCutting release { name } }
            interests { realistic investigative artistic social enterprising conventional release { name attribution } }
        } }";
        let mut found = actor.ok(query, json!({ "code": "29-1141.00" })).await["occupationByCode"].take();
        let attribution = found["interests"]["release"]["attribution"].take();
        let attribution = attribution.as_str().unwrap();
        for word in ["O*NET", "U.S. Department of Labor", "CC BY 4.0", "not approved"] {
            assert!(attribution.contains(word), "{attribution}");
        }
        assert_eq!(found, json!({
            "title": "Registered Nurses", "jobZone": null, "isCurrent": true,
            "clusters": [
                { "framework": "CAREER_CLUSTERS_2002", "code": "health-science", "isCrossCutting": null, "release": { "name": "2024" } },
                { "framework": "CAREER_CLUSTERS_2024", "code": "healthcare-human-services", "isCrossCutting": false, "release": { "name": "2024" } },
            ],
            "interests": {
                "realistic": "3.11", "investigative": "5.00", "artistic": "1.62", "social": "6.70",
                "enterprising": "2.41", "conventional": "4.24", "release": { "name": "2026-02", "attribution": null },
            },
        }));
        let missing = actor.ok(query, json!({ "code": "29-1141" })).await;
        assert_eq!(missing["occupationByCode"], Value::Null);
    }

    async fn the_clusters_of_a_newer_release_take_the_place_of_the_older_ones(app: TestApp) {
        load_all(&app).await;
        let actor = app.client(Tenant::Platform).await;
        let health = cluster(&actor, "CAREER_CLUSTERS_2002", "health-science").await;
        let in_health = json!({ "cluster": { "eq": health } });
        assert_eq!(codes(&actor, "occupations", in_health.clone()).await, ["29-1141.00", "29-1141.01"]);
        let files = Files::clusters().replace(
            "onet_16_clusters_by_soc.csv",
            "Health Science,Therapeutic Services,29-1141.00",
            "Human Services,Therapeutic Services,29-1141.00",
        );
        let options = pathbridge::bulk::reference::LoadOptions {
            name: Some("2025".to_owned()),
            ..super::files::options(files.path(), ReferenceDataset::CareerClusters)
        };
        let report = pathbridge::bulk::reference::load(&app.app, &options, &pathbridge::bulk::import::Silent).await.unwrap();
        assert!(report.is_current);
        assert_eq!(codes(&actor, "occupations", in_health).await, ["29-1141.01"]);
        assert_eq!(cluster(&actor, "CAREER_CLUSTERS_2002", "health-science").await, health, "a cluster keeps its id");
    }

    async fn nothing_is_open_without_a_token_and_nothing_is_in_the_feed(app: TestApp) {
        load_all(&app).await;
        let actor = app.client(Tenant::Platform).await;
        let changes = actor.ok("{ changes(first: 50) { nodes { entityId } } }", json!({})).await;
        assert_eq!(changes["changes"]["nodes"], json!([]));
        let mut stranger = actor.clone();
        stranger.token = "nobody".to_owned();
        let answer = stranger.gql("{ occupations(first: 1) { nodes { id } } }", json!({})).await;
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"]);
    }
}
