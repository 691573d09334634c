//! Bearer tokens, RFC 6750: in the header `Authorization` and nowhere else.

use axum::http::{HeaderMap, HeaderValue, header};

use super::failure::Failure;
use crate::error::Error;

/// The token of the request, if it brings one.
pub(in crate::http) fn read(headers: &HeaderMap) -> Result<Option<&str>, Failure> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Error::Unauthenticated("one Authorization header is expected").into());
    }
    let (scheme, token) =
        value.to_str().ok().and_then(|value| value.split_once(' ')).unwrap_or_default();
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(
            Error::Unauthenticated("the Authorization header must be `Bearer <token>`").into()
        );
    }
    Ok(Some(token))
}

/// The challenge for a request without a token: RFC 6750 gives it no error.
pub(in crate::http) fn challenge() -> HeaderValue {
    HeaderValue::from_static(r#"Bearer realm="pathbridge""#)
}

/// The challenge for a token that does not suffice, and why.
pub(in crate::http) fn challenge_with(error: &str, attribute: &str, value: &str) -> HeaderValue {
    // A quoted string of RFC 6750 has no quotes, backslashes or letters beyond ASCII.
    let value: String = value
        .chars()
        .filter(|character| matches!(character, ' ' | '!' | '#'..='[' | ']'..='~'))
        .collect();
    let text = format!(r#"Bearer realm="pathbridge", error="{error}", {attribute}="{value}""#);
    HeaderValue::from_str(&text).unwrap_or_else(|_| challenge())
}
