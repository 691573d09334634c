//! Tables whose changes are told.

use entity::{
    id::{DistrictId, PartnerId},
    row::Columns,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Iden, Iterable, Value};
use uuid::Uuid;

use super::{
    Visible,
    view::{Move, Stage},
};

/// A table of which every change goes into the log; a row of no other can be written through
/// [`Write`](super::Write).
pub trait Logged: Visible {
    /// The prefix of its global ids, which also names the kind in external ids.
    const KIND: &'static str;

    /// The columns that no client knows.
    const INNER: &'static [&'static str] = &[];

    /// The version of a row.
    fn version(row: &Self::Model) -> i64;

    /// The columns whose change moves rows of other tables into a tenant's view or out of it.
    const MOVED_BY: &'static [&'static str] = &[];

    /// What the write of a row moves besides.
    #[must_use]
    fn moves(_: &Self::Model, _: Stage) -> Option<Move> {
        None
    }

    /// Whose row it is: what is left to go by when the row is gone.
    fn owners(row: &Self::Model) -> Owners;
}

/// The tenants that a row belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Owners {
    /// The district.
    pub district: Option<Uuid>,
    /// The partner.
    pub partner: Option<Uuid>,
}

impl Owners {
    /// A row of a district.
    #[must_use]
    pub fn district(id: DistrictId) -> Self {
        Self { district: Some(id.into()), partner: None }
    }

    /// A row of a partner.
    #[must_use]
    pub fn partner(id: PartnerId) -> Self {
        Self { district: None, partner: Some(id.into()) }
    }

    /// A row between the two.
    #[must_use]
    pub fn both(district: DistrictId, partner: PartnerId) -> Self {
        Self { district: Some(district.into()), partner: Some(partner.into()) }
    }
}

/// Columns that every row has, and whose changes say nothing.
const ALWAYS: [&str; 4] = ["id", "created_at", "updated_at", "version"];

/// The columns of a new row that have a value.
pub(super) fn given<A: ActiveModelTrait>(row: &A) -> Columns {
    let is_given = |value: &Value| *value != value.as_null();
    columns::<A>(|column| row.get(column).into_value().as_ref().is_some_and(is_given))
}

/// The columns of a stored row that are to change.
pub(super) fn changed<A: ActiveModelTrait>(row: &A) -> Columns {
    columns::<A>(|column| row.get(column).is_set())
}

fn columns<A: ActiveModelTrait>(
    is_told: impl Fn(<A::Entity as EntityTrait>::Column) -> bool,
) -> Columns {
    let all = <A::Entity as EntityTrait>::Column::iter().enumerate();
    let told = all.filter(|(_, column)| is_told(*column));
    told.fold(Columns::NONE, |told, (place, _)| told.and(Columns::at(place)))
}

/// Whether one of these columns moves rows of other tables.
pub(super) fn moves<E: Logged>(columns: Columns) -> bool {
    let told = E::Column::iter().enumerate().filter(|(place, _)| columns.contains(*place));
    told.into_iter().any(|(_, column)| E::MOVED_BY.contains(&column.unquoted()))
}

/// These columns under the names that they have in the schema.
pub(super) fn fields<E: Logged>(columns: Columns) -> Vec<String> {
    let told = E::Column::iter().enumerate().filter(|(place, _)| columns.contains(*place));
    let names = told.map(|(_, column)| column.unquoted().to_owned());
    let is_known = |name: &String| !ALWAYS.iter().chain(E::INNER).any(|inner| inner == name);
    names.filter(is_known).map(|name| field(&name)).collect()
}

/// The name of a column in the schema: references and amounts lose the word for how they are kept.
fn field(column: &str) -> String {
    let kept_as = ["_id", "_minor", "_hundredths"];
    let plain = match column {
        "insurance_minor" => "insurance_amount",
        _ => kept_as.iter().find_map(|end| column.strip_suffix(end)).unwrap_or(column),
    };
    let mut words = plain.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// Says of tables that their changes are told.
#[macro_export]
macro_rules! logged {
    ($(
        $table:ident is $id:ty, of |$row:ident| $owners:expr
        $(, without $inner:expr)?
        $(, moving $moves:ident by $columns:expr)?
    ;)+) => {$(
        impl $crate::store::Logged for entity::$table::Entity {
            const KIND: &'static str = <$id as entity::id::TypedId>::PREFIX;
            $(const INNER: &'static [&'static str] = &$inner;)?

            $(
                const MOVED_BY: &'static [&'static str] = &$columns;

                fn moves(
                    row: &Self::Model,
                    stage: $crate::store::view::Stage,
                ) -> Option<$crate::store::view::Move> {
                    $moves(row, stage)
                }
            )?

            fn version(row: &Self::Model) -> i64 {
                row.version
            }

            fn owners($row: &Self::Model) -> $crate::store::Owners {
                $owners
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn columns_have_the_names_of_the_schema() {
        let named = [
            ("title", "title"),
            ("school_id", "school"),
            ("school_year_id", "schoolYear"),
            ("hourly_wage_minor", "hourlyWage"),
            ("insurance_minor", "insuranceAmount"),
            ("credits_hundredths", "credits"),
            ("approved_by", "approvedBy"),
        ];
        for (column, name) in named {
            assert_eq!(field(column), name);
        }
    }
}
