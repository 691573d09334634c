//! From one framework to another: four answers, and the editions that they are drawn from.

use pathbridge::auth::{Scopes, Tenant};
use serde_json::{Value, json};

use super::files::{Files, load_all};
use crate::support::{Actor, TestApp, both};

const QUERY: &str = "query($from: CrosswalkFrom!, $to: ReferenceFramework!) {
    crosswalk(from: $from, to: $to) {
        relation fromVersion toVersion candidateCount
        source { framework version code title }
        candidates { framework version code title }
        releases { dataset name licence }
    }
}";

async fn ask(actor: &Actor, framework: &str, code: &str, to: &str) -> Value {
    let variables = json!({ "from": { "framework": framework, "code": code }, "to": to });
    actor.ok(QUERY, variables).await["crosswalk"].take()
}

/// The relation and the codes of the candidates.
async fn short(actor: &Actor, framework: &str, code: &str, to: &str) -> (String, Vec<String>) {
    let answer = ask(actor, framework, code, to).await;
    let codes = answer["candidates"].as_array().unwrap().iter();
    let codes: Vec<_> = codes.map(|one| one["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(answer["candidateCount"], codes.len());
    (answer["relation"].as_str().unwrap().to_owned(), codes)
}

async fn nobody(app: &TestApp) -> Actor {
    let partner = app.partner("Acme").await;
    app.client_with(Tenant::Partner(partner), Scopes::default()).await
}

both! {
    async fn an_answer_says_what_it_is_worth(app: TestApp) {
        load_all(&app).await;
        let actor = nobody(&app).await;
        let (newer, older) = ("CAREER_CLUSTERS_2024", "CAREER_CLUSTERS_2002");
        for (from, code, to, relation, codes) in [
            ("CIP", "01.0903", "SOC", "EXACT", vec!["29-2056"]),
            ("CIP", "51.3801", "SOC", "BROADER", vec!["29-1141"]),
            ("CIP", "11.0701", "SOC", "AMBIGUOUS", vec!["15-1221", "15-1252"]),
            ("CIP", "01.0508", "SOC", "NONE", vec![]),
            ("CIP", "77.7777", "SOC", "NONE", vec![]),
            ("SOC", "29-1141", "CIP", "AMBIGUOUS", vec!["51.3801", "51.3808"]),
            ("SOC", "15-1252", "CIP", "BROADER", vec!["11.0701"]),
            ("SOC", "25-3041", "CIP", "NONE", vec![]),
            ("SOC", "15-1252", "ONET_SOC", "EXACT", vec!["15-1252.00"]),
            ("SOC", "29-1141", "ONET_SOC", "AMBIGUOUS", vec!["29-1141.00", "29-1141.01"]),
            ("ONET_SOC", "29-1141.01", "SOC", "BROADER", vec!["29-1141"]),
            ("ONET_SOC", "15-1252.00", "SOC", "EXACT", vec!["15-1252"]),
            ("CIP", "51.3801", "ONET_SOC", "AMBIGUOUS", vec!["29-1141.00", "29-1141.01"]),
            ("ONET_SOC", "29-1141.00", older, "BROADER", vec!["health-science"]),
            ("ONET_SOC", "15-1252.00", older, "AMBIGUOUS", vec!["information-technology", "science-technology-engineering-mathematics"]),
            ("ONET_SOC", "15-1252.00", newer, "EXACT", vec!["digital-technology"]),
            ("CIP", "51.3808", older, "BROADER", vec!["health-science"]),
            ("CIP", "51.3808", newer, "BROADER", vec!["healthcare-human-services"]),
            (older, "health-science", "CIP", "AMBIGUOUS", vec!["51.3801", "51.3808"]),
            (older, "finance", newer, "EXACT", vec!["financial-services"]),
            (older, "health-science", newer, "BROADER", vec!["healthcare-human-services"]),
            (newer, "healthcare-human-services", older, "AMBIGUOUS", vec!["health-science", "human-services"]),
            (newer, "financial-services", older, "EXACT", vec!["finance"]),
            // The newer framework dissolved it: one heir on paper is still a choice.
            (older, "science-technology-engineering-mathematics", newer, "AMBIGUOUS", vec!["digital-technology"]),
            (older, "finance", older, "EXACT", vec!["finance"]),
            (older, "astrology", newer, "NONE", vec![]),
        ] {
            let found = short(&actor, from, code, to).await;
            let codes: Vec<_> = codes.into_iter().map(str::to_owned).collect();
            assert_eq!(found, (relation.to_owned(), codes), "{from} {code} to {to}");
        }
    }

    async fn an_answer_names_its_editions_and_titles(app: TestApp) {
        load_all(&app).await;
        let actor = nobody(&app).await;
        assert_eq!(ask(&actor, "CIP", "01.0903", "SOC").await, json!({
            "relation": "EXACT", "fromVersion": "2020", "toVersion": "2018", "candidateCount": 1,
            "source": { "framework": "CIP", "version": "2020", "code": "01.0903", "title": "Animal Health, General" },
            "candidates": [{ "framework": "SOC", "version": "2018", "code": "29-2056", "title": "Veterinary Technologists and Technicians" }],
            "releases": [{ "dataset": "CIP_SOC", "name": "CIP 2020 to SOC 2018", "licence": "Public domain" }],
        }));
        let far = ask(&actor, "CIP", "51.3801", "CAREER_CLUSTERS_2024").await;
        assert_eq!((&far["fromVersion"], &far["toVersion"]), (&json!("2020"), &json!("2024")));
        let datasets: Vec<_> = far["releases"].as_array().unwrap().iter().map(|one| &one["dataset"]).collect();
        assert_eq!(datasets, ["CIP_SOC", "ONET", "CAREER_CLUSTERS"]);
        // Families and groups are known, and codes that were moved away are not.
        let family = ask(&actor, "CIP", "51", "SOC").await;
        assert_eq!((&family["relation"], &family["source"]["title"]), (&json!("NONE"), &json!("HEALTH PROFESSIONS")));
        assert_eq!(ask(&actor, "CIP", "51.1601", "SOC").await["source"], Value::Null);
        assert_eq!(ask(&actor, "CIP", "01.0508", "SOC").await["source"]["title"], "Taxidermy/Taxidermist");
    }

    async fn an_edition_can_be_asked_for(app: TestApp) {
        Files::onet().load_onet_as(&app, "30.2", "2026-02-01").await;
        let files = Files::onet().replace("Occupation Data.txt", "15-1299.00", "15-1252.09");
        files.load_onet_as(&app, "30.3", "2026-05-01").await;
        let actor = nobody(&app).await;
        let asked = async |version: Value| {
            let from = json!({ "framework": "ONET_SOC", "code": "15-1252.09", "version": version });
            actor.gql(QUERY, json!({ "from": from, "to": "SOC" })).await
        };
        let newest = asked(Value::Null).await.body["data"]["crosswalk"].take();
        assert_eq!((&newest["relation"], &newest["fromVersion"]), (&json!("BROADER"), &json!("30.3")));
        assert_eq!(newest["candidates"][0]["title"], "Software Developers", "the whole of it is called so");
        let older = asked(json!("30.2")).await.body["data"]["crosswalk"].take();
        assert_eq!((&older["relation"], &older["fromVersion"]), (&json!("NONE"), &json!("30.2")));
        let unknown = asked(json!("12.0")).await;
        assert_eq!(unknown.codes(), ["BAD_USER_INPUT"]);
        for (framework, version, is_there) in [
            ("CAREER_CLUSTERS_2002", "2002", true), ("CAREER_CLUSTERS_2002", "2024", false), ("CIP", "2010", false),
        ] {
            let from = json!({ "framework": framework, "code": "finance", "version": version });
            let answer = actor.gql(QUERY, json!({ "from": from, "to": "SOC" })).await;
            assert_eq!(answer.codes().is_empty(), is_there, "{framework} {version}");
        }
    }

    async fn without_data_there_is_no_answer(app: TestApp) {
        let actor = nobody(&app).await;
        assert_eq!(ask(&actor, "CIP", "51.3801", "CAREER_CLUSTERS_2024").await, json!({
            "relation": "NONE", "fromVersion": null, "toVersion": null, "candidateCount": 0,
            "source": null, "candidates": [], "releases": [],
        }));
    }
}
