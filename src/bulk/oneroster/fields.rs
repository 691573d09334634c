//! The values of one row, each read by the rule of its column.

use super::format::{Format, Mode};
use super::header::{Layout, Subject};
use super::plan::Note;
use super::refusal::{Code, Refusal};
use super::role::{self, RoleName};
use chrono::NaiveDate;
use csv::ByteRecord;
use std::collections::BTreeMap;

/// Identifiers have fewer characters than this.
const ID_LIMIT: usize = 256;

/// How often each thing was let pass in a file.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<Code, u64>);

impl Tally {
    pub fn count(&mut self, code: Code) {
        *self.0.entry(code).or_default() += 1;
    }

    pub fn notes(self, file: &str) -> Vec<Note> {
        let note = |(code, count)| Note { count, ..Note::new(file, code, passed(code)) };
        self.0.into_iter().map(note).collect()
    }
}

/// What a note says about a thing that was let pass.
fn passed(code: Code) -> &'static str {
    match code {
        Code::ActiveInBulk => "`status` is `active`; bulk files leave it blank",
        Code::BareUserId => "`userIds` has an identifier without its type; `{Type:Id}` is meant",
        Code::NewerRole => "the role belongs to OneRoster 1.2",
        Code::UnknownOrgType => "the type of organisation is not known; taken as other",
        _ => "was let pass",
    }
}

