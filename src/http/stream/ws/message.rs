//! The messages of graphql-transport-ws.

use serde_json::{Map, Value as Json, json};

use super::close::Close;
use crate::http::graphql::Parameters;

/// The longest name that an operation may have: it comes back with each of its answers.
const LONGEST_NAME: usize = 128;

/// What a client says.
#[derive(Debug)]
pub(super) enum Incoming {
    /// Who it is: the token, if it brings one.
    Init(Option<String>),
    Ping,
    Pong,
    /// An operation, under a name of its choosing.
    Subscribe(String, Box<Parameters>),
    /// It wants no more answers of this operation.
    Complete(String),
}

impl Incoming {
    /// Reads a message; what the protocol does not know closes the socket.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        let Ok(Json::Object(mut members)) = serde_json::from_str(text) else {
            return Err(Close::invalid("a JSON object is expected"));
        };
        let payload = members.remove("payload");
        match members.get("type").and_then(Json::as_str) {
            Some("connection_init") => Ok(Self::Init(token(&optional(payload)?))),
            Some("ping") => optional(payload).map(|_| Self::Ping),
            Some("pong") => optional(payload).map(|_| Self::Pong),
            Some("subscribe") => {
                let Some(Json::Object(payload)) = payload else {
                    return Err(Close::invalid("`subscribe` has a payload"));
                };
                let wrong = |_| Close::invalid("the payload of `subscribe` is malformed");
                let parameters = Parameters::from_members(payload).map_err(wrong)?;
                Ok(Self::Subscribe(name(&members)?, Box::new(parameters)))
            }
            Some("complete") => name(&members).map(Self::Complete),
            Some(_) => Err(Close::INVALID),
            None => Err(Close::invalid("`type` is missing")),
        }
    }
}

/// A payload that may be left out.
fn optional(payload: Option<Json>) -> Result<Map<String, Json>, Close> {
    match payload {
        None | Some(Json::Null) => Ok(Map::new()),
        Some(Json::Object(members)) => Ok(members),
        Some(_) => Err(Close::invalid("the payload is an object")),
    }
}

fn name(members: &Map<String, Json>) -> Result<String, Close> {
    let name = members.get("id").and_then(Json::as_str);
    let name = name.filter(|name| (1..=LONGEST_NAME).contains(&name.len()));
    name.map(str::to_owned).ok_or_else(|| Close::invalid("`id` is a string of 1 to 128 bytes"))
}

/// The token, wherever clients put it: as `authorization` in any case, by itself or among
/// `headers`, with the word `Bearer` or without.
fn token(payload: &Map<String, Json>) -> Option<String> {
    let named = |members: &Map<String, Json>| {
        let mut members = members.iter();
        let found = members.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        found.and_then(|(_, value)| value.as_str().map(str::to_owned))
    };
    let within = || payload.get("headers").and_then(Json::as_object).and_then(named);
    let value = named(payload).or_else(within)?;
    let value = value.trim();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => value,
    };
    (!token.is_empty()).then(|| token.to_owned())
}

/// The client is known.
pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The answer to a ping.
pub(super) fn pong() -> String {
    json!({ "type": "pong" }).to_string()
}

/// No more answers of this operation.
pub(super) fn complete(name: &str) -> String {
    json!({ "id": name, "type": "complete" }).to_string()
}

/// One answer of an operation: its text is JSON already.
pub(super) fn next(name: &str, body: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{body}}}"#, Json::from(name))
}

/// What is wrong with an operation: a list of errors as JSON.
pub(super) fn error(name: &str, errors: &str) -> String {
    format!(r#"{{"id":{},"type":"error","payload":{errors}}}"#, Json::from(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Incoming, next};

    fn token(payload: &serde_json::Value) -> Option<String> {
        let text = json!({ "type": "connection_init", "payload": payload }).to_string();
        match Incoming::read(&text) {
            Ok(Incoming::Init(token)) => token,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_token_is_found_wherever_clients_put_it() {
        for payload in [
            json!({ "authorization": "Bearer t" }),
            json!({ "Authorization": "bearer  t" }),
            json!({ "authorization": "t" }),
            json!({ "headers": { "Authorization": "Bearer t" } }),
        ] {
            assert_eq!(token(&payload).as_deref(), Some("t"), "{payload}");
        }
        for payload in
            [json!(null), json!({}), json!({ "authorization": "" }), json!({ "authorization": 1 })]
        {
            assert_eq!(token(&payload), None, "{payload}");
        }
    }

    #[test]
    fn what_the_protocol_does_not_know_is_refused() {
        for text in [
            "",
            "[]",
            "1",
            "{}",
            r#"{"type":"next","id":"1"}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"ping","payload":1}"#,
        ] {
            let closed = Incoming::read(text).expect_err(text);
            assert_eq!(closed.frame().map(|frame| frame.code), Some(4400), "{text}");
        }
    }

    #[test]
    fn a_name_comes_back_as_it_was() {
        let text = next("a\"b", r#"{"data":null}"#);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, json!({ "id": "a\"b", "type": "next", "payload": { "data": null } }));
    }
}
