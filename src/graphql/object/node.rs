//! Any object by its global id: the `Node` interface.

use std::{
    any::Any,
    borrow::Cow,
    collections::HashMap,
    marker::PhantomData,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, MetaInputValue, MetaType, MetaTypeId, Registry},
};
use futures_util::future::{BoxFuture, join_all};
use uuid::Uuid;

use super::{
    Abstract, Answer, Arguments, Cx, Declaration, Graph, Loaded, One, Picked, Query, Stored,
    argument::declared, target::unindented,
};
use crate::{
    error::{Code, Error, Result},
    store::{Visible, any_of, visible},
    typeid,
};

/// `nodes` answers at most so many ids.
const MOST_NODES: usize = 100;

/// A row of any stored type.
#[derive(Clone)]
pub struct NodeRow(Arc<dyn Any + Send + Sync>);

impl NodeRow {
    /// The row, when it is one of this type.
    pub(super) fn row<R: 'static>(&self) -> Option<&R> {
        self.0.downcast_ref()
    }
}

crate::interface! {
    /// An object that can be read again by its global id.
    pub Node(NodeRow)
}

/// How rows of one type are found by their keys.
type Load = for<'x> fn(&'x Cx<'x>, Vec<Uuid>) -> BoxFuture<'x, Result<HashMap<Uuid, NodeRow>>>;

static LOADERS: OnceLock<HashMap<&'static str, Load>> = OnceLock::new();

/// Collects the stored types while the graph is put together.
#[derive(Default)]
pub(super) struct Nodes(HashMap<&'static str, Load>);

impl Nodes {
    pub(super) fn add<T: Stored>(&mut self) {
        self.0.insert(T::PREFIX, |cx, keys| Box::pin(load::<T>(cx, keys)));
    }

    pub(super) fn install(self) {
        if !self.0.is_empty() {
            LOADERS.get_or_init(|| self.0);
        }
    }
}

pub(super) fn project<T: Stored>(row: &NodeRow) -> Option<&T::Row> {
    row.row()
}

/// The row behind a global id, if there is one to be seen.
pub(super) async fn node_of(cx: &Cx<'_>, id: &ID) -> Result<Option<NodeRow>> {
    load_nodes(cx, std::slice::from_ref(id)).await.pop().unwrap_or(Ok(None))
}

async fn load<T: Stored>(cx: &Cx<'_>, keys: Vec<Uuid>) -> Result<HashMap<Uuid, NodeRow>> {
    let caller = cx.caller()?;
    caller.require(T::SCOPE)?;
    let reader = cx.reader()?;
    let with_key = any_of(reader.backend, T::Entity::id_column(), &keys);
    let rows = reader.all(visible::<T::Entity>(caller), with_key).await?;
    Ok(rows.into_iter().map(|row| (T::Entity::id(&row), NodeRow(Arc::new(row)))).collect())
}

/// Each id's row, one statement for each type among the ids.
pub async fn load_nodes(cx: &Cx<'_>, ids: &[ID]) -> Vec<Answer<Option<NodeRow>>> {
    let parts: Vec<_> = ids.iter().map(|id| typeid::split(id)).collect();
    let mut wanted: HashMap<&str, Vec<Uuid>> = HashMap::new();
    for (prefix, key) in parts.iter().flatten() {
        wanted.entry(*prefix).or_default().push(*key);
    }
    let loaders = LOADERS.get();
    let loads = wanted.into_iter().filter_map(|(prefix, keys)| {
        let load = loaders?.get(prefix)?;
        Some(async move { (prefix, load(cx, keys).await.map_err(Arc::new)) })
    });
    let found: HashMap<_, _> = join_all(loads).await.into_iter().collect();
    let answer = |part: Option<(&str, Uuid)>| {
        let (prefix, key) = part.ok_or_else(|| not_an_id("a global id of any type"))?;
        match found.get(prefix) {
            Some(Ok(rows)) => Ok(rows.get(&key).cloned()),
            Some(Err(error)) => Err(Error::Shared(error.clone())),
            None => Err(not_an_id("a global id of any type")),
        }
    };
    parts.into_iter().map(answer).collect()
}

pub(super) fn declare(graph: &mut Graph) {
    let query: &mut Declaration<Query> = graph.query();
    let any = crate::auth::Scope::Any;
    query
        .one::<Node, AnyId>(
            "node",
            |parents, argument| {
                Box::pin(
                    async move { Ok(Loaded::each_or(load_nodes(parents.cx, &[argument.0]).await)) },
                )
            },
            "Any object by its global id; null when there is none that you may see.",
        )
        .needs(any);
    query
        .sparse::<Node, AnyIds>(
            "nodes",
            |parents, arguments| {
                Box::pin(async move { load_nodes(parents.cx, &arguments.0).await })
            },
            "Up to 100 objects of any types by their global ids, in the order of the ids; null for \
             each that you may not see.",
        )
        .needs(any);
}

/// The argument of a field that answers one object of a known type.
pub(super) struct IdArgument<U> {
    pub(super) id: Uuid,
    of: PhantomData<fn() -> U>,
}

impl<U: Stored> Arguments for IdArgument<U> {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<ID>(registry, "id", &format!("A global id, as `{}_…`.", U::PREFIX))]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let id: ID = picked.argument(cx, "id")?;
        match typeid::split(&id) {
            Some((prefix, id)) if prefix == U::PREFIX => Ok(Self { id, of: PhantomData }),
            _ => Err(not_an_id(&format!("an id of a {}, as `{}_…`", U::NAME, U::PREFIX))),
        }
    }
}

