//! Which client asks, and how it proves it: one method per request.

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    fields::{Fields, authorization},
    refusal::Refusal,
};
use crate::{
    app::App,
    auth::{self, Client, Proof, assertion},
};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct Credentials {
    client_id: String,
    proof: Proof,
}

/// The client that sends the request.
pub(super) async fn prove(
    app: &App,
    headers: &HeaderMap,
    fields: &Fields,
) -> Result<Client, Refusal> {
    let credentials = read(headers, fields)?;
    if fields.get("client_id").is_some_and(|named| named != credentials.client_id) {
        return Err(Refusal::invalid_request("client_id names another client than the proof"));
    }
    Ok(auth::prove(app, &credentials.client_id, &credentials.proof).await?)
}

fn read(headers: &HeaderMap, fields: &Fields) -> Result<Credentials, Refusal> {
    let authorization = authorization(headers)?;
    let secret = fields.get("client_secret");
    let by_assertion = ["client_assertion", "client_assertion_type"];
    let asserted = by_assertion.iter().any(|name| fields.get(name).is_some());
    match (authorization, secret, asserted) {
        (Some(header), None, false) => basic(header),
        (None, Some(secret), false) => {
            let client_id = fields.get("client_id").map(str::to_owned);
            let missing = || Refusal::invalid_request("client_id is missing");
            let proof = Proof::Secret(secret.to_owned());
            Ok(Credentials { client_id: client_id.ok_or_else(missing)?, proof })
        }
        (None, None, true) => signed(fields),
        (None, None, false) => Err(Refusal::invalid_client(
            "the client must prove itself: by HTTP Basic, client_secret or client_assertion",
        )),
        _ => Err(Refusal::invalid_request("the client proves itself in more than one way")),
    }
}

/// `client_secret_basic`: both parts were form-encoded before they were joined (RFC 6749 §2.3.1).
fn basic(header: &str) -> Result<Credentials, Refusal> {
    let parts = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let Some((_, encoded)) = parts else {
        return Err(Refusal::invalid_client("the Authorization header must use the scheme Basic"));
    };
    let decoded = STANDARD.decode(encoded.trim()).ok().and_then(|it| String::from_utf8(it).ok());
    let pair = decoded.as_deref().and_then(|pair| pair.split_once(':'));
    pair.and_then(|(client_id, secret)| {
        let proof = Proof::Secret(form_decode(secret)?);
        Some(Credentials { client_id: form_decode(client_id)?, proof })
    })
    .ok_or_else(|| Refusal::invalid_client("the Basic credentials cannot be read"))
}

fn signed(fields: &Fields) -> Result<Credentials, Refusal> {
    if fields.get("client_assertion_type") != Some(ASSERTION_TYPE) {
        let expected = format!("client_assertion_type must be {ASSERTION_TYPE}");
        return Err(Refusal::invalid_request(expected));
    }
    let missing = || Refusal::invalid_request("client_assertion is missing");
    let text = fields.get("client_assertion").ok_or_else(missing)?;
    let subject = assertion::subject(text);
    let unreadable = || Refusal::invalid_client("client_assertion is no signed JWT with a sub");
    let proof = Proof::Assertion(text.to_owned());
    Ok(Credentials { client_id: subject.ok_or_else(unreadable)?, proof })
}

/// Undoes the form encoding of one value: `+` is a space, `%41` an `A`.
fn form_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high << 4 | low).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::form_decode;

    #[test]
    fn form_encoding_is_undone_once() {
        for (encoded, plain) in [
            ("pbs_A-z_09", Some("pbs_A-z_09")),
            ("a+b%20c", Some("a b c")),
            ("%3a%2B%252B", Some(":+%2B")),
            ("%C3%A9", Some("é")),
            ("%C3", None),
            ("%4", None),
            ("%", None),
            ("%zz", None),
            ("%+1", None),
        ] {
            assert_eq!(form_decode(encoded).as_deref(), plain, "{encoded}");
        }
    }
}
