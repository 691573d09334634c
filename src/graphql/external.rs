//! Keys of other systems: as a field of every synchronised type, and in place of an id.

use async_graphql::{
    ID, InputObject, OneofObject,
    registry::{MetaInputValue, Registry},
};
use entity::external_id;
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use uuid::Uuid;

use super::object::{
    Arguments, Cx, Declaration, FieldDeclaration, Graph, Loaded, Parents, Picked, Query, Stored,
    declared,
};
use crate::{
    error::{Code, Error, Problem, ProblemCode, Result},
    store::{RowKey, Visible, any_of, visible},
    typeid,
};

crate::value_object! {
    /// The key under which another system knows the object. You see the keys that your own
    /// organisation gave.
    pub ExternalId(external_id::Model)
}

/// The key under which another system knows an object.
#[derive(Debug, Clone, InputObject)]
pub struct ExternalIdInput {
    /// The system's name, as `powerschool`; 1 to 64 characters.
    pub system: String,
    /// Its key for the object; 1 to 255 characters.
    pub value: String,
}

impl ExternalIdInput {
    /// The key for the store, when it is of the right form; `path` leads to this input.
    pub fn key(self, path: &str) -> Result<RowKey, Problem> {
        let Self { system, value } = self;
        check_length(&format!("{path}.system"), &system, 64)?;
        check_length(&format!("{path}.value"), &value, 255)?;
        Ok(RowKey::External { system, value })
    }
}

/// Names one object: by its global id, or by the key that one of your systems has for it.
#[derive(Debug, Clone, OneofObject)]
pub enum KeyInput {
    /// The global id.
    Id(ID),
    /// The key of another system.
    ExternalId(ExternalIdInput),
}

impl KeyInput {
    /// The key for the store, when it is of the right form.
    pub fn key(self, prefix: &str) -> Result<RowKey, Problem> {
        match self {
            Self::Id(id) => match typeid::split(&id) {
                Some((found, id)) if found == prefix => Ok(RowKey::Id(id)),
                _ => {
                    let message = format!("an id as `{prefix}_…` is expected");
                    Err(Problem::field(ProblemCode::InvalidFormat, "key.id", message))
                }
            },
            Self::ExternalId(key) => key.key("key.externalId"),
        }
    }
}

fn check_length(path: &str, text: &str, most: usize) -> Result<(), Problem> {
    match text.chars().count() {
        0 => Err(Problem::required(path)),
        length if length > most => {
            let message = format!("at most {most} characters are allowed; there are {length}");
            Err(Problem::field(ProblemCode::TooLong, path, message))
        }
        _ => Ok(()),
    }
}

pub(super) fn declare(graph: &mut Graph) {
    let external = graph.object::<ExternalId>();
    external.column("system", |row| row.system.clone(), "The name of the other system.");
    external.column("value", |row| row.value.clone(), "Its key for the object.");
}

impl<T: Stored> Declaration<T> {
    /// `externalIds`, as every synchronised type has it.
    pub fn external_ids(&mut self) -> &mut FieldDeclaration<T> {
        self.many::<ExternalId, ()>(
            "externalIds",
            |parents, ()| Box::pin(load(parents)),
            "The keys under which your own systems know the object.",
        )
        .reads([T::Entity::id_column()])
    }
}

async fn load<T: Stored>(
    parents: &Parents<'_, T>,
) -> Result<Loaded<external_id::Model, Vec<usize>>> {
    let ids: Vec<Uuid> = parents.rows.iter().map(|row| T::Entity::id(row)).collect();
    let reader = parents.cx.reader()?;
    let select = visible::<external_id::Entity>(parents.cx.caller()?)
        .filter(external_id::Column::Kind.eq(T::PREFIX));
    let among = any_of(reader.backend, external_id::Column::EntityId, &ids);
    let mut rows = reader.all(select, among).await?;
    rows.sort_by(|one, other| (&one.system, &one.value).cmp(&(&other.system, &other.value)));
    Ok(Loaded::grouped(rows, |row| row.entity_id, ids.into_iter()))
}

struct ByKey(KeyInput);

impl Arguments for ByKey {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<KeyInput>(registry, "key", "Which object.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "key").map(Self)
    }
}

impl Declaration<Query> {
    /// One row by its id or by another system's key; null when there is none to be seen.
    pub fn by_key<U: Stored>(
        &mut self,
        name: &'static str,
        description: &str,
    ) -> &mut FieldDeclaration<Query> {
        self.one::<U, ByKey>(name, |parents, key| Box::pin(find::<U>(parents, key.0)), description)
            .needs(U::SCOPE)
    }
}

async fn find<U: Stored>(
    parents: &Parents<'_, Query>,
    key: KeyInput,
) -> Result<Loaded<U::Row, Option<usize>>> {
    let key = key.key(U::PREFIX).map_err(|problem| {
        let is_id = problem.path.iter().any(|step| step == "id");
        let code = if is_id { Code::InvalidId } else { Code::BadUserInput };
        Error::argument(code, problem.message)
    })?;
    let reader = parents.cx.reader()?;
    let caller = parents.cx.caller()?;
    let id = match key {
        RowKey::Id(id) => Some(id),
        RowKey::External { system, value } => {
            let column = |column: external_id::Column, text: &str| column.eq(text);
            let fits = Condition::all()
                .add(column(external_id::Column::Kind, U::PREFIX))
                .add(column(external_id::Column::System, &system))
                .add(column(external_id::Column::Value, &value));
            let found = reader.all(visible::<external_id::Entity>(caller), fits.into()).await?;
            match found.as_slice() {
                [] => None,
                [one] => Some(one.entity_id),
                _ => return Err(ambiguous()),
            }
        }
    };
    let Some(id) = id else { return Ok(Loaded::each(vec![None])) };
    let with_id = any_of(reader.backend, U::Entity::id_column(), &[id]);
    let rows = reader.all(visible::<U::Entity>(caller), with_id).await?;
    Ok(Loaded::each(vec![rows.into_iter().next()]))
}

/// Only a platform client, which sees every tenant's keys, can meet it.
fn ambiguous() -> Error {
    let message = "several tenants use this key; ask with a client of the tenant, or by id";
    Error::argument(Code::BadUserInput, message)
}
