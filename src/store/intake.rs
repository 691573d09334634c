//! Rows that come from outside as JSON, each in the form of its type's upsert input.
//!
//! Who reads files knows no types, and who knows the types reads no files: this is what the two
//! agree on.

use futures_util::future::BoxFuture;
use sea_orm::sea_query::SelectStatement;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Outcome, Write};
use crate::{
    auth::{Caller, Scope},
    error::{Problem, Result},
};

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// What became of it.
    pub outcome: Outcome,
    /// The global id of the row, unless it was refused.
    pub id: Option<String>,
    /// Why it was refused; paths begin at the row.
    pub problems: Vec<Problem>,
}

/// A column of a file, and where in a row its cells belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The steps that lead there, as `student` and `givenName`.
    pub path: Vec<String>,
    /// What its cells hold.
    pub shape: Shape,
    /// Whether a row has the first step in any case, with nothing inside of it if need be.
    pub is_needed: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text, or what is written like one: an id, a day, a value of an enum.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Several of these.
    List(Box<Shape>),
    /// Anything deeper, as JSON.
    Json,
}

/// A type of rows that can come from outside.
pub trait Intake: Send + Sync + 'static {
    /// The prefix of their global ids.
    fn kind(&self) -> &'static str;

    /// What writing them takes.
    fn scope(&self) -> Scope;

    /// The tenant under whose keys this caller writes, at the home that it names.
    fn keys(&self, caller: &Caller, home: Option<&str>) -> Result<Uuid>;

    /// The columns behind dotted names; where there is none, the name leads nowhere.
    fn columns(&self, names: &[&str]) -> Vec<Option<Column>>;

    /// Writes those of the rows that are fine.
    fn write<'w>(
        &'w self,
        write: &'w Write<'w>,
        home: Option<&'w str>,
        rows: Vec<Json>,
    ) -> BoxFuture<'w, Result<Vec<Landed>>>;

    /// A row that says of a stored one that it is no longer in use; nothing when the type knows no
    /// such thing.
    fn retired(&self, id: Uuid) -> Option<Json>;

    /// How many rows with these keys are in use.
    fn count_in_use<'w>(
        &'w self,
        write: &'w Write<'w>,
        keys: SelectStatement,
    ) -> BoxFuture<'w, Result<u64>>;

    /// The next rows with these keys that are in use, in the order of their keys.
    fn next_in_use<'w>(
        &'w self,
        write: &'w Write<'w>,
        keys: SelectStatement,
        after: Uuid,
        most: u64,
    ) -> BoxFuture<'w, Result<Vec<Uuid>>>;
}
