//! The students and the cursor behind which they are known, saved together.

use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::service::{Failure, Service};

const EXPORT: &str = include_str!("documents/export.graphql");
const REQUEST: &str = include_str!("documents/request.graphql");
const JOB: &str = include_str!("documents/job.graphql");
const CHANGES: &str = include_str!("documents/changes.graphql");
const WEBHOOK: &str = include_str!("documents/webhook.graphql");

/// How often the export is asked for.
const GLANCE: Duration = Duration::from_millis(500);

/// What is kept from one run to the next.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Known {
    pub cursor: Option<String>,
    pub endpoint: Option<Endpoint>,
    pub students: BTreeMap<String, Value>,
}

/// Where we are told that there is something new.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Endpoint {
    pub id: String,
    pub secret: String,
}

/// The mirror and its file.
pub struct Mirror {
    file: PathBuf,
    pub known: Known,
}

impl Mirror {
    pub fn open(file: PathBuf) -> Result<Self, Failure> {
        let known = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Known::default(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { file, known })
    }

    /// Replaces the file as a whole: rows and cursor never part.
    fn save(&self) -> Result<(), Failure> {
        let written = self.file.with_extension("new");
        fs::write(&written, serde_json::to_vec(&self.known)?)?;
        Ok(fs::rename(written, &self.file)?)
    }

    /// Copies everything.
    pub async fn export(&mut self, service: &Service) -> Result<(), Failure> {
        let asked = service.act("bulkExportCreate", REQUEST, json!({ "query": EXPORT })).await?;
        let job = loop {
            let found = service.ask(JOB, json!({ "id": asked["job"]["id"] })).await?["job"].take();
            match text(&found["state"])? {
                "COMPLETED" => break found,
                "QUEUED" | "RUNNING" => sleep(GLANCE).await,
                other => return Err(format!("the export ended as {other}").into()),
            }
        };
        self.known.students.clear();
        for line in service.file(text(&job["resultUrl"])?).await?.lines() {
            let mut student: Value = serde_json::from_str(line)?;
            if let Some(fields) = student.as_object_mut() {
                fields.remove("__typename");
            }
            self.known.students.insert(text(&student["id"])?.to_owned(), student);
        }
        self.known.cursor = Some(text(&job["changeCursor"])?.to_owned());
        self.save()
    }

    /// Takes over what changed.
    pub async fn pull(&mut self, service: &Service) -> Result<(), Failure> {
        loop {
            let after = json!({ "after": self.known.cursor });
            let mut page = service.ask(CHANGES, after).await?["changes"].take();
            for change in page["nodes"].as_array_mut().into_iter().flatten() {
                let id = text(&change["entityId"])?.to_owned();
                match change["node"].take() {
                    Value::Null => self.known.students.remove(&id),
                    student => self.known.students.insert(id, student),
                };
            }
            self.known.cursor = Some(text(&page["nextCursor"])?.to_owned());
            self.save()?;
            if page["caughtUp"] == true {
                return Ok(());
            }
        }
    }

    /// Asks to be told.
    pub async fn expect_knocks(&mut self, service: &Service, url: &str) -> Result<(), Failure> {
        let made = service.act("webhookEndpointCreate", WEBHOOK, json!({ "url": url })).await?;
        self.known.endpoint = Some(Endpoint {
            id: text(&made["webhookEndpoint"]["id"])?.to_owned(),
            secret: text(&made["secret"])?.to_owned(),
        });
        self.save()
    }
}

fn text(value: &Value) -> Result<&str, Failure> {
    value.as_str().ok_or_else(|| format!("a text was expected, not {value}").into())
}
