//! GraphQL over HTTP, as the specification and its 61 audits say.
//!
//! | situation | `application/graphql-response+json` | `application/json` |
//! |---|---|---|
//! | data, with or without errors | 200 | 200 |
//! | body is no JSON, or its members have the wrong types; a batch | 400 | 400 |
//! | no or invalid token | 401 | 401 |
//! | a scope is missing | 403 | 403 |
//! | method, or a mutation by GET | 405 | 405 |
//! | `Accept` that we cannot meet | 406 | |
//! | body did not arrive in time | 408 | 408 |
//! | body over 1 MiB | 413 | 413 |
//! | body is not declared as JSON in UTF-8 | 415 | 415 |
//! | syntax, validation, limits, variables, operation name, cost | 400 | 200 |
//! | too many requests | 429 | 429 |
//! | a fault of ours before there was data | 500 | 500 |
//! | not available now | 503 | 503 |
//! | deadline passed | 504 | 504 |
//!
//! Clients of the old media type read errors from the body and take every other status for a
//! broken connection, so they get 200 for what is wrong with the document; what concerns the
//! transport, the caller or the server is told by the status to everybody. The key `data` is
//! there exactly when the operation ran.

mod answer;
mod bearer;
mod body;
mod failure;
mod idempotency;
mod negotiate;
mod parameters;
mod prepare;
mod run;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::Method,
    response::Response,
};
use futures_util::future::BoxFuture;
use tracing::Span;

pub(super) use self::{
    answer::Answer,
    bearer::read as read_token,
    body::MOST_BYTES,
    failure::Failure,
    negotiate::{Media, accepts_events, check_content},
    parameters::Parameters,
    prepare::Way,
};
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    graphql::{Api, RequestId},
    telemetry::{
        field,
        metrics::{self, Kind},
    },
    typeid,
};

/// Turns the token of a request into the caller behind it.
pub trait Authenticate: Send + Sync + 'static {
    /// The caller, or why the token proves nothing.
    fn caller<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>>;
}

/// The real one: our own access tokens.
impl Authenticate for App {
    fn caller<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>> {
        Box::pin(crate::auth::authenticate(self, bearer))
    }
}

/// What the route holds.
#[derive(Clone)]
pub(super) struct Gateway {
    app: App,
    api: Arc<Api>,
    authenticate: Arc<dyn Authenticate>,
}

/// Answers one request on `/graphql`.
pub(super) async fn serve(State(gateway): State<Gateway>, request: Request) -> Response {
    let id = request.extensions().get().cloned().unwrap_or_else(|| RequestId(Arc::from("-")));
    let media = negotiate::answer_media(request.headers());
    let mut kind = Kind::Unknown;
    let answer = gateway.answer(request, media, &id, &mut kind).await;
    metrics::operation(kind, answer.as_ref().map_or_else(Failure::outcome, Answer::outcome));
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => {
            let media = media.unwrap_or(Media::Json);
            return failure.into_response(media, &gateway.app.config.public_url, &id);
        }
    };
    answer.into_response(media.unwrap_or(Media::Json), &gateway.app.config.public_url, &id)
}

impl Gateway {
    pub(super) fn new(app: App, api: Arc<Api>, authenticate: Arc<dyn Authenticate>) -> Self {
        Self { app, api, authenticate }
    }

    async fn answer(
        &self,
        request: Request,
        media: Option<Media>,
        id: &RequestId,
        kind: &mut Kind,
    ) -> Result<Answer, Failure> {
        let is_get = match *request.method() {
            Method::GET => true,
            Method::POST => false,
            _ => return Err(Failure::method("GET, POST")),
        };
        if media.is_none() {
            return Err(Failure::not_acceptable());
        }
        if !is_get {
            check_content(request.headers())?;
        }
        let Some(token) = bearer::read(request.headers())? else {
            return self.answer_stranger(request, is_get, kind).await;
        };
        let caller = self.caller(token, id).await?;
        Span::current().record(field::CLIENT, typeid::encode(caller.client));
        let parameters = self.parameters(request).await?;
        self.run(parameters, is_get, caller, id, kind).await
    }

    /// The caller behind a token, in this request.
    pub(super) async fn caller(&self, token: &str, id: &RequestId) -> Result<Caller> {
        let caller = self.authenticate.caller(token).await?;
        Ok(Caller { request: Some(Arc::clone(&id.0)), ..caller })
    }

    /// What a client with a token asks for.
    pub(super) async fn parameters(&self, request: Request) -> Result<Parameters, Failure> {
        let idempotency_key = idempotency::read(request.headers())?;
        let parameters = if *request.method() == Method::GET {
            Parameters::from_uri(request.uri())?
        } else {
            let deadline = self.app.config.request_deadline;
            Parameters::from_json(&body::read(request, MOST_BYTES, deadline).await?)?
        };
        Ok(Parameters { idempotency_key, ..parameters })
    }

    /// The shared state.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The address of this server.
    pub(super) fn public_url(&self) -> &str {
        &self.app.config.public_url
    }

    /// A stranger may ask whether there is a GraphQL server here, and nothing else.
    async fn answer_stranger(
        &self,
        request: Request,
        is_get: bool,
        kind: &mut Kind,
    ) -> Result<Answer, Failure> {
        let parameters = if is_get {
            Parameters::from_uri(request.uri())
        } else {
            let deadline = self.app.config.request_deadline;
            match body::read(request, body::STRANGERS_BYTES, deadline).await {
                Ok(bytes) => Parameters::from_json(&bytes),
                Err(failure) => Err(failure),
            }
        };
        match parameters {
            Ok(parameters) if parameters.is_probe() => {
                *kind = Kind::Query;
                Ok(Answer::probe(self.api.query_type_name()))
            }
            _ => Err(Failure::no_token()),
        }
    }

    async fn run(
        &self,
        parameters: Parameters,
        is_get: bool,
        caller: Caller,
        id: &RequestId,
        kind: &mut Kind,
    ) -> Result<Answer, Failure> {
        let way = if is_get { Way::Get } else { Way::Post };
        let prepared = self.prepare(parameters, way, caller, id, kind).await?;
        self.execute(prepared).await
    }
}
