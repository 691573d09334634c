//! What is posted: thin, so that no personal data rests in anybody's queue.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// The event of a test message.
pub const PING: &str = "endpoint.ping";
/// Standard Webhooks asks for less than 20 kB.
const LARGEST: usize = 20_000;

/// What a message says.
#[derive(Debug, Clone, Serialize)]
pub struct Message<'a> {
    /// What happened to what, as `student.updated`.
    #[serde(rename = "type")]
    pub event: &'a str,
    /// When it happened.
    #[serde(serialize_with = "instant")]
    pub timestamp: DateTime<Utc>,
    /// To which row, and where in the log.
    pub data: Data<'a>,
}

/// The row and the place in the log that a message tells of.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Data<'a> {
    /// The global id of the row.
    pub id: &'a str,
    /// The keys that the receiver's own systems have for it.
    pub external_ids: Vec<Key<'a>>,
    /// Its version after the change, as the API writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The fields that were written.
    pub changed_fields: Vec<String>,
    /// The place behind the change.
    pub cursor: &'a str,
    /// The cursor of the delivery before this one.
    pub previous_cursor: &'a str,
}

/// A key of the row in another system.
#[derive(Debug, Clone, Serialize)]
pub struct Key<'a> {
    /// The other system.
    pub system: &'a str,
    /// The key.
    pub value: &'a str,
}

fn instant<S: serde::Serializer>(instant: &DateTime<Utc>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&instant.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// The event of a change: the kind of row and what happened to it.
#[must_use]
pub fn event(kind: &str, op: &str) -> String {
    format!("{kind}.{}", op.to_ascii_lowercase())
}

/// The message as it is posted; keys that do not fit are left out, and the receiver finds them
/// where it asks for the rest.
pub fn body(mut message: Message<'_>) -> serde_json::Result<String> {
    loop {
        let body = serde_json::to_string(&message)?;
        if body.len() < LARGEST || message.data.external_ids.pop().is_none() {
            return Ok(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{Data, Key, Message, body, event};

    fn message(external_ids: Vec<Key<'_>>) -> Message<'_> {
        Message {
            event: "student.updated",
            timestamp: DateTime::UNIX_EPOCH,
            data: Data {
                id: "student_1",
                external_ids,
                version: Some("2".to_owned()),
                changed_fields: vec!["familyName".to_owned()],
                cursor: "b",
                previous_cursor: "a",
            },
        }
    }

    #[test]
    fn a_message_says_what_has_changed_and_nothing_of_its_content() {
        let keys = vec![Key { system: "sis", value: "7" }];
        assert_eq!(
            body(message(keys)).unwrap(),
            r#"{"type":"student.updated","timestamp":"1970-01-01T00:00:00.000000Z","data":{"id":"student_1","externalIds":[{"system":"sis","value":"7"}],"version":"2","changedFields":["familyName"],"cursor":"b","previousCursor":"a"}}"#
        );
        assert_eq!(event("student", "KEY_CHANGED"), "student.key_changed");
    }

    #[test]
    fn a_message_stays_below_20_kb_whatever_the_number_of_keys() {
        let value = "v".repeat(255);
        let keys = vec![Key { system: "sis", value: &value }; 1000];
        let body = body(message(keys)).unwrap();
        assert!((19_000..20_000).contains(&body.len()), "{}", body.len());
    }
}
