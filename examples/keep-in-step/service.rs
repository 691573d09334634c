//! Pathbridge, with a token that is renewed when it has run out.

use std::{error::Error, fmt, time::Duration};

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::sync::RwLock;

/// For one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What stopped us; with the codes by which a program goes on.
#[derive(Debug)]
pub struct Failure {
    message: String,
    codes: Vec<String>,
}

impl Failure {
    /// Whether the cursor is of no use any more.
    pub fn says_start_over(&self) -> bool {
        let start_over = ["CURSOR_EXPIRED", "CURSOR_EPOCH_MISMATCH"];
        self.codes.iter().any(|code| start_over.contains(&code.as_str()))
    }

    fn of(problems: &[Value]) -> Self {
        let code = |one: &Value| {
            let code = one.pointer("/extensions/code").or_else(|| one.get("code"));
            code.and_then(Value::as_str).map(str::to_owned)
        };
        let messages: Vec<_> = problems.iter().filter_map(|one| one["message"].as_str()).collect();
        Self { message: messages.join("; "), codes: problems.iter().filter_map(code).collect() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, codes: Vec::new() }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        format!("out of reach: {error}").into()
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        error.to_string().into()
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        error.to_string().into()
    }
}

/// The service and who we are there.
pub struct Service {
    http: Client,
    url: String,
    id: String,
    secret: String,
    token: RwLock<String>,
}

impl Service {
    pub fn new(url: String, id: String, secret: String) -> Result<Self, Failure> {
        let http = Client::builder().timeout(PATIENCE).build()?;
        Ok(Self { http, url, id, secret, token: RwLock::default() })
    }

    async fn sign_in(&self) -> Result<(), Failure> {
        let request = self.http.post(format!("{}/oauth/token", self.url));
        let request = request.basic_auth(&self.id, Some(&self.secret));
        let answer = request.form(&[("grant_type", "client_credentials")]).send().await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        let token = answer["access_token"].as_str().unwrap_or_default();
        token.clone_into(&mut *self.token.write().await);
        Ok(())
    }

    async fn send(&self, request: impl Fn() -> RequestBuilder) -> Result<Response, Failure> {
        for _ in 0..2 {
            let token = self.token.read().await.clone();
            let answer = request().bearer_auth(token).send().await?;
            if answer.status() != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            self.sign_in().await?;
        }
        Err("a fresh token was refused".to_owned().into())
    }

    /// The data that answers a document.
    pub async fn ask(&self, document: &str, variables: Value) -> Result<Value, Failure> {
        let body = json!({ "query": document, "variables": variables });
        let request = || self.http.post(format!("{}/graphql", self.url)).json(&body);
        let mut answer: Value = self.send(request).await?.json().await?;
        match answer["errors"].as_array() {
            Some(errors) if !errors.is_empty() => Err(Failure::of(errors)),
            _ => Ok(answer["data"].take()),
        }
    }

    /// The payload of a mutation that was done.
    pub async fn act(
        &self,
        name: &str,
        document: &str,
        variables: Value,
    ) -> Result<Value, Failure> {
        let payload = self.ask(document, variables).await?[name].take();
        match payload["userErrors"].as_array() {
            Some(problems) if !problems.is_empty() => Err(Failure::of(problems)),
            _ => Ok(payload),
        }
    }

    /// A file.
    pub async fn file(&self, url: &str) -> Result<String, Failure> {
        let answer = self.send(|| self.http.get(url)).await?;
        Ok(answer.error_for_status()?.text().await?)
    }
}
