//! `users.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::{FileKind, Format};
use crate::bulk::oneroster::refusal::{Code, Refusal};
use crate::bulk::oneroster::role::RoleName;

/// An identifier that another system gave a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserId {
    /// Which system or kind of number; none when the export left it out.
    pub kind: Option<String>,
    /// The identifier.
    pub id: String,
}

/// The role of a format that keeps it with the user: OneRoster 1.1 and School Data Sync v2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineRole {
    /// The role, the same at every organisation.
    pub role: RoleName,
    /// The organisations; never empty.
    pub orgs: Vec<String>,
}

/// A person of any kind. There is no place for a password here, nor for what a roster of
/// placements has no use for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The person's identifier.
    pub sourced_id: String,
    /// Whether the row brings or deletes the person.
    pub status: Status,
    /// Whether the account may be used; School Data Sync has only such.
    pub enabled: bool,
    /// The name the person signs in with; only School Data Sync may leave it out.
    pub username: Option<String>,
    /// Identifiers that other systems gave the person.
    pub user_ids: Vec<UserId>,
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The middle name.
    pub middle_name: Option<String>,
    /// The given name the person goes by (1.2).
    pub preferred_given_name: Option<String>,
    /// The middle name the person goes by (1.2).
    pub preferred_middle_name: Option<String>,
    /// The family name the person goes by (1.2).
    pub preferred_family_name: Option<String>,
    /// The pronouns the person goes by (1.2).
    pub pronouns: Option<String>,
    /// A number people know, such as the student number.
    pub identifier: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The telephone number, or else the one for text messages.
    pub phone: Option<String>,
    /// For a student, the guardians; for a guardian, the students.
    pub agents: Vec<String>,
    /// The grades the person is in or teaches.
    pub grades: Vec<String>,
    /// The organisation the person mainly belongs to (1.2).
    pub primary_org: Option<String>,
    /// The role, where the format keeps it with the user.
    pub inline_role: Option<InlineRole>,
}

impl Record for User {
    const FILE: FileKind = FileKind::Users;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let is_sds = fields.format().is_sds();
        let phone = fields.text("phone")?;
        let sms = fields.text("sms")?;
        Ok(Self {
            sourced_id: fields.id("sourcedId")?,
            status: status::read(fields)?,
            enabled: is_sds || fields.boolean("enabledUser")?,
            username: username(fields)?,
            user_ids: user_ids(fields)?,
            given_name: fields.required("givenName")?,
            family_name: fields.required("familyName")?,
            middle_name: fields.text("middleName")?,
            preferred_given_name: fields.text("preferredGivenName")?,
            preferred_middle_name: fields.text("preferredMiddleName")?,
            preferred_family_name: fields.text("preferredFamilyName")?,
            pronouns: fields.text("pronouns")?,
            identifier: fields.text("identifier")?,
            email: fields.text("email")?,
            phone: phone.or(sms),
            agents: fields.ids("agentSourcedIds")?,
            grades: fields.texts(if is_sds { "grade" } else { "grades" })?,
            primary_org: fields.optional_id("primaryOrgSourcedId")?,
            inline_role: inline_role(fields)?,
        })
    }
}

fn username(fields: &Fields<'_>) -> Result<Option<String>, Refusal> {
    if fields.format().is_sds() {
        return fields.text("username");
    }
    fields.required("username").map(Some)
}

fn inline_role(fields: &mut Fields<'_>) -> Result<Option<InlineRole>, Refusal> {
    if !matches!(fields.format(), Format::OneRoster1p1 | Format::SdsV2) {
        return Ok(None);
    }
    let role = fields.role("role")?;
    Ok(Some(InlineRole { role, orgs: fields.required_ids("orgSourcedIds")? }))
}

/// `{Type:Id}`, or several with commas between; a bare identifier is taken and counted.
fn user_ids(fields: &mut Fields<'_>) -> Result<Vec<UserId>, Refusal> {
    let column = "userIds";
    fields.text(column)?;
    let mut ids = Vec::new();
    for part in fields.parts(column) {
        let braces = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let id = match braces.map(|inner| inner.split_once(':')) {
            Some(Some((kind, id))) => pair(kind.trim(), id.trim()),
            None if !part.contains(['{', '}', ':']) => {
                fields.let_pass(Code::BareUserId);
                Some(UserId { kind: None, id: part.to_owned() })
            }
            _ => None,
        };
        ids.push(id.ok_or_else(|| {
            let reason = "expected is {Type:Id}, or several with commas between";
            fields.refuse(column, Code::InvalidUserIds, reason)
        })?);
    }
    Ok(ids)
}

fn pair(kind: &str, id: &str) -> Option<UserId> {
    let plain = |text: &str| !text.is_empty() && !text.contains(['{', '}']);
    (plain(kind) && plain(id)).then(|| UserId { kind: Some(kind.to_owned()), id: id.to_owned() })
}
