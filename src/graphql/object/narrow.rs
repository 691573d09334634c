//! Which columns of a table an answer looks at.
//!
//! A field reads the column of its own name, as `startsOn` reads `starts_on`; an edge the column
//! that holds its key, as `student` reads `student_id`. A field that reads anything else says so
//! with [`reads`](FieldDeclaration::reads), or the whole row is fetched for it.

use std::sync::OnceLock;

use entity::row::Columns;
use sea_orm::EntityTrait;

use super::{
    Connection, Cx, Declaration, FieldDeclaration, Stored, Target,
    connection::Edge,
    select::{Sets, pick},
};
use crate::store::{column_of, columns_named};

/// What a field reads of its row.
#[derive(Debug)]
pub(super) enum Reads {
    /// Anything.
    Row,
    /// The column of this name, if there is one.
    Named(String, OnceLock<Columns>),
    /// These columns.
    Columns(Columns),
}

impl Reads {
    /// The column that a field of this name reads; an edge reads a key.
    pub(super) fn named(field: &str, ending: &str) -> Self {
        let mut column = String::with_capacity(field.len() + 4);
        for letter in field.chars() {
            if letter.is_ascii_uppercase() {
                column.push('_');
            }
            column.push(letter.to_ascii_lowercase());
        }
        column.push_str(ending);
        Self::Named(column, OnceLock::new())
    }

    fn columns<U: Stored>(&self) -> Columns {
        match self {
            Self::Row => Columns::ALL,
            Self::Named(name, known) => {
                *known.get_or_init(|| columns_named::<U::Entity>(name).unwrap_or(Columns::ALL))
            }
            Self::Columns(columns) => *columns,
        }
    }
}

impl<T: Stored> FieldDeclaration<T> {
    /// The columns that the field reads, where they are not those of its name.
    pub fn reads<const N: usize>(
        &mut self,
        columns: [<T::Entity as EntityTrait>::Column; N],
    ) -> &mut Self {
        let columns = columns.into_iter().map(column_of::<T::Entity>);
        self.reads = Reads::Columns(columns.fold(Columns::NONE, Columns::and));
        self
    }
}

/// The columns that these selections look at.
pub(super) fn of_rows<U: Stored>(cx: &Cx<'_>, sets: &Sets<'_>) -> Columns {
    let declaration = Declaration::<U>::of();
    let picked = pick(cx, U::NAME, &declaration.interfaces, sets);
    let fields = picked.iter().filter_map(|picked| declaration.field(picked.name()));
    fields.map(|field| field.reads.columns::<U>()).fold(Columns::NONE, Columns::and)
}

/// The columns that these selections of a page look at.
pub fn of_pages<U: Stored>(cx: &Cx<'_>, sets: &Sets<'_>) -> Columns {
    let mut columns = Columns::NONE;
    for field in pick(cx, &Connection::<U>::name(), &[], sets) {
        match field.name() {
            "nodes" => columns = columns.and(of_rows::<U>(cx, &field.sets)),
            "edges" => {
                let members = pick(cx, &Edge::<U>::name(), &[], &field.sets);
                let nodes = members.iter().filter(|member| member.name() == "node");
                columns =
                    nodes.map(|node| of_rows::<U>(cx, &node.sets)).fold(columns, Columns::and);
            }
            _ => {}
        }
    }
    columns
}
