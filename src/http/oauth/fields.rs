//! The parameters of a request: form-encoded, each at most once.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{FromRequest, Request, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
};

use super::refusal::Refusal;

/// The parameters; they hold secrets, so they cannot be printed.
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// A parameter. One without a value counts as left out (RFC 6749 §3.2).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let pairs = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let Form(pairs) = pairs.map_err(|rejection| refuse(&rejection))?;
        let mut fields = HashMap::with_capacity(pairs.len());
        for (name, value) in pairs {
            if fields.insert(name, value).is_some() {
                return Err(Refusal::invalid_request("a parameter occurs more than once"));
            }
        }
        Ok(Self(fields))
    }
}

fn refuse(rejection: &FormRejection) -> Refusal {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::too_large();
    }
    let expected = "the body must be form-encoded (application/x-www-form-urlencoded, UTF-8)";
    Refusal::invalid_request(expected)
}

/// The one `Authorization` header, if there is one.
pub(super) fn authorization(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(Refusal::invalid_request("there is more than one Authorization header"));
    }
    let text = first.map(|value| value.to_str()).transpose();
    text.map_err(|_| Refusal::invalid_request("the Authorization header is not ASCII"))
}
