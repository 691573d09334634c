//! Putting the slices' declarations together.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
};

use super::{
    Abstract, Declaration, Members, Node, Object, Query, Stored, Subscription, connection, node,
};

type Installed = HashMap<TypeId, (Box<dyn Any>, fn(Box<dyn Any>))>;

/// Every declaration of the schema while it is being put together.
#[derive(Default)]
pub struct Graph {
    declarations: Installed,
    nodes: node::Nodes,
}

impl Graph {
    /// A graph with what every schema has: pages, `node` and `nodes`.
    #[must_use]
    pub fn new() -> Self {
        let mut graph = Self::with_pages();
        node::declare(&mut graph);
        crate::graphql::external::declare(&mut graph);
        crate::graphql::viewer::declare(&mut graph);
        graph
    }

    /// A graph with pages and without a root, for a schema of its own.
    #[must_use]
    pub fn with_pages() -> Self {
        let mut graph = Self::default();
        connection::declare(&mut graph);
        graph
    }

    /// The root of the queries.
    pub fn query(&mut self) -> &mut Declaration<Query> {
        self.object::<Query>()
    }

    /// The root of the subscriptions.
    pub fn subscription(&mut self) -> &mut Declaration<Subscription> {
        self.object::<Subscription>()
    }

    /// The declaration of an object type, whoever began it.
    ///
    /// # Panics
    ///
    /// Never: a declaration lies under its own type.
    pub fn object<T: Object>(&mut self) -> &mut Declaration<T> {
        self.part::<Declaration<T>>(|declaration| {
            if let Ok(declaration) = declaration.downcast() {
                T::cell().get_or_init(|| *declaration);
            }
        })
    }

    /// The declaration of a type with a table behind it: a node of the graph.
    pub fn node<T: Stored>(&mut self) -> &mut Declaration<T> {
        self.nodes.add::<T>();
        let declaration = self.member::<Node, T>(node::project::<T>);
        declaration.scope = Some(T::SCOPE);
        declaration
    }

    /// The declaration of a type that stands behind an interface; `project` finds its row in the
    /// interface's row.
    pub fn member<A: Abstract, T: Object>(
        &mut self,
        project: fn(&A::Row) -> Option<&T::Row>,
    ) -> &mut Declaration<T> {
        self.interface::<A>().member::<T>(project);
        let declaration = self.object::<T>();
        declaration.interfaces.push(A::NAME);
        declaration
    }

    /// The members of an interface.
    pub fn interface<A: Abstract>(&mut self) -> &mut Members<A::Row> {
        self.part::<Members<A::Row>>(|members| {
            if let Ok(members) = members.downcast() {
                A::members().get_or_init(|| *members);
            }
        })
    }

    /// Makes the declarations final. The first graph of a process stays.
    pub fn install(self) {
        self.nodes.install();
        for (declaration, install) in self.declarations.into_values() {
            install(declaration);
        }
    }

    fn part<P: Default + 'static>(&mut self, install: fn(Box<dyn Any>)) -> &mut P {
        let fresh = || (Box::<P>::default() as Box<dyn Any>, install);
        let (part, _) = self.declarations.entry(TypeId::of::<P>()).or_insert_with(fresh);
        if !part.is::<P>() {
            *part = Box::<P>::default();
        }
        match part.downcast_mut() {
            Some(part) => part,
            None => unreachable!("a declaration lies under its own type"),
        }
    }
}
