//! A district with a school, a few students, and the sample of reference data.

use pathbridge::{auth::Tenant, bulk::reference::sample};
use serde_json::{Value as Json, json};

use crate::support::{Actor, TestApp};

/// The district's client, and ids that the tests name.
pub struct World {
    pub sis: Actor,
    pub school: String,
    pub students: Vec<String>,
}

/// What a batch says of each row.
pub const RESULTS: &str = "userErrors { code path message }";

impl World {
    pub async fn new(app: &TestApp, students: usize) -> Self {
        sample::load(&app.app).await.expect("the sample is loaded");
        let district = app.district("mesa").await;
        let sis = app.client(Tenant::District(district)).await;
        let school = json!([keyed("s", "school", json!({ "name": "East" }))]);
        let school = upsert(&sis, "school", school).await.remove(0);
        let school = school["row"]["id"].as_str().expect("an id").to_owned();
        let row = |at: usize| {
            let student = json!({ "givenName": "Ada", "familyName": format!("N{at}"),
                "schoolId": school, "gradeLevel": if at.is_multiple_of(2) { "9" } else { "10" } });
            keyed(&format!("p{at}"), "student", student)
        };
        let mut ids = Vec::new();
        let all: Vec<_> = (0..students).map(row).collect();
        for some in all.chunks(250) {
            let written = upsert(&sis, "student", json!(some)).await;
            ids.extend(written.iter().map(|one| one["row"]["id"].as_str().unwrap().to_owned()));
        }
        Self { sis, school, students: ids }
    }

    /// Writes one signal; gives its id, or why it was refused.
    pub async fn signal(&self, noun: &str, key: &str, fields: Json) -> Result<String, Json> {
        let written = upsert(&self.sis, noun, json!([keyed(key, noun, fields)])).await.remove(0);
        if written["userErrors"] == json!([]) {
            Ok(written["row"]["id"].as_str().expect("an id").to_owned())
        } else {
            Err(written["userErrors"].clone())
        }
    }

    /// The short form with these scores on a day.
    pub async fn assessed(&self, key: &str, student: usize, scores: [i32; 6], on: &str) -> String {
        let [realistic, investigative, artistic, social, enterprising, conventional] = scores;
        let scores = json!({ "realistic": realistic, "investigative": investigative,
            "artistic": artistic, "social": social, "enterprising": enterprising,
            "conventional": conventional });
        let fields = json!({ "studentId": self.students[student],
            "instrument": "ONET_SHORT_FORM_60", "scores": scores, "takenOn": on });
        self.signal("interestAssessment", key, fields).await.expect("it is written")
    }

    /// The profile of a student.
    pub async fn profile(&self, student: usize, arguments: &str, selection: &str) -> Json {
        let document = format!(
            "query($id: ID!) {{ student(id: $id) {{ interestProfile{arguments} {{ {selection} }} }} }}"
        );
        let id = json!({ "id": self.students[student] });
        self.sis.ok(&document, id).await["student"]["interestProfile"].take()
    }
}

/// A row of a batch under a key of the information system.
pub fn keyed(key: &str, noun: &str, fields: Json) -> Json {
    json!({ "key": { "externalId": { "system": "sis", "value": key } }, noun: fields })
}

/// Sends a batch and gives what became of each row.
pub async fn upsert(actor: &Actor, noun: &str, input: Json) -> Vec<Json> {
    let name = noun[..1].to_uppercase() + &noun[1..];
    let document = format!(
        "mutation($input: [{name}UpsertInput!]!) {{ {noun}BulkUpsert(input: $input) {{ \
         results {{ outcome row: {noun} {{ id }} {RESULTS} }} }} }}"
    );
    let answer = actor.ok(&document, json!({ "input": input })).await;
    answer[format!("{noun}BulkUpsert")]["results"].as_array().expect("results").clone()
}

/// Codes and paths of refusals, below the row.
pub fn refusals(errors: &Json) -> Vec<String> {
    let line = |error: &Json| {
        let path = error["path"].as_array().expect("a path").iter();
        let steps: Vec<_> = path.filter_map(Json::as_str).collect();
        let at = steps.iter().position(|step| step.parse::<usize>().is_ok());
        let below = at.map_or(&steps[..], |at| &steps[at + 2..]);
        format!("{} {}", error["code"].as_str().expect("a code"), below.join("."))
    };
    errors.as_array().expect("refusals").iter().map(line).collect()
}