/// One row on its way to becoming a record. Values are trimmed; a missing column is blank.
pub struct Fields<'a> {
    subject: &'a Subject<'a>,
    layout: &'a Layout,
    row: &'a ByteRecord,
    line: u64,
    tally: &'a mut Tally,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        subject: &'a Subject<'a>,
        layout: &'a Layout,
        row: &'a ByteRecord,
        line: u64,
        tally: &'a mut Tally,
    ) -> Self {
        Self { subject, layout, row, line, tally }
    }

    pub(super) fn format(&self) -> Format {
        self.subject.format
    }

    pub(super) fn mode(&self) -> Mode {
        self.subject.mode
    }

    pub(super) fn refuse(&self, column: &str, code: Code, reason: impl Into<String>) -> Refusal {
        let refusal = Refusal::of_file(self.subject.file, code, reason);
        refusal.at_line(self.line).in_column(column)
    }

    pub(super) fn let_pass(&mut self, code: Code) {
        self.tally.count(code);
    }

    /// The trimmed value. The screen let only UTF-8 through, so nothing is lost here.
    pub(super) fn raw(&self, column: &str) -> &'a str {
        let value = self.layout.place(column).and_then(|place| self.row.get(place));
        std::str::from_utf8(value.unwrap_or_default()).unwrap_or_default().trim()
    }

    pub(super) fn text(&self, column: &str) -> Result<Option<String>, Refusal> {
        let value = self.raw(column);
        if value.chars().any(char::is_control) {
            let reason = "has a line break or another control character";
            return Err(self.refuse(column, Code::ControlCharacter, reason));
        }
        Ok((!value.is_empty()).then(|| value.to_owned()))
    }

    pub(super) fn required(&self, column: &str) -> Result<String, Refusal> {
        self.text(column)?.ok_or_else(|| self.blank(column))
    }

    pub(super) fn blank(&self, column: &str) -> Refusal {
        self.refuse(column, Code::ValueRequired, "a value is required")
    }

    pub(super) fn id_of(&self, column: &str, value: &str) -> Result<String, Refusal> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_/@".contains(c);
        if !value.chars().all(allowed) {
            let reason = "an identifier has only the characters 0-9 a-z A-Z . - _ / @";
            return Err(self.refuse(column, Code::InvalidId, reason));
        }
        if value.len() >= ID_LIMIT {
            let reason = "an identifier has fewer than 256 characters";
            return Err(self.refuse(column, Code::IdTooLong, reason));
        }
        Ok(value.to_owned())
    }

    pub(super) fn id(&self, column: &str) -> Result<String, Refusal> {
        self.optional_id(column)?.ok_or_else(|| self.blank(column))
    }

    pub(super) fn optional_id(&self, column: &str) -> Result<Option<String>, Refusal> {
        let value = self.raw(column);
        if value.is_empty() { Ok(None) } else { self.id_of(column, value).map(Some) }
    }

    /// The parts of a comma list, trimmed; blank parts are left out.
    pub(super) fn parts(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.raw(column).split(',').map(str::trim).filter(|part| !part.is_empty())
    }

    pub(super) fn ids(&self, column: &str) -> Result<Vec<String>, Refusal> {
        self.parts(column).map(|part| self.id_of(column, part)).collect()
    }

    pub(super) fn required_ids(&self, column: &str) -> Result<Vec<String>, Refusal> {
        let ids = self.ids(column)?;
        if ids.is_empty() { Err(self.blank(column)) } else { Ok(ids) }
    }

    pub(super) fn texts(&self, column: &str) -> Result<Vec<String>, Refusal> {
        self.text(column)?;
        Ok(self.parts(column).map(str::to_owned).collect())
    }

    pub(super) fn optional_date(&self, column: &str) -> Result<Option<NaiveDate>, Refusal> {
        let value = self.raw(column);
        if value.is_empty() {
            return Ok(None);
        }
        let shape = value.len() == 10 && value.bytes().enumerate().all(is_date_byte);
        let date = shape.then(|| NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()).flatten();
        let refuse = || {
            let reason = format!("{} is not a date of the form YYYY-MM-DD", token(value));
            self.refuse(column, Code::InvalidDate, reason)
        };
        date.map(Some).ok_or_else(refuse)
    }

    pub(super) fn date(&self, column: &str) -> Result<NaiveDate, Refusal> {
        self.optional_date(column)?.ok_or_else(|| self.blank(column))
    }

    pub(super) fn optional_boolean(&self, column: &str) -> Result<Option<bool>, Refusal> {
        self.choice_of(column, &[("true", true), ("false", false)]).map_err(|refusal| {
            let reason = format!("{}; `true` or `false` is expected", refusal.reason);
            Refusal { code: Code::InvalidBoolean, reason, ..refusal }
        })
    }

    pub(super) fn boolean(&self, column: &str) -> Result<bool, Refusal> {
        self.optional_boolean(column)?.ok_or_else(|| self.blank(column))
    }

    pub(super) fn year(&self, column: &str) -> Result<u16, Refusal> {
        let value = self.required(column)?;
        let digits = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| value.parse().ok()).flatten().ok_or_else(|| {
            let reason = format!("{} is not a year of the form YYYY", token(&value));
            self.refuse(column, Code::InvalidYear, reason)
        })
    }

    /// The value's meaning among the words a column allows; OneRoster minds their case, School
    /// Data Sync does not.
    pub(super) fn choice<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Result<T, Refusal> {
        let found = self.choice_of(column, words).map_err(|refusal| {
            let allowed: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            let reason = format!("{}; allowed are {}", refusal.reason, allowed.join(", "));
            Refusal { reason, ..refusal }
        })?;
        found.ok_or_else(|| self.blank(column))
    }

    fn choice_of<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Result<Option<T>, Refusal> {
        let value = self.raw(column);
        if value.is_empty() {
            return Ok(None);
        }
        let any_case = self.subject.format.is_sds();
        let same = |word: &str| word == value || any_case && word.eq_ignore_ascii_case(value);
        let found = words.iter().find(|(word, _)| same(word));
        found.map(|(_, meaning)| Some(*meaning)).ok_or_else(|| {
            let reason = format!("{} is not allowed here", token(value));
            self.refuse(column, Code::InvalidChoice, reason)
        })
    }

    pub(super) fn role(&mut self, column: &str) -> Result<RoleName, Refusal> {
        let known = role::words(self.subject.format);
        match self.choice(column, known) {
            Err(refusal) if refusal.code == Code::InvalidChoice => {
                let newer = role::newer(self.subject.format, self.raw(column)).ok_or(refusal)?;
                self.let_pass(Code::NewerRole);
                Ok(newer)
            }
            other => other,
        }
    }
}

fn is_date_byte((place, byte): (usize, u8)) -> bool {
    if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
}

/// A short word for a message; longer or stranger text could be a person's data in the wrong
/// column and is not repeated.
fn token(value: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | ':' | '_' | '.');
    if value.len() <= 32 && value.chars().all(harmless) {
        format!("`{value}`")
    } else {
        "the value".to_owned()
    }
}
