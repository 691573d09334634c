//! What is wrong inside one input: the stuff of `userErrors`.

use std::borrow::Cow;

use async_graphql::resolver_utils::EnumType;
use serde::{Deserialize, Serialize};

use crate::auth::Scope;

/// The closed list of codes in `userErrors[].code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum, Serialize, Deserialize)]
#[graphql(name = "UserErrorCode")]
pub enum ProblemCode {
    /// A value that must be given is absent or empty.
    Required,
    /// The value is not of the form that the field asks for.
    InvalidFormat,
    /// The value lies outside the range that the field allows.
    OutOfRange,
    /// The text is longer than the field allows.
    TooLong,
    /// The row that the mutation acts on is not there or not visible to you.
    NotFound,
    /// Another row already has this key.
    AlreadyExists,
    /// The row has changed since you read it: `expectedVersion` is stale.
    VersionConflict,
    /// The state of the row does not allow this step, or something blocks it.
    InvalidStateTransition,
    /// The input points to a row that is not there or not visible to you.
    ReferenceNotFound,
    /// The period runs into another one.
    OverlappingPeriod,
    /// You may read the row, not change it.
    ReadOnly,
    /// Your kind of client may not do this.
    Forbidden,
    /// A limit on number or amount is reached.
    LimitExceeded,
    /// The same item occurs twice in one input.
    DuplicateInInput,
}

impl ProblemCode {
    /// The code as it stands in an answer.
    #[must_use]
    pub fn name(self) -> &'static str {
        let item = Self::items().iter().find(|item| item.value == self);
        item.map_or("", |item| item.name)
    }
}

/// One reason why an input was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The stable code.
    pub code: ProblemCode,
    /// What was expected, in words for the person who reads the integration's log.
    pub message: String,
    /// Where in the arguments, as `["input", "startDate"]`.
    pub path: Vec<String>,
    /// What a program needs to go on by itself.
    pub detail: Detail,
}

/// The part of a problem that differs by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// A plain refusal of one field.
    Field,
    /// The row has moved on; this is where it stands.
    Conflict {
        /// The version that is stored now.
        current_version: i64,
        /// The global id of the row.
        current: String,
    },
    /// A row with the same key exists.
    Duplicate {
        /// The global id of that row, when the caller may see it.
        existing: Option<String>,
    },
    /// The step is not allowed from here, or not yet.
    State {
        /// The state the row is in.
        from: String,
        /// The state that was asked for.
        to: String,
        /// The states that can be reached from here.
        allowed: Vec<String>,
        /// What stands in the way, each with the person who can clear it.
        blockers: Vec<Blocker>,
    },
    /// The caller may not.
    Permission {
        /// The scope that would allow it, when a scope would.
        scope: Option<Scope>,
    },
}

/// One thing that stands in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocker {
    /// The stable code, as `SEATS_TAKEN`.
    pub code: Cow<'static, str>,
    /// The reason in words.
    pub message: String,
    /// The rule's source: a statute, a policy or an agreement.
    pub citation: Option<String>,
    /// Who can clear it, as `COORDINATOR`.
    pub cleared_by: Option<Cow<'static, str>>,
    /// The first lawful day, when time alone clears it.
    pub earliest_date: Option<chrono::NaiveDate>,
}

impl Problem {
    /// A refusal of one field; `path` is written with full stops, as `input.startDate`.
    pub fn field(code: ProblemCode, path: &str, message: impl Into<String>) -> Self {
        Self::with(code, path, message, Detail::Field)
    }

    /// A refusal with the detail of its kind.
    pub fn with(code: ProblemCode, path: &str, message: impl Into<String>, detail: Detail) -> Self {
        let path = path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        Self { code, message: message.into(), path, detail }
    }

    /// The value of a required field is absent or empty.
    #[must_use]
    pub fn required(path: &str) -> Self {
        Self::field(ProblemCode::Required, path, "a value is required here")
    }

    /// The input points to a row that is not there or not visible.
    #[must_use]
    pub fn reference(path: &str, noun: &str) -> Self {
        let message = format!("no {noun} with this id is visible to you");
        Self::field(ProblemCode::ReferenceNotFound, path, message)
    }

    /// The same problem one level further out, as when an item of a bulk input is refused.
    #[must_use]
    pub fn under(mut self, outer: &[&str]) -> Self {
        let inner = std::mem::take(&mut self.path);
        self.path = outer.iter().map(|step| (*step).to_owned()).chain(inner).collect();
        self
    }
}
