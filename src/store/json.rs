//! A column's value as JSON and back, for cursors.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use sea_orm::Value;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The value with a letter for its type; a type that no sort key has is null.
#[must_use]
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Bool(Some(flag)) => json!(["b", flag]),
        Value::Int(Some(number)) => json!(["i", number]),
        Value::BigInt(Some(number)) => json!(["l", number]),
        Value::String(Some(text)) => json!(["s", text]),
        Value::Uuid(Some(key)) => json!(["u", key]),
        Value::ChronoDate(Some(day)) => json!(["d", day]),
        Value::ChronoTime(Some(time)) => json!(["h", time]),
        Value::ChronoDateTimeUtc(Some(instant)) => {
            json!(["t", instant.to_rfc3339_opts(SecondsFormat::Micros, true)])
        }
        _ => Json::Null,
    }
}

/// The value that [`to_json`] wrote; the inner `None` is NULL.
#[must_use]
pub fn from_json(json: &Json) -> Option<Option<Value>> {
    if json.is_null() {
        return Some(None);
    }
    let [kind, value] = json.as_array()?.as_slice() else { return None };
    let text = || value.as_str();
    let value = match kind.as_str()? {
        "b" => Value::from(value.as_bool()?),
        "i" => Value::from(i32::try_from(value.as_i64()?).ok()?),
        "l" => Value::from(value.as_i64()?),
        "s" => Value::from(text()?.to_owned()),
        "u" => Value::from(text()?.parse::<Uuid>().ok()?),
        "d" => Value::from(text()?.parse::<NaiveDate>().ok()?),
        "h" => Value::from(text()?.parse::<NaiveTime>().ok()?),
        "t" => Value::from(text()?.parse::<DateTime<Utc>>().ok()?),
        _ => return None,
    };
    Some(Some(value))
}
