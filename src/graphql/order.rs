//! Sorting a connection: one key that an index serves, and the primary key behind it.

use async_graphql::InputType;

use crate::store::{SortKey, Visible};

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, async_graphql::Enum)]
pub enum OrderDirection {
    /// From the smallest to the largest; objects without a value come first.
    #[default]
    Asc,
    /// From the largest to the smallest; objects without a value come last.
    Desc,
}

/// An `orderBy` input.
pub trait Ordering: InputType {
    /// The table that it sorts.
    type Entity: Visible;

    /// The sort that it asks for.
    fn sort(&self) -> SortKey<Self::Entity>;
}

/// Declares the `orderBy` input of a type: the sort keys and their columns.
///
/// A nullable column is marked with `?`.
#[macro_export]
macro_rules! order {
    (
        $vis:vis $order:ident, $field:ident on $entity:ty as $column:ty {
            $($(#[doc = $doc:literal])+ $key:ident $(= $of:ident)? $([$nullable:tt])?,)+
        }
    ) => {
        /// What the list can be sorted by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
        $vis enum $field {
            $($(#[doc = $doc])+ $key,)+
        }

        /// The order of a list.
        #[derive(Debug, Clone, async_graphql::InputObject)]
        $vis struct $order {
            /// The key to sort by.
            pub field: $field,
            /// Which way the list runs.
            #[graphql(default)]
            pub direction: $crate::graphql::order::OrderDirection,
        }

        impl $crate::graphql::order::Ordering for $order {
            type Entity = $entity;

            fn sort(&self) -> $crate::store::SortKey<$entity> {
                let (column, is_nullable) = match self.field {
                    $($field::$key => (<$column>::$key, $crate::order!(@nullable $($nullable)?)),)+
                };
                let descending = self.direction == $crate::graphql::order::OrderDirection::Desc;
                $crate::store::SortKey { column: Some(column), is_nullable, descending }
            }
        }
    };
    (@nullable) => { false };
    (@nullable ?) => { true };
}
