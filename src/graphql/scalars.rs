//! Scalars of our own, as input and in the schema; how answers hold them is in [`leaf`](super::leaf).

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as Instant, Datelike, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde_json::Map;

/// An instant, RFC 3339 in UTC with microseconds, as `2026-09-01T08:00:00.000000Z`.
/// Input may carry any offset; output is always UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub Instant<Utc>);

/// A day of the calendar, as `2026-09-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A time of day at the place itself, as `08:30:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime(pub NaiveTime);

/// A 64-bit whole number, written as a string so that no client rounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Long(pub i64);

/// An exact decimal number, written as a string: `17.50`. Money has two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    /// The number in hundredths.
    pub hundredths: i64,
}

/// Any values by their names, as the values of the variables of a query: an object of JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub Map<String, serde_json::Value>);

fn text(value: Value, expected: &'static str) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(format!("{expected} is expected, as a string")),
    }
}

/// Both databases hold such a year, and SQLite, which compares dates as texts, sorts it rightly.
fn is_written_in_four_digits(day: &impl Datelike) -> bool {
    (1..=9999).contains(&day.year())
}

fn refuse<T: async_graphql::InputType>(message: String) -> InputValueError<T> {
    InputValueError::custom(message)
}

/// An instant, RFC 3339 in UTC with microseconds, as `2026-09-01T08:00:00.000000Z`. Input may
/// carry any offset; output is always UTC.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value, "an instant as 2026-09-01T08:00:00Z").map_err(refuse)?;
        let parsed = Instant::parse_from_rfc3339(&text);
        let parsed =
            parsed.map_err(|_| refuse("an instant as 2026-09-01T08:00:00Z is expected".into()))?;
        // In UTC the year may be another one than in the text.
        let instant = parsed.with_timezone(&Utc);
        if !is_written_in_four_digits(&instant) {
            return Err(refuse("an instant of the years 0001 to 9999 is expected".into()));
        }
        Ok(Self(instant))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

/// A day of the calendar, as `2026-09-01`.
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value, "a day as 2026-09-01").map_err(refuse)?;
        let strict = (text.len() == 10).then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d"));
        match strict {
            Some(Ok(day)) if is_written_in_four_digits(&day) => Ok(Self(day)),
            _ => Err(refuse("a day of the calendar as 2026-09-01 is expected".into())),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A time of day at the place itself, without a zone, as `08:30:00`.
#[Scalar(
    name = "LocalTime",
    specified_by_url = "https://scalars.graphql.org/apollographql/localtime-v0.1.html"
)]
impl ScalarType for LocalTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value, "a time of day as 08:30:00").map_err(refuse)?;
        let parsed = NaiveTime::parse_from_str(&text, "%H:%M:%S")
            .or_else(|_| NaiveTime::parse_from_str(&text, "%H:%M"));
        parsed.map(Self).map_err(|_| refuse("a time of day as 08:30:00 is expected".into()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%H:%M:%S").to_string())
    }
}

/// A 64-bit whole number, written as a string so that no client rounds it.
#[Scalar(name = "Long", specified_by_url = "https://scalars.graphql.org/jakobmerrild/long.html")]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        let parsed = match &value {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        parsed.map(Self).ok_or_else(|| refuse("a whole number as \"42\" is expected".into()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An exact decimal number with two decimals, written as a string: `17.50`.
#[Scalar(name = "Decimal", specified_by_url = "https://scalars.graphql.org/andimarek/decimal.html")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value, "a decimal number as \"17.50\"").map_err(refuse)?;
        let number = hundredths(&text);
        number.map(|hundredths| Self { hundredths }).ok_or_else(|| {
            refuse("a decimal number with at most two decimals is expected, as \"17.50\"".into())
        })
    }

    fn to_value(&self) -> Value {
        let sign = if self.hundredths < 0 { "-" } else { "" };
        let whole = self.hundredths.unsigned_abs();
        Value::String(format!("{sign}{}.{:02}", whole / 100, whole % 100))
    }
}

/// Any values by their names, as the values of the variables of a query: an object of JSON.
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value.into_json() {
            Ok(serde_json::Value::Object(values)) => Ok(Self(values)),
            _ => Err(refuse("an object of JSON is expected".into())),
        }
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone().into()).unwrap_or_default()
    }
}

fn hundredths(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(decimals) || decimals.len() > 2 {
        return None;
    }
    let padded = format!("{decimals:0<2}");
    let number = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(padded.parse().ok()?)?;
    Some(if negative { -number } else { number })
}

/// Reads a value of one of our scalars, before anything runs; the error says what is expected.
pub fn read(scalar: &str, value: Value) -> Result<Value, String> {
    match scalar {
        "DateTime" => fits::<DateTime>(value),
        "Date" => fits::<Date>(value),
        "LocalTime" => fits::<LocalTime>(value),
        "Long" => fits::<Long>(value),
        "Decimal" => fits::<Decimal>(value),
        "JSON" => fits::<Json>(value),
        _ => Ok(value),
    }
}

fn fits<S: ScalarType + async_graphql::InputType>(value: Value) -> Result<Value, String> {
    match <S as ScalarType>::parse(value.clone()) {
        Ok(_) => Ok(value),
        Err(error) => {
            let error = error.into_server_error(async_graphql::Pos::default());
            Err(crate::error::plain_words(&error.message).to_owned())
        }
    }
}
