//! A district, its partner, some opportunities and students with lists.

use entity::id::PartnerId;
use pathbridge::auth::Tenant;
use serde_json::{Value as Json, json};

use crate::support::{Actor, TestApp};

/// Everything around a run.
pub struct World {
    pub partner: PartnerId,
    pub sis: Actor,
}

impl World {
    pub async fn new(app: &TestApp) -> Self {
        let district = app.district("north").await;
        let partner = app.partner("Mercy").await;
        app.affiliate(district, partner).await;
        let sis = app.client(Tenant::District(district)).await;
        Self { partner, sis }
    }

    /// Sends rows of a type under keys of their own, and gives their ids.
    pub async fn send(&self, noun: &str, rows: &[(&str, Json)]) -> Vec<String> {
        let answer = self.try_to_send(noun, rows).await;
        let results = answer["results"].as_array().expect("results");
        let rows = results.iter().map(|row| match row[noun]["id"].as_str() {
            Some(id) => id.to_owned(),
            None => panic!("{answer:#}"),
        });
        rows.collect()
    }

    /// The same, and what comes of it.
    pub async fn try_to_send(&self, noun: &str, rows: &[(&str, Json)]) -> Json {
        let (head, tail) = noun.split_at(1);
        let type_name = format!("{}{tail}", head.to_uppercase());
        let mutation = format!(
            "mutation($rows: [{type_name}UpsertInput!]!) {{ {noun}BulkUpsert(input: $rows) {{
                results {{ outcome {noun} {{ id }} userErrors {{ code path message }} }} }} }}"
        );
        let row = |(key, fields): &(&str, Json)| json!({ "key": { "externalId": { "system": "sis", "value": key } }, noun: fields });
        let rows: Vec<_> = rows.iter().map(row).collect();
        self.sis.ok(&mutation, json!({ "rows": rows })).await[format!("{noun}BulkUpsert")].take()
    }

    /// Students of these names.
    pub async fn students(&self, names: &[&str]) -> Vec<String> {
        let fields = |name: &str| {
            json!({ "givenName": name, "familyName": "Byron", "birthDate": "2009-05-01",
                "gradeLevel": "11" })
        };
        let rows: Vec<_> = names.iter().map(|name| (*name, fields(name))).collect();
        self.send("student", &rows).await
    }

    /// An opportunity that is open.
    pub async fn offer(&self, key: &str, more: Json) -> String {
        let partner = pathbridge::typeid::encode(self.partner);
        let mut fields = json!({ "partnerId": partner, "title": key, "kind": "INTERNSHIP",
            "seats": 1, "startsOn": "2026-09-14", "endsOn": "2026-12-11" });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let id = self.send("opportunity", &[(key, fields)]).await.remove(0);
        self.step("opportunityOpen", "opportunity", &id).await;
        id
    }

    /// A list of wishes.
    pub async fn wishes(&self, student: &str, offers: &[&str]) {
        let row = |(at, offer): (usize, &&str)| {
            let fields = json!({ "studentId": student, "opportunityId": offer, "rank": at + 1 });
            (format!("{student} {at}"), fields)
        };
        let rows: Vec<_> = offers.iter().enumerate().map(row).collect();
        let rows: Vec<_> =
            rows.iter().map(|(key, fields)| (key.as_str(), fields.clone())).collect();
        self.send("placementPreference", &rows).await;
    }

    /// A mutation that takes an id alone and must succeed.
    pub async fn step(&self, mutation: &str, noun: &str, id: &str) {
        let answer = self.try_step(mutation, noun, id).await;
        assert_eq!(answer["userErrors"], json!([]), "{mutation}");
    }

    /// A mutation that takes an id alone.
    pub async fn try_step(&self, mutation: &str, noun: &str, id: &str) -> Json {
        let document = format!(
            "mutation($id: ID!) {{ {mutation}(id: $id) {{ {noun} {{ id }} userErrors {{ code message
                ... on StateError {{ blockers {{ code message }} }} }} }} }}"
        );
        self.sis.ok(&document, json!({ "id": id })).await[mutation].take()
    }

    /// A run; its id.
    pub async fn run(&self, more: Json) -> String {
        let answer = self.try_run(more).await;
        let id = answer["matchRun"]["id"].as_str();
        id.unwrap_or_else(|| panic!("{answer:#}")).to_owned()
    }

    /// A run, or why there is none.
    pub async fn try_run(&self, more: Json) -> Json {
        let mut input = json!({ "name": "Spring", "seed": "s", "startsOn": "2026-09-14",
            "endsOn": "2026-12-11" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mutation = "mutation($input: MatchRunCreateInput!) { matchRunCreate(input: $input) {
            matchRun { id } userErrors { code path message } } }";
        self.sis.ok(mutation, json!({ "input": input })).await["matchRunCreate"].take()
    }

    /// What a run says: student, what they get, and what they wanted more.
    pub async fn results(&self, run: &str) -> Vec<(String, Option<String>, Vec<String>)> {
        let query = "query($id: ID!) { matchRun(id: $id) { results(first: 50) { nodes {
            student { givenName } opportunity { title }
            passedOver { rank reason opportunity { title } } } } } }";
        let answer = self.sis.ok(query, json!({ "id": run })).await;
        let nodes = answer["matchRun"]["results"]["nodes"].as_array().unwrap().clone();
        let text = |json: &Json| json.as_str().map(str::to_owned);
        let passed = |one: &Json| {
            let title = text(&one["opportunity"]["title"]).unwrap();
            format!("{} {title} {}", one["rank"], text(&one["reason"]).unwrap())
        };
        let mut results: Vec<_> = nodes
            .iter()
            .map(|node| {
                let passed_over = node["passedOver"].as_array().unwrap();
                let student = text(&node["student"]["givenName"]).unwrap();
                (
                    student,
                    text(&node["opportunity"]["title"]),
                    passed_over.iter().map(passed).collect(),
                )
            })
            .collect();
        results.sort();
        results
    }
}
