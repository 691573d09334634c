//! One value of one row, before a database has its say about the form.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use uuid::Uuid;

/// A value.
#[derive(Debug, Clone)]
pub enum Cell {
    /// A key.
    Key(Uuid),
    /// Text that was put together.
    Text(String),
    /// Text of a fixed list.
    Word(&'static str),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// A time of day, in minutes since midnight.
    Clock(u64),
    /// An instant.
    Instant(DateTime<Utc>),
    /// No value.
    Nothing,
}

impl Cell {
    /// The value as text, for what is text in both databases' own forms; nothing for no value.
    pub fn text(&self) -> Option<String> {
        Some(match self {
            Self::Key(key) => key.to_string(),
            Self::Text(text) => text.clone(),
            Self::Word(word) => (*word).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Clock(minutes) => format!("{:02}:{:02}:00", minutes / 60, minutes % 60),
            Self::Instant(at) => at.to_rfc3339_opts(SecondsFormat::Secs, false),
            Self::Nothing => return None,
        })
    }
}
