//! An export into memory, and what it should hold.

use std::{collections::BTreeMap, io::Read, sync::Arc};

use flate2::read::MultiGzDecoder;
use pathbridge::{
    bulk::{
        export::{Begun, Made, Sink, run},
        service::request::{Compression, Export, Format},
    },
    error::{Error, Result},
    graphql::Api,
    schema,
};
use serde_json::{Map, Value as Json};

use crate::support::{Actor, TestApp};

/// A file that is kept in memory.
#[derive(Debug, Default)]
pub struct Memory {
    pub begun: Option<Begun>,
    pub bytes: Vec<u8>,
    pub nodes: u64,
    /// The pieces that came.
    pub pieces: usize,
}

impl Sink for Memory {
    async fn begin(&mut self, begun: &Begun) -> Result<()> {
        self.begun = Some(begun.clone());
        Ok(())
    }

    async fn put(&mut self, bytes: Vec<u8>, nodes: u64) -> Result<()> {
        self.pieces += usize::from(!bytes.is_empty());
        self.bytes.extend(bytes);
        self.nodes = nodes;
        Ok(())
    }
}

/// What an export has made.
#[derive(Debug)]
pub struct File {
    pub memory: Memory,
    pub made: Made,
}

impl File {
    /// The file as text, opened if it is packed.
    pub fn text(&self) -> String {
        let bytes = &self.memory.bytes;
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return String::from_utf8(bytes.clone()).expect("a text");
        }
        let mut text = String::new();
        MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("a gzip file");
        text
    }

    /// The nodes, line by line.
    pub fn nodes(&self) -> Vec<Json> {
        let text = self.text();
        text.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect()
    }

    /// The place in the log of changes at which it was taken.
    pub fn cursor(&self) -> Json {
        Json::from(self.made.cursor.as_str())
    }
}

/// An export of plain JSON.
pub fn ndjson(query: &str) -> Export {
    Export {
        query: query.to_owned(),
        variables: Map::new(),
        format: Format::Ndjson,
        compression: Compression::None,
        name: "export".to_owned(),
    }
}

/// The same as the client asks it.
pub fn with(query: &str, variables: &Json) -> Export {
    Export { variables: variables.as_object().expect("an object").clone(), ..ndjson(query) }
}

pub fn api() -> Arc<Api> {
    Arc::new(schema::api().expect("the schema"))
}

/// Exports for an actor.
pub async fn try_export(app: &TestApp, actor: &Actor, wanted: &Export) -> Result<File> {
    let mut memory = Memory::default();
    let made = run(&app.app, &api(), &actor.caller, wanted, &mut memory).await?;
    Ok(File { memory, made })
}

/// Exports for an actor, which must succeed.
pub async fn export(app: &TestApp, actor: &Actor, wanted: &Export) -> File {
    try_export(app, actor, wanted).await.expect("an export")
}

/// What is said of an export that cannot be.
pub async fn refusals(app: &TestApp, actor: &Actor, wanted: &Export) -> Vec<String> {
    match try_export(app, actor, wanted).await {
        Err(Error::Invalid(problems)) => {
            let line = |path: &[String], message: &str| format!("{}: {message}", path.join("."));
            problems.iter().map(|problem| line(&problem.path, &problem.message)).collect()
        }
        Err(error) => vec![error.to_string()],
        Ok(file) => panic!("{} was exported: {}", wanted.query, file.text()),
    }
}

/// Nodes by their ids, with their versions.
pub fn versions(nodes: &[Json]) -> BTreeMap<String, i64> {
    let version = |node: &Json| node["version"].as_str()?.parse().ok();
    let pair = |node: &Json| Some((node["id"].as_str()?.to_owned(), version(node)?));
    nodes.iter().map(|node| pair(node).expect("an id and a version")).collect()
}
