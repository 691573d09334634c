//! What an edge can lead to: an object, an interface, or a page of objects.

use std::{borrow::Cow, sync::OnceLock};

use async_graphql::registry::Registry;
use futures_util::future::BoxFuture;

use super::{Answers, Cx, Declaration, Slots, Trail, text::NULL};
use crate::graphql::object::select::Sets;

/// A type that an edge can lead to.
pub trait Target: Send + Sync + 'static {
    /// What one value is made of.
    type Row: Send + Sync + 'static;

    /// The name in the schema.
    fn name() -> Cow<'static, str>;

    /// Enters the type into the schema.
    fn register(registry: &mut Registry);

    /// Answers the selected fields for all rows of a level at once.
    fn level<'x>(
        cx: &'x Cx<'x>,
        rows: &'x [&'x Self::Row],
        sets: Sets<'x>,
        trail: &'x Trail<'x>,
    ) -> BoxFuture<'x, Slots>;
}

/// An object type, declared once with columns and edges; see the module's documentation.
pub trait Object: Target {
    /// The name in the schema.
    const NAME: &'static str;
    /// What an outsider should know about the type.
    const DESCRIPTION: &'static str;

    /// Where the finished declaration lies.
    fn cell() -> &'static OnceLock<Declaration<Self>>
    where
        Self: Sized;
}

/// An interface: a value is of one of several object types.
pub trait Abstract: Target {
    /// The name in the schema.
    const NAME: &'static str;
    /// What an outsider should know about the type.
    const DESCRIPTION: &'static str;

    /// Where the finished list of members lies.
    fn members() -> &'static OnceLock<Members<Self::Row>>;
}

type Resolve<R> = Box<
    dyn for<'x> Fn(
            &'x Cx<'x>,
            &'x [&'x R],
            Sets<'x>,
            &'x Trail<'x>,
        ) -> Option<(Vec<usize>, BoxFuture<'x, Slots>)>
        + Send
        + Sync,
>;

/// The object types behind an interface.
pub struct Members<R: 'static> {
    pub(super) list: Vec<Member<R>>,
}

pub(super) struct Member<R: 'static> {
    pub(super) name: &'static str,
    pub(super) register: fn(&mut Registry),
    resolve: Resolve<R>,
}

impl<R> Default for Members<R> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

impl<R: Send + Sync> Members<R> {
    /// Adds an object type; `project` finds its row in the interface's row.
    pub fn member<T: Object>(&mut self, project: fn(&R) -> Option<&T::Row>) -> &mut Self {
        let resolve: Resolve<R> = Box::new(move |cx, rows, sets, trail| {
            let picked: Vec<_> =
                (0..rows.len()).filter(|at| project(rows[*at]).is_some()).collect();
            if picked.is_empty() {
                return None;
            }
            let mine: Vec<_> = picked.iter().filter_map(|at| project(rows[*at])).collect();
            let trail = trail.narrowed(&picked);
            let answer = async move { T::level(cx, &mine, sets, &trail).await };
            Some((picked, Box::pin(answer)))
        });
        self.list.push(Member { name: T::NAME, register: T::register, resolve });
        self
    }
}

/// Answers the rows of an interface, grouped by their object type.
pub async fn level_of_members<'x, A: Abstract>(
    cx: &'x Cx<'x>,
    rows: &'x [&'x A::Row],
    sets: Sets<'x>,
    trail: &'x Trail<'x>,
) -> Slots {
    let members = A::members().get().map_or(&[][..], |members| &members.list);
    let groups =
        members.iter().filter_map(|member| (member.resolve)(cx, rows, sets.clone(), trail));
    let answers = groups.map(|(at, answer)| async move { (at, answer.await) });
    let groups = futures_util::future::join_all(answers).await;
    let mut group_of: Vec<Option<usize>> = vec![None; rows.len()];
    for (group, (at, _)) in groups.iter().enumerate() {
        for at in at {
            group_of[*at] = Some(group);
        }
    }
    // Each group answers in the order of the rows.
    let mut groups: Vec<Answers> = groups.into_iter().map(|(_, answers)| answers.read()).collect();
    let mut slots = Slots::with_capacity(rows.len());
    for group in group_of {
        slots.push(group.map_or(Ok(NULL), |group| groups[group].take()));
    }
    slots
}

/// The lines of a doc comment, each of which begins with the space behind its slashes.
pub(super) fn unindented(doc: &str) -> String {
    doc.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Declares an object type over any row.
#[macro_export]
macro_rules! value_object {
    ($(#[doc = $doc:literal])+ $vis:vis $name:ident($row:ty)) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        $vis struct $name;

        impl $crate::graphql::object::Target for $name {
            type Row = $row;

            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }

            fn register(registry: &mut async_graphql::registry::Registry) {
                $crate::graphql::object::Declaration::<Self>::register(registry);
            }

            fn level<'x>(
                cx: &'x $crate::graphql::object::Cx<'x>,
                rows: &'x [&'x Self::Row],
                sets: $crate::graphql::object::Sets<'x>,
                trail: &'x $crate::graphql::object::Trail<'x>,
            ) -> futures_util::future::BoxFuture<'x, $crate::graphql::object::Slots> {
                Box::pin($crate::graphql::object::level::<Self>(cx, rows, sets, trail))
            }
        }

        impl $crate::graphql::object::Object for $name {
            const NAME: &'static str = stringify!($name);
            const DESCRIPTION: &'static str = concat!($($doc, "\n"),+);

            fn cell() -> &'static std::sync::OnceLock<$crate::graphql::object::Declaration<Self>> {
                static CELL: std::sync::OnceLock<$crate::graphql::object::Declaration<$name>> =
                    std::sync::OnceLock::new();
                &CELL
            }
        }
    };
}

/// Declares an interface over a row that is one of several.
#[macro_export]
macro_rules! interface {
    ($(#[doc = $doc:literal])+ $vis:vis $name:ident($row:ty)) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        $vis struct $name;

        impl $crate::graphql::object::Target for $name {
            type Row = $row;

            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }

            fn register(registry: &mut async_graphql::registry::Registry) {
                $crate::graphql::object::register_interface::<Self>(registry);
            }

            fn level<'x>(
                cx: &'x $crate::graphql::object::Cx<'x>,
                rows: &'x [&'x Self::Row],
                sets: $crate::graphql::object::Sets<'x>,
                trail: &'x $crate::graphql::object::Trail<'x>,
            ) -> futures_util::future::BoxFuture<'x, $crate::graphql::object::Slots> {
                Box::pin($crate::graphql::object::level_of_members::<Self>(cx, rows, sets, trail))
            }
        }

        impl $crate::graphql::object::Abstract for $name {
            const NAME: &'static str = stringify!($name);
            const DESCRIPTION: &'static str = concat!($($doc, "\n"),+);

            fn members() -> &'static std::sync::OnceLock<$crate::graphql::object::Members<$row>> {
                static CELL: std::sync::OnceLock<$crate::graphql::object::Members<$row>> =
                    std::sync::OnceLock::new();
                &CELL
            }
        }
    };
}
