//! The one filter language: `where: { and, or, not, field: { eq, in, lt, … } }`.
//!
//! Only what an index serves is in the schema. An empty `in` matches nothing, an empty `and`
//! everything; an operator that is explicitly null is an error, for "has no value" is `isNull`.

mod tree;

pub use tree::combine;

use async_graphql::{ID, InputObject, InputType, MaybeUndefined};
use sea_orm::{
    ColumnTrait, Condition, Value,
    sea_query::{ExprTrait, SimpleExpr},
};

use super::scalars::{Date, DateTime};
use crate::{
    error::{Code, Error, Result},
    store::Visible,
    typeid,
};

/// A `where` input.
pub trait Filter: InputType {
    /// The table that it filters.
    type Entity: Visible;

    /// What it asks of a row.
    fn condition(self) -> Result<Condition>;
}

/// The operators on one field; `K` is the kind of key for ids.
pub trait Operators<K = ()> {
    /// What they ask of the column.
    fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition>;
}

/// Collects the operators that were given.
struct Asked<'a, C> {
    column: C,
    name: &'a str,
    condition: Condition,
}

impl<C: ColumnTrait> Asked<'_, C> {
    fn given<V>(
        mut self,
        operator: &str,
        value: MaybeUndefined<V>,
        apply: impl FnOnce(C, V) -> Result<SimpleExpr>,
    ) -> Result<Self> {
        match value {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => {
                let message =
                    format!("`{}.{operator}` is null; leave it out, or use `isNull`", self.name);
                return Err(Error::argument(Code::BadUserInput, message));
            }
            MaybeUndefined::Value(value) => {
                self.condition = self.condition.add(apply(self.column, value)?);
            }
        }
        Ok(self)
    }

    fn absent(self, value: MaybeUndefined<bool>) -> Result<Self> {
        self.given("isNull", value, |column, wanted| {
            Ok(if wanted { column.is_null() } else { column.is_not_null() })
        })
    }
}

fn asked<C: ColumnTrait>(column: C, name: &str) -> Asked<'_, C> {
    Asked { column, name, condition: Condition::all() }
}

/// Asks for ids.
#[derive(Debug, Clone, InputObject)]
pub struct IdFilter {
    /// Is this one.
    eq: MaybeUndefined<ID>,
    /// Is one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    one_of: MaybeUndefined<Vec<ID>>,
    /// Has none, or has one.
    is_null: MaybeUndefined<bool>,
}

impl<K: entity::id::TypedId> Operators<K> for IdFilter {
    fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition> {
        let key = |id: &ID| -> Result<Value> {
            let key = typeid::decode::<K>(id).ok_or_else(|| {
                let message = format!("`{name}`: an id as `{}_…` is expected", K::PREFIX);
                Error::argument(Code::InvalidId, message)
            })?;
            Ok(Value::from(Into::<uuid::Uuid>::into(key)))
        };
        let asked = asked(column, name)
            .given("eq", self.eq, |column, id| Ok(column.eq(key(&id)?)))?
            .given("in", self.one_of, |column, ids| {
                Ok(column.is_in(ids.iter().map(key).collect::<Result<Vec<_>>>()?))
            })?;
        Ok(asked.absent(self.is_null)?.condition)
    }
}

/// Asks for texts; upper and lower case differ.
#[derive(Debug, Clone, InputObject)]
pub struct StringFilter {
    /// Is this text.
    eq: MaybeUndefined<String>,
    /// Is one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    one_of: MaybeUndefined<Vec<String>>,
    /// Begins with this text.
    starts_with: MaybeUndefined<String>,
    /// Has no value, or has one.
    is_null: MaybeUndefined<bool>,
}

impl Operators for StringFilter {
    fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition> {
        let asked = asked(column, name)
            .given("eq", self.eq, |column, text| Ok(column.eq(text)))?
            .given("in", self.one_of, |column, texts| Ok(column.is_in(texts)))?
            .given("startsWith", self.starts_with, |column, text| Ok(starts_with(column, &text)))?;
        Ok(asked.absent(self.is_null)?.condition)
    }
}

