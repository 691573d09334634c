//! The parameters of a request: `query`, `operationName`, `variables`, `extensions`.

use axum::{
    extract::Query,
    http::{StatusCode, Uri},
};
use serde_json::{Map, Value as Json};

use super::failure::Failure;
use crate::error::Code;

/// What a client asks for.
#[derive(Debug, PartialEq)]
pub(in crate::http) struct Parameters {
    /// The text of the document.
    pub query: String,
    /// The operation to run, where the document has several.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
    /// The key under which its mutation is done once; it comes in a header.
    pub idempotency_key: Option<String>,
}

impl Parameters {
    /// Reads the body of a POST; members that the specification does not know are ignored.
    pub(in crate::http) fn from_json(body: &[u8]) -> Result<Self, Failure> {
        let body: Json = serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            malformed(format!("the body is not JSON: line {line}, column {column}"))
        })?;
        match body {
            Json::Object(members) => Self::from_members(members),
            Json::Array(_) => {
                let message = "a request holds one operation; batches are not taken. \
                               Use `nodes(ids:)` or a bulk mutation";
                Err(Failure::new(StatusCode::BAD_REQUEST, Code::BatchingNotSupported, message))
            }
            _ => Err(malformed("the body must be a JSON object with the member `query`")),
        }
    }

    /// Reads the query string of a GET; an empty value counts as absent.
    pub(in crate::http) fn from_uri(uri: &Uri) -> Result<Self, Failure> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| malformed("the query string cannot be read"))?;
        let mut members = Map::new();
        for (name, value) in pairs {
            let value = match name.as_str() {
                _ if value.is_empty() => Json::Null,
                "query" | "operationName" => Json::String(value),
                "variables" | "extensions" => serde_json::from_str(&value)
                    .map_err(|_| malformed(format!("`{name}` must be JSON")))?,
                _ => continue,
            };
            if members.insert(name.clone(), value).is_some() {
                return Err(malformed(format!("`{name:.32}` occurs twice")));
            }
        }
        Self::from_members(members)
    }

    /// Reads the members of a JSON object.
    pub(in crate::http) fn from_members(mut members: Map<String, Json>) -> Result<Self, Failure> {
        let query = string(&mut members, "query")?;
        let query = query.ok_or_else(|| malformed("the parameter `query` is required"))?;
        let operation_name = string(&mut members, "operationName")?.filter(|name| !name.is_empty());
        let variables = map(&mut members, "variables")?;
        map(&mut members, "extensions")?;
        Ok(Self { query, operation_name, variables, idempotency_key: None })
    }

    /// Whether this is the question that needs no token: `{ __typename }`.
    pub(in crate::http) fn is_probe(&self) -> bool {
        let text = self.query.chars().filter(|character| !character.is_whitespace());
        self.operation_name.is_none() && text.eq("{__typename}".chars())
    }
}

fn string(members: &mut Map<String, Json>, name: &str) -> Result<Option<String>, Failure> {
    match members.remove(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(format!("the parameter `{name}` must be a string"))),
    }
}

fn map(members: &mut Map<String, Json>, name: &str) -> Result<Map<String, Json>, Failure> {
    match members.remove(name) {
        None | Some(Json::Null) => Ok(Map::new()),
        Some(Json::Object(map)) => Ok(map),
        Some(_) => Err(malformed(format!("the parameter `{name}` must be an object"))),
    }
}

fn malformed(message: impl Into<String>) -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}