fn not_an_id(expected: &str) -> Error {
    Error::argument(Code::InvalidId, format!("{expected} is expected"))
}

struct AnyId(ID);

impl Arguments for AnyId {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<ID>(registry, "id", "The global id of an object of any type.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "id").map(Self)
    }
}

struct AnyIds(Vec<ID>);

impl Arguments for AnyIds {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<Vec<ID>>(registry, "ids", "At most 100 global ids.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let ids: Vec<ID> = picked.argument(cx, "ids")?;
        if ids.len() > MOST_NODES {
            let message = format!("`ids` takes at most {MOST_NODES} ids; {} were given", ids.len());
            return Err(Error::argument(Code::PageSizeOutOfRange, message));
        }
        Ok(Self(ids))
    }
}

/// A reference to an object from an ordinary resolver, as the row behind a conflict.
#[derive(Debug, Clone)]
pub struct NodeRef(pub ID);

impl OutputType for NodeRef {
    fn type_name() -> Cow<'static, str> {
        <Node as super::Target>::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Node as super::Target>::register(registry);
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        base: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let cx = Cx::new(base);
        match node_of(&cx, &self.0).await {
            Ok(Some(row)) => One::<Node>::Row(row).resolve(base, field).await,
            _ => Ok(Value::Null),
        }
    }
}

/// Enters an interface into the schema; every member has the field `id`.
pub fn register_interface<A: Abstract>(registry: &mut Registry) {
    registry.create_output_type::<One<A>, _>(MetaTypeId::Interface, |registry| {
        let members = A::members().get().map_or(&[][..], |members| &members.list);
        for member in members {
            (member.register)(registry);
        }
        let mut id = MetaField::new("id", "ID!");
        id.description = Some("The global id: opaque, never changed, never used again.".to_owned());
        MetaType::Interface {
            name: A::NAME.to_owned(),
            description: Some(unindented(A::DESCRIPTION)),
            fields: IndexMap::from([("id".to_owned(), id)]),
            possible_types: members.iter().map(|member| member.name.to_owned()).collect(),
            extends: false,
            inaccessible: false,
            tags: Vec::new(),
            keys: None,
            visible: None,
            rust_typename: Some(std::any::type_name::<One<A>>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        }
    });
}
