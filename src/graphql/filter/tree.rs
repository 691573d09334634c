//! The `where` input of a type: its fields, and `and`, `or` and `not` above them.

use sea_orm::{
    Condition,
    sea_query::{ExprTrait, Func, SimpleExpr},
};

use super::Filter;
use crate::error::Result;

/// Declares the `where` input of a type: its fields, their operators and columns.
///
/// An id names the kind of its key: `school: IdFilter => SchoolId of SchoolId`.
#[macro_export]
macro_rules! filter {
    (
        $vis:vis $name:ident on $entity:ty as $column:ty {
            $($(#[doc = $doc:literal])+ $field:ident: $operators:ty => $of:ident $(of $key:ty)?,)+
        }
    ) => {
        /// What a list can be filtered by; all given fields must fit.
        #[derive(Debug, Clone, Default, async_graphql::InputObject)]
        $vis struct $name {
            /// All of these fit; an empty list lets everything through.
            pub and: Option<Vec<$name>>,
            /// At least one of these fits; an empty list lets nothing through.
            pub or: Option<Vec<$name>>,
            /// This does not fit.
            pub not: Option<Box<$name>>,
            $($(#[doc = $doc])+ pub $field: Option<$operators>,)+
        }

        impl $crate::graphql::filter::Filter for $name {
            type Entity = $entity;

            fn condition(self) -> $crate::error::Result<sea_orm::Condition> {
                let mut all = $crate::graphql::filter::combine(self.and, self.or, self.not)?;
                $(
                    if let Some(operators) = self.$field {
                        all = all.add($crate::filter!(@on operators, $operators, <$column>::$of, stringify!($field) $(, $key)?)?);
                    }
                )+
                Ok(all)
            }
        }
    };
    (@on $value:ident, $operators:ty, $column:expr, $name:expr) => {
        <$operators as $crate::graphql::filter::Operators>::on($value, $column, $name)
    };
    (@on $value:ident, $operators:ty, $column:expr, $name:expr, $key:ty) => {
        <$operators as $crate::graphql::filter::Operators<$key>>::on($value, $column, $name)
    };
}

/// `and`, `or` and `not` of a `where` input.
pub fn combine<F: Filter>(
    and: Option<Vec<F>>,
    or: Option<Vec<F>>,
    not: Option<Box<F>>,
) -> Result<Condition> {
    let mut all = Condition::all();
    for filter in and.into_iter().flatten() {
        all = all.add(filter.condition()?);
    }
    if let Some(filters) = or {
        // An empty `any` would let everything through; nothing fits none of the choices.
        let mut any = Condition::any().add(SimpleExpr::from(false));
        for filter in filters {
            any = any.add(filter.condition()?);
        }
        all = all.add(any);
    }
    if let Some(filter) = not {
        // What is unknown for lack of a value does not fit either: SQL's NOT alone would drop it.
        let fits = [SimpleExpr::from(filter.condition()?), SimpleExpr::from(false)];
        all = all.add(SimpleExpr::from(Func::coalesce(fits)).not());
    }
    Ok(all)
}
