//! Objects with a table behind them: the edges that most types need are declared in a line.

use std::collections::BTreeSet;

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    Connection, Declaration, FieldDeclaration, Loaded, Object, Paged, Parents,
    narrow::{Reads, of_rows},
};
use crate::{
    auth::Scope,
    graphql::{filter::Filter, order::Ordering, page::PageArguments},
    store::{Visible, any_of, visible},
};

/// An object type whose rows lie in a table.
pub trait Stored: Object<Row = <Self::Entity as EntityTrait>::Model> {
    /// The table.
    type Entity: Visible;
    /// What connections of the type can be filtered by.
    type Where: Filter<Entity = Self::Entity>;
    /// What connections of the type can be sorted by.
    type Order: Ordering<Entity = Self::Entity>;
    /// The first part of its global ids.
    const PREFIX: &'static str;
    /// The scope that reading it takes, wherever it is reached.
    const SCOPE: Scope;
}

impl<T: Object> Declaration<T> {
    /// The row that a key of this row points to; null when there is none, or none to be seen.
    pub fn belongs_to<U: Stored>(
        &mut self,
        name: &'static str,
        key: fn(&T::Row) -> Option<Uuid>,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let field = self.one::<U, ()>(
            name,
            move |parents, ()| {
                let wanted = parents.rows.iter().map(|row| key(row)).collect();
                Box::pin(load_by_key::<T, U>(parents, wanted))
            },
            description,
        );
        field.reads = Reads::named(name, "_id");
        field
    }

    /// A page of the rows whose column points to this row.
    pub fn has_many<U: Stored>(
        &mut self,
        name: &'static str,
        column: <U::Entity as EntityTrait>::Column,
        key: fn(&T::Row) -> Uuid,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let field = self.one::<Connection<U>, PageArguments<U>>(
            name,
            move |parents, arguments| {
                let ids = parents.rows.iter().map(|row| key(row)).collect();
                Box::pin(load_pages(parents, arguments, column, ids))
            },
            description,
        );
        field.reads = Reads::named("id", "");
        field.paged()
    }
}

impl Declaration<super::Query> {
    /// A page of every row that the caller may see.
    pub fn list<U: Stored>(
        &mut self,
        name: &'static str,
        description: &str,
    ) -> &mut FieldDeclaration<super::Query> {
        self.one::<Connection<U>, PageArguments<U>>(
            name,
            |parents, arguments| Box::pin(load_list(parents, arguments)),
            description,
        )
        .paged()
        .needs(U::SCOPE)
    }

    /// One row by its global id; null when there is none, or none to be seen.
    pub fn get<U: Stored>(
        &mut self,
        name: &'static str,
        description: &str,
    ) -> &mut FieldDeclaration<super::Query> {
        self.one::<U, super::node::IdArgument<U>>(
            name,
            |parents, argument| {
                Box::pin(async move { load_by_key::<_, U>(parents, vec![Some(argument.id)]).await })
            },
            description,
        )
        .needs(U::SCOPE)
    }
}

pub(super) async fn load_by_key<T: Object, U: Stored>(
    parents: &Parents<'_, T>,
    wanted: Vec<Option<Uuid>>,
) -> crate::error::Result<Loaded<U::Row, Option<usize>>> {
    let mut keys: Vec<Uuid> = wanted.iter().copied().flatten().collect();
    keys.sort_unstable();
    keys.dedup();
    let reader = parents.cx.reader()?;
    let select = visible::<U::Entity>(parents.cx.caller()?);
    let rows = if keys.is_empty() {
        Vec::new()
    } else {
        let with_key = any_of(reader.backend, U::Entity::id_column(), &keys);
        reader.some(select, with_key, of_rows::<U>(parents.cx, &parents.picked.sets)).await?
    };
    Ok(Loaded::by_key(rows, U::Entity::id, wanted.into_iter()))
}

async fn load_pages<T: Object, U: Stored>(
    parents: &Parents<'_, T>,
    arguments: PageArguments<U>,
    column: <U::Entity as EntityTrait>::Column,
    ids: Vec<Uuid>,
) -> crate::error::Result<Loaded<Paged<U::Row>, Option<usize>>> {
    let request = arguments.request(parents.cx, parents.picked)?;
    let select = request.select(parents.cx.caller()?);
    let distinct: Vec<_> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let reader = parents.cx.reader()?;
    let pages = reader.page_per_parent(select, column, &distinct, &request.page).await?;
    Ok(Loaded {
        rows: pages.into_iter().map(|page| request.paged(page)).collect(),
        // Several parents may be the same row; they share its page.
        of: ids.iter().map(|id| Ok(distinct.binary_search(id).ok())).collect(),
    })
}

async fn load_list<U: Stored>(
    parents: &Parents<'_, super::Query>,
    arguments: PageArguments<U>,
) -> crate::error::Result<Loaded<Paged<U::Row>, Option<usize>>> {
    let request = arguments.request(parents.cx, parents.picked)?;
    let select = request.select(parents.cx.caller()?);
    let page = parents.cx.reader()?.page(select, &request.page).await?;
    Ok(Loaded::each(vec![Some(request.paged(page))]))
}

/// Declares an object type with a table behind it.
#[macro_export]
macro_rules! object {
    (
        $(#[doc = $doc:literal])+
        $vis:vis $name:ident($entity:ty) is $id:ty, needs $scope:expr, by $filter:ty, $order:ty
    ) => {
        $crate::value_object! {
            $(#[doc = $doc])+
            $vis $name(<$entity as sea_orm::EntityTrait>::Model)
        }

        impl $crate::graphql::object::Stored for $name {
            type Entity = $entity;
            type Where = $filter;
            type Order = $order;
            const PREFIX: &'static str = <$id as entity::id::TypedId>::PREFIX;
            const SCOPE: $crate::auth::Scope = $scope;
        }
    };
}

/// Declares `createdAt`, `updatedAt` and `version`, as every type that changes has them.
#[macro_export]
macro_rules! tracked {
    ($declaration:expr) => {
        $declaration.column("createdAt", |row| row.created_at, "When the record was made.");
        $declaration.column("updatedAt", |row| row.updated_at, "When the record last changed.");
        $declaration.column(
            "version",
            |row| row.version,
            "Grows by one with each change. Give it back as `expectedVersion` to be refused when \
             somebody else was faster.",
        );
    };
}
