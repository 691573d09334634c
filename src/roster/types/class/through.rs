//! Short lists that lead through a joining table.

use std::collections::HashMap;

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::object::{Declaration, FieldDeclaration, Loaded, Parents, Stored},
    store::{Visible, any_of, visible},
};

/// What a row of the joining table ties together.
pub struct Ends {
    /// The key of the object that is asked.
    pub near: Uuid,
    /// The key of the object in its list.
    pub far: Uuid,
    /// Whether it stands before the others.
    pub leads: bool,
}

impl<T: Stored> Declaration<T> {
    /// The objects that a joining table ties to this one; `near` is its column of this one's key.
    pub(super) fn through<J: Visible, U: Stored>(
        &mut self,
        name: &'static str,
        near: <J as EntityTrait>::Column,
        ends: fn(&J::Model) -> Ends,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        self.many::<U, ()>(
            name,
            move |parents, ()| Box::pin(load::<T, J, U>(parents, near, ends)),
            description,
        )
        .reads([T::Entity::id_column()])
    }
}

/// For each parent the objects that the joining table ties to it, in two statements.
async fn load<T: Stored, J: Visible, U: Stored>(
    parents: &Parents<'_, T>,
    near: <J as EntityTrait>::Column,
    ends: fn(&J::Model) -> Ends,
) -> Result<Loaded<U::Row, Vec<usize>>> {
    let ids: Vec<Uuid> = parents.rows.iter().map(|row| T::Entity::id(row)).collect();
    let (caller, reader) = (parents.cx.caller()?, parents.cx.reader()?);
    let joins = reader.all(visible::<J>(caller), any_of(reader.backend, near, &ids)).await?;
    let mut joins: Vec<Ends> = joins.iter().map(ends).collect();
    joins.sort_unstable_by_key(|ends| (!ends.leads, ends.far));
    let mut far: Vec<Uuid> = joins.iter().map(|ends| ends.far).collect();
    far.sort_unstable();
    far.dedup();
    let rows = if far.is_empty() {
        Vec::new()
    } else {
        let among = any_of(reader.backend, U::Entity::id_column(), &far);
        reader.all(visible::<U::Entity>(caller), among).await?
    };
    let at = rows.iter().enumerate().map(|(at, row)| (U::Entity::id(row), at));
    let at: HashMap<Uuid, usize> = at.collect();
    let mut lists: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for ends in joins {
        lists.entry(ends.near).or_default().extend(at.get(&ends.far));
    }
    let of = ids.iter().map(|id| Ok(lists.get(id).cloned().unwrap_or_default()));
    Ok(Loaded { of: of.collect(), rows })
}
