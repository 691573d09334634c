//! A district's information system at work: one row of every kind, under its own keys.

use pathbridge::auth::Tenant;
use serde_json::{Value, json};

use crate::support::{Actor, TestApp};

/// A district's client, and what it has written.
pub struct World {
    /// The client.
    pub sis: Actor,
    /// The global ids of what it wrote.
    pub ids: Ids,
}

/// One row of each kind.
pub struct Ids {
    pub school: String,
    pub session: String,
    pub student: String,
    pub guardian: String,
    pub staff: String,
    pub course: String,
    pub class: String,
    pub enrollment: String,
}

/// A row of a batch under a key of the information system.
pub fn row(noun: &str, key: &str, fields: &Value) -> Value {
    json!({ "key": { "externalId": { "system": "sis", "value": key } }, noun: fields })
}

/// Sends a batch and gives its payload.
pub async fn batch(actor: &Actor, noun: &str, rows: Vec<Value>, policy: &str) -> Value {
    let name = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
    let query = format!(
        "mutation($input: [{name}UpsertInput!]!) {{
          payload: {noun}BulkUpsert(input: $input, errorPolicy: {policy}) {{
            counts {{ created updated unchanged rejected }}
            results {{
              index outcome row: {noun} {{ id version createdAt updatedAt }}
              userErrors {{
                __typename code path
                ... on ConflictError {{ currentVersion current {{ id }} }}
                ... on DuplicateError {{ existing {{ id }} }}
              }}
            }}
          }}
        }}"
    );
    actor.ok(&query, json!({ "input": rows })).await["payload"].take()
}

/// Sends one row and gives its result.
pub async fn send(actor: &Actor, noun: &str, key: &str, fields: &Value) -> Value {
    batch(actor, noun, vec![row(noun, key, fields)], "REJECT_ALL").await["results"][0].take()
}

/// Sends one row, which must be written, and gives its global id.
pub async fn written(actor: &Actor, noun: &str, key: &str, fields: &Value) -> String {
    let result = send(actor, noun, key, fields).await;
    assert_eq!(result["userErrors"], json!([]), "{noun} {key}");
    result["row"]["id"].as_str().expect("an id").to_owned()
}

/// Updates one row and gives the payload, with the row under `row`.
pub async fn update(actor: &Actor, noun: &str, arguments: &str, fields: &Value) -> Value {
    let name = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
    let query = format!(
        "mutation($input: {name}Input!) {{ payload: {noun}Update({arguments}, input: $input) {{
          row: {noun} {{ id version updatedAt }}
          userErrors {{ __typename code path ... on ConflictError {{ currentVersion }} }}
        }} }}"
    );
    actor.ok(&query, json!({ "input": fields })).await["payload"].take()
}

/// The codes of a result's errors, each with its path below the row's own fields.
pub fn refusals(result: &Value, below: usize) -> Vec<(String, String)> {
    let refusal = |error: &Value| {
        let path = error["path"].as_array().expect("a path").iter().skip(below);
        let path: Vec<_> = path.filter_map(Value::as_str).collect();
        (error["code"].as_str().expect("a code").to_owned(), path.join("."))
    };
    let mut all: Vec<_> =
        result["userErrors"].as_array().expect("errors").iter().map(refusal).collect();
    all.sort();
    all
}

impl World {
    /// A district of this short name with one row of every kind.
    pub async fn new(app: &TestApp, slug: &str) -> Self {
        let sis = app.client(Tenant::District(app.district(slug).await)).await;
        let ids = Ids::write(&sis).await;
        Self { sis, ids }
    }
}

impl Ids {
    /// Writes one row of every kind; writing them again changes nothing.
    pub async fn write(sis: &Actor) -> Self {
        let school = written(sis, "school", "s", &json!({ "name": "East High" })).await;
        let session = written(sis, "academicSession", "y", &year()).await;
        let student = json!({ "givenName": "Ada", "familyName": "Byron", "schoolId": school });
        let student = written(sis, "student", "a", &student).await;
        let guardian = json!({
            "givenName": "Anne", "familyName": "Byron", "email": "anne@example.org",
            "students": [{ "studentId": student, "relationship": "PARENT" }],
        });
        let guardian = written(sis, "guardian", "g", &guardian).await;
        let staff = json!({ "givenName": "Mary", "familyName": "Somerville", "kind": "TEACHER",
            "schoolId": school });
        let staff = written(sis, "staff", "t", &staff).await;
        let course = json!({ "title": "Analysis", "schoolId": school, "schoolYearId": session });
        let course = written(sis, "course", "c", &course).await;
        let class = json!({ "title": "Analysis 1", "schoolId": school, "courseId": course,
            "sessionIds": [session], "teacherIds": [staff] });
        let class = written(sis, "class", "k", &class).await;
        let seat = json!({ "classId": class, "studentId": student, "beginDate": "2026-08-20",
            "credits": "0.5", "resultGrade": "A" });
        let enrollment = written(sis, "enrollment", "e", &seat).await;
        Self { school, session, student, guardian, staff, course, class, enrollment }
    }
}

/// A school year.
pub fn year() -> Value {
    json!({ "title": "2026–27", "kind": "SCHOOL_YEAR", "startDate": "2026-08-20",
        "endDate": "2027-06-10", "schoolYear": 2027 })
}