/// From the prefix to what comes behind all that begin with it: a range that an index serves
/// whatever the prefix, as `LIKE` does only where the planner knows it. Texts sort by their
/// characters' numbers in both databases.
fn starts_with<C: ColumnTrait>(column: C, prefix: &str) -> SimpleExpr {
    let from = column.gte(prefix);
    behind(prefix).map_or(from.clone(), |behind| from.and(column.lt(behind)))
}

/// The first text behind all that begin with the prefix; there is none behind the last character.
fn behind(prefix: &str) -> Option<String> {
    let mut kept = prefix.to_owned();
    while let Some(last) = kept.pop() {
        // Between the two halves of the numbers no character lies.
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            kept.push(next);
            return Some(kept);
        }
    }
    None
}

/// Asks yes or no.
#[derive(Debug, Clone, InputObject)]
pub struct BooleanFilter {
    /// Is so, or is not.
    eq: MaybeUndefined<bool>,
}

impl Operators for BooleanFilter {
    fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition> {
        Ok(asked(column, name).given("eq", self.eq, |column, flag| Ok(column.eq(flag)))?.condition)
    }
}

macro_rules! range_filters {
    ($($(#[doc = $doc:literal])+ $name:ident of $type:ty, |$value:ident| $plain:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, InputObject)]
        pub struct $name {
            /// Is exactly this.
            eq: MaybeUndefined<$type>,
            /// Lies before this.
            lt: MaybeUndefined<$type>,
            /// Lies before this or is this.
            lte: MaybeUndefined<$type>,
            /// Lies after this.
            gt: MaybeUndefined<$type>,
            /// Lies after this or is this.
            gte: MaybeUndefined<$type>,
            /// Has no value, or has one.
            is_null: MaybeUndefined<bool>,
        }

        impl Operators for $name {
            fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition> {
                let plain = |$value: $type| $plain;
                let asked = asked(column, name)
                    .given("eq", self.eq, |column, value| Ok(column.eq(plain(value))))?
                    .given("lt", self.lt, |column, value| Ok(column.lt(plain(value))))?
                    .given("lte", self.lte, |column, value| Ok(column.lte(plain(value))))?
                    .given("gt", self.gt, |column, value| Ok(column.gt(plain(value))))?
                    .given("gte", self.gte, |column, value| Ok(column.gte(plain(value))))?;
                Ok(asked.absent(self.is_null)?.condition)
            }
        }
    )+};
}

range_filters! {
    /// Asks for days.
    DateFilter of Date, |day| day.0;
    /// Asks for instants.
    DateTimeFilter of DateTime, |instant| instant.0;
    /// Asks for whole numbers.
    IntFilter of i32, |number| number;
}

/// Declares the filter of an enum.
#[macro_export]
macro_rules! enum_filter {
    ($vis:vis $name:ident of $type:ty as $stored:ty) => {
        /// Asks for values of a list.
        #[derive(Debug, Clone, async_graphql::InputObject)]
        $vis struct $name {
            /// Is this value.
            eq: async_graphql::MaybeUndefined<$type>,
            /// Is one of these; an empty list matches nothing.
            #[graphql(name = "in")]
            one_of: async_graphql::MaybeUndefined<Vec<$type>>,
        }

        impl $crate::graphql::filter::Operators for $name {
            fn on<C: sea_orm::ColumnTrait>(
                self,
                column: C,
                name: &str,
            ) -> $crate::error::Result<sea_orm::Condition> {
                let one = self.eq.map_value(<$stored>::from);
                let list = self.one_of.map_value(|list| list.into_iter().map(<$stored>::from).collect());
                $crate::graphql::filter::among(column, name, one, list)
            }
        }
    };
}

/// The operators of an enum's filter.
pub fn among<C: ColumnTrait, V: Into<Value>>(
    column: C,
    name: &str,
    one: MaybeUndefined<V>,
    list: MaybeUndefined<Vec<V>>,
) -> Result<Condition> {
    let asked = asked(column, name).given("eq", one, |column, value| Ok(column.eq(value)))?.given(
        "in",
        list,
        |column, values| Ok(column.is_in(values)),
    )?;
    Ok(asked.condition)
}
