//! A client that imports, and a worker that does it when the test says so.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use entity::id::{DistrictId, JobId};
use futures_util::TryStreamExt;
use pathbridge::{
    auth::{Scopes, Tenant},
    bulk::{
        file::{self, Part},
        worker::{self, Means},
    },
    schema, typeid,
};
use serde_json::{Value as Json, json};

use crate::support::{Actor, Raw, TestApp};

/// Everything that is asked of a job.
pub const JOB: &str = "id kind state clientReference failure failureMessage isCancelRequested version
    uploadUrl resultUrl rejectedUrl resultBytes rejectedBytes changeCursor startedAt completedAt expiresAt
    progress { processed total created updated unchanged rejected notWritten retired }";

/// A district, its client, and a worker.
pub struct World<'a> {
    pub app: &'a TestApp,
    pub district: DistrictId,
    pub sis: Actor,
    pub means: Means,
}

/// The SHA-256 of a file.
pub fn sha256(file: &[u8]) -> String {
    let digits: Vec<_> =
        digest(&SHA256, file).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// A line for each row.
pub fn ndjson(rows: &[Json]) -> String {
    let lines: Vec<_> = rows.iter().map(|row| format!("{row}\n")).collect();
    lines.concat()
}

/// A row of a type under a key of the information system.
pub fn keyed(noun: &str, key: &str, fields: &Json) -> Json {
    json!({ "key": { "externalId": { "system": "sis", "value": key } }, noun: fields })
}

/// A student under this key.
pub fn student(key: &str) -> Json {
    keyed("student", key, &json!({ "givenName": "Ada", "familyName": format!("Byron {key}") }))
}

/// So many students.
pub fn students(count: usize) -> String {
    let rows: Vec<_> = (0..count).map(|at| student(&format!("s{at}"))).collect();
    ndjson(&rows)
}

impl<'a> World<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let district = app.district("alder").await;
        let sis = app.client(Tenant::District(district)).await;
        Self { app, district, sis, means: means() }
    }

    /// Another client of the district.
    pub async fn other(&self, scopes: Scopes) -> Actor {
        self.app.client_with(Tenant::District(self.district), scopes).await
    }

    /// What `bulkImportCreate` answers to a file of students, or of what `more` says.
    pub async fn create(&self, file: &[u8], more: &Json) -> Json {
        create(&self.sis, file, more).await
    }

    /// A job that waits for this file.
    pub async fn waiting(&self, file: &[u8], more: &Json) -> String {
        let payload = self.create(file, more).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
        assert_eq!(payload["job"]["state"], "WAITING_FOR_FILE");
        payload["job"]["id"].as_str().expect("an id").to_owned()
    }

    /// A job whose file is here.
    pub async fn queued(&self, file: &[u8], more: &Json) -> String {
        let id = self.waiting(file, more).await;
        let sent = self.put(&id, file).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        assert_eq!(sent.json()["state"], "QUEUED");
        id
    }

    /// A job that was done.
    pub async fn import(&self, file: &str, more: &Json) -> Json {
        let id = self.queued(file.as_bytes(), more).await;
        self.work().await;
        self.job(&id).await
    }

    /// Sends the whole file.
    pub async fn put(&self, id: &str, file: &[u8]) -> Raw {
        self.send(Method::PUT, id, &self.sis, &[], file.to_vec()).await
    }

    /// Sends these bytes as this range of the file.
    pub async fn put_range(&self, id: &str, range: &str, bytes: &[u8]) -> Raw {
        self.send(Method::PUT, id, &self.sis, &[("content-range", range)], bytes.to_vec()).await
    }

    pub async fn send(
        &self,
        method: Method,
        id: &str,
        actor: &Actor,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Raw {
        let mut request = Request::builder().method(method).uri(format!("/bulk/uploads/{id}"));
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", actor.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.app.send(request.body(body.into()).expect("a request")).await
    }

    /// Does every job that waits.
    pub async fn work(&self) {
        while worker::round(&self.app.app, &self.means).await.expect("a round") {}
    }

    /// A job as its client sees it.
    pub async fn job(&self, id: &str) -> Json {
        let document = format!("query($id: ID!) {{ job(id: $id) {{ {JOB} }} }}");
        self.sis.ok(&document, json!({ "id": id })).await["job"].take()
    }

    /// What the result says, a value for each line.
    pub async fn result(&self, id: &str) -> Vec<Json> {
        let text = self.file(id, Part::Result).await;
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// A file of a job.
    pub async fn file(&self, id: &str, part: Part) -> String {
        let id: JobId = typeid::decode(id).expect("an id");
        let app = &self.app.app;
        let length = file::length(app.db.latest(), id, part).await.expect("a length");
        let pieces: Vec<_> = file::read(app, id, part, 0..length).try_collect().await.expect("it");
        String::from_utf8(pieces.concat()).expect("UTF-8")
    }

    /// How many students the district has.
    pub async fn count(&self, list: &str) -> i64 {
        let document = format!("{{ {list}(first: 1) {{ totalCount {{ value }} }} }}");
        let value = self.sis.ok(&document, json!({})).await[list]["totalCount"]["value"].take();
        value.as_i64().expect("a count")
    }
}

/// What `bulkImportCreate` answers this client.
pub async fn create(actor: &Actor, file: &[u8], more: &Json) -> Json {
    let mut input = json!({
        "type": "STUDENT", "format": "NDJSON",
        "sizeBytes": file.len().to_string(), "sha256": sha256(file),
    });
    let fields = input.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    let document = format!(
        "mutation($input: BulkImportCreateInput!) {{ bulkImportCreate(input: $input) {{
            job {{ {JOB} }} userErrors {{ __typename code message path }} }} }}"
    );
    actor.ok(&document, json!({ "input": input })).await["bulkImportCreate"].take()
}

/// What workers need.
pub fn means() -> Means {
    schema::means(&Arc::new(schema::api().expect("the schema")))
}

/// The counts of a job that are not zero.
pub fn counts(job: &Json) -> String {
    let progress = job["progress"].as_object().expect("progress");
    let some = progress.iter().filter(|(_, count)| *count != "0" && !count.is_null());
    let told: Vec<_> =
        some.map(|(name, count)| format!("{name} {}", count.as_str().unwrap())).collect();
    told.join(", ")
}

/// Code and path of the first refusal of a line.
pub fn refusal(line: &Json) -> String {
    let error = &line["userErrors"][0];
    let steps = error["path"].as_array().expect("a path").iter();
    let path: Vec<_> = steps.map(|step| step.as_str().expect("a step")).collect();
    format!("{} {}", error["code"].as_str().expect("a code"), path.join(".")).trim_end().to_owned()
}
