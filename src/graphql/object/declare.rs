//! Declaring an object type: columns, edges, and what the schema prints about them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    OutputType,
    indexmap::IndexMap,
    registry::{MetaInputValue, MetaTypeId, ObjectBuilder, Registry},
};
use futures_util::future::BoxFuture;

use super::{
    Arguments, Cx, FieldDeclaration, Loaded, Object, One, Parents, Picked, Target,
    edge::{Answer, EdgeFn, Null, many, one, sparse},
    narrow::Reads,
    target::unindented,
};
use crate::{
    auth::Scope,
    error::Result,
    graphql::{leaf::Leaf, scope},
};

/// An object type: its fields in the order of their declaration.
pub struct Declaration<T: Object> {
    fields: Vec<FieldDeclaration<T>>,
    at: HashMap<&'static str, usize>,
    pub(super) interfaces: Vec<&'static str>,
    pub(super) scope: Option<Scope>,
}

type Write<T> = Box<dyn Fn(&<T as Target>::Row, &mut Vec<u8>) + Send + Sync>;

/// How a field is answered.
pub(super) enum How<T: Object> {
    Column(Write<T>),
    Edge(EdgeFn<T>),
}

/// What a load function is besides a function.
pub trait Load: Send + Sync + 'static {}

impl<F: Send + Sync + 'static> Load for F {}

/// What a load function of an edge answers.
pub type Loading<'x, R, A> = BoxFuture<'x, Result<Loaded<R, A>>>;

impl<T: Object> Default for Declaration<T> {
    fn default() -> Self {
        Self { fields: Vec::new(), at: HashMap::new(), interfaces: Vec::new(), scope: None }
    }
}

impl<T: Object> Declaration<T> {
    /// The finished declaration; an undeclared type has no fields.
    pub(super) fn of() -> &'static Self {
        T::cell().get_or_init(Self::default)
    }

    pub(super) fn field(&self, name: &str) -> Option<&FieldDeclaration<T>> {
        self.at.get(name).map(|at| &self.fields[*at])
    }

    /// A column: a plain function of the row.
    pub fn column<L: Leaf<Type: 'static> + 'static>(
        &mut self,
        name: &'static str,
        read: fn(&T::Row) -> L,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let how = How::Column(Box::new(move |row, out| read(row).write(out)));
        let graphql_type = Box::new(L::Type::create_type_info);
        let field = self.add(name, description, graphql_type, |_| Vec::new(), how);
        field.reads = Reads::named(name, "");
        field
    }

    /// An edge to at most one value, null when there is none.
    pub fn one<U: Target, A: Arguments + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>, A) -> Loading<'x, U::Row, Option<usize>> + Load,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        self.single::<U, A>(name, load, description, Null::Allowed)
    }

    /// An edge to exactly one value; when it fails, its parent is null.
    pub fn exactly_one<U: Target, A: Arguments + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>, A) -> Loading<'x, U::Row, Option<usize>> + Load,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        self.single::<U, A>(name, load, description, Null::Propagates)
    }

    fn single<U: Target, A: Arguments + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>, A) -> Loading<'x, U::Row, Option<usize>> + Load,
        description: &str,
        null: Null,
    ) -> &mut FieldDeclaration<T> {
        let load = Arc::new(load);
        let how = How::Edge(Box::new(move |parents| {
            let load = load.clone();
            Box::pin(async move {
                let loaded = match A::read(parents.cx, parents.picked) {
                    Ok(arguments) => load(&parents, arguments).await,
                    Err(error) => Err(error),
                };
                one::<T, U>(parents, loaded, null).await
            })
        }));
        let graphql_type = move |registry: &mut Registry| {
            U::register(registry);
            format!("{}{}", U::name(), if null == Null::Propagates { "!" } else { "" })
        };
        self.add(name, description, Box::new(graphql_type), A::declare, how)
    }

    /// An edge to a short list `[T!]!`; long ones are connections.
    pub fn many<U: Target, A: Arguments + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>, A) -> Loading<'x, U::Row, Vec<usize>> + Load,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let load = Arc::new(load);
        let how = How::Edge(Box::new(move |parents| {
            let load = load.clone();
            Box::pin(async move {
                let loaded = match A::read(parents.cx, parents.picked) {
                    Ok(arguments) => load(&parents, arguments).await,
                    Err(error) => Err(error),
                };
                many::<T, U>(parents, loaded).await
            })
        }));
        let graphql_type = |registry: &mut Registry| {
            U::register(registry);
            format!("[{}!]!", U::name())
        };
        self.add(name, description, Box::new(graphql_type), A::declare, how)
    }

    /// An edge to a list `[T]!` whose positions stand for something that was asked.
    pub fn sparse<U: Target, A: Arguments + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>, A) -> BoxFuture<'x, Vec<Answer<Option<U::Row>>>>
        + Load,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let load = Arc::new(load);
        let how = How::Edge(Box::new(move |parents| {
            let load = load.clone();
            Box::pin(async move {
                let answers = match A::read(parents.cx, parents.picked) {
                    Ok(arguments) => Ok(load(&parents, arguments).await),
                    Err(error) => Err(error),
                };
                sparse::<T, U>(parents, answers).await
            })
        }));
        let graphql_type = |registry: &mut Registry| {
            U::register(registry);
            format!("[{}]!", U::name())
        };
        self.add(name, description, Box::new(graphql_type), A::declare, how)
    }

    pub(super) fn add(
        &mut self,
        name: &'static str,
        description: &str,
        graphql_type: Box<dyn Fn(&mut Registry) -> String + Send + Sync>,
        arguments: fn(&mut Registry) -> Vec<MetaInputValue>,
        how: How<T>,
    ) -> &mut FieldDeclaration<T> {
        let at = self.fields.len();
        self.at.insert(name, at);
        self.fields.push(FieldDeclaration {
            name,
            description: description.to_owned(),
            graphql_type,
            arguments,
            how,
            reads: Reads::Row,
            guarded: None,
            class: None,
            scope: None,
            sized_by: &[],
            weight: None,
            deprecated: None,
        });
        &mut self.fields[at]
    }

    /// Enters the type into the schema.
    pub fn register(registry: &mut Registry) {
        let declaration = Self::of();
        registry.create_output_type::<One<T>, _>(MetaTypeId::Object, |registry| {
            let fields = declaration.fields.iter().map(|field| field.meta(registry));
            let fields: Vec<_> = fields.collect();
            let named = fields.into_iter().map(|field| (field.name.clone(), field));
            let scope = declaration.scope.map(scope::scope_invocation);
            ObjectBuilder::new(T::NAME, named.collect::<IndexMap<_, _>>())
                .description(Some(unindented(T::DESCRIPTION)))
                .directive_invocations(scope.into_iter().collect())
                .rust_typename(std::any::type_name::<One<T>>())
                .build()
        });
        for interface in &declaration.interfaces {
            registry.add_implements(T::NAME, interface);
        }
    }
}

impl<T: Object> Parents<'_, T> {
    /// The selection and the context, for a load function that looks ahead.
    #[must_use]
    pub fn asks_for(&self, type_name: &str, field: &str) -> bool {
        let picked: &Picked<'_> = self.picked;
        let cx: &Cx<'_> = self.cx;
        picked.asks_for(cx, type_name, field)
    }
}
