//! Pages of objects: Relay connections.

use std::{borrow::Cow, fmt, marker::PhantomData, sync::Arc};

use async_graphql::registry::{MetaField, MetaTypeId, ObjectBuilder, Registry};
use futures_util::future::BoxFuture;

mod facts;

pub(super) use facts::declare;
use facts::{Count, PageInfo};
pub use facts::{CountPrecision, Total};

use crate::graphql::{leaf::Leaf, scope};

use super::{
    Cx, Declaration, Object, One, Picked, Slots, Target, Trail,
    level::{level, type_name},
    select::{Sets, pick},
    text::{Member, NULL, Source, objects},
};

type Cursor<R> = Arc<dyn Fn(&R) -> String + Send + Sync>;

/// A page of rows with what the connection says about it.
pub struct Paged<R> {
    /// The rows in the order of the page.
    pub rows: Vec<R>,
    /// Whether rows lie before the page.
    pub has_previous: bool,
    /// Whether rows lie after the page.
    pub has_next: bool,
    /// How many rows the filter matches, when that was asked.
    pub total: Option<Total>,
    /// Seals the position of a row.
    pub cursor: Cursor<R>,
}

/// A page of objects.
#[derive(Debug)]
pub struct Connection<T>(PhantomData<fn() -> T>);

/// An object in its page.
#[derive(Debug)]
pub struct Edge<T>(PhantomData<fn() -> T>);

impl<T: Object> Target for Connection<T> {
    type Row = Paged<T::Row>;

    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", T::NAME))
    }

    fn register(registry: &mut Registry) {
        registry.create_output_type::<One<Self>, _>(MetaTypeId::Object, |registry| {
            T::register(registry);
            Edge::<T>::register(registry);
            PageInfo::register(registry);
            Count::register(registry);
            let edge = Edge::<T>::name();
            let mut count = field(
                "totalCount",
                "Count".to_owned(),
                "How many rows the filter matches, whatever the page; counted only when asked.",
            );
            count.directive_invocations.push(scope::cost_invocation(10));
            let fields = [
                field("nodes", format!("[{}!]!", T::NAME), "The objects of the page."),
                field(
                    "edges",
                    format!("[{edge}!]!"),
                    "The objects of the page, each with its cursor.",
                ),
                field("pageInfo", "PageInfo!".to_owned(), "Where the page lies in the list."),
                count,
            ];
            let description = format!("A page of {} objects.", T::NAME);
            built::<T, One<Self>>(&Self::name(), &description, fields)
        });
    }

    fn level<'x>(
        cx: &'x Cx<'x>,
        rows: &'x [&'x Paged<T::Row>],
        sets: Sets<'x>,
        trail: &'x Trail<'x>,
    ) -> BoxFuture<'x, Slots> {
        Box::pin(answer::<T>(cx, rows, sets, trail))
    }
}

impl<T: Object> Target for Edge<T> {
    type Row = ();

    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", T::NAME))
    }

    fn register(registry: &mut Registry) {
        registry.create_output_type::<One<Self>, _>(MetaTypeId::Object, |_| {
            let fields = [
                field(
                    "cursor",
                    "String!".to_owned(),
                    "The position of the object, for `after` and `before`.",
                ),
                field("node", format!("{}!", T::NAME), "The object itself."),
            ];
            built::<T, One<Self>>(&Self::name(), "An object in its page.", fields)
        });
    }

    /// Edges are answered by their connection, which has the rows.
    fn level<'x>(
        _: &'x Cx<'x>,
        _: &'x [&'x ()],
        _: Sets<'x>,
        _: &'x Trail<'x>,
    ) -> BoxFuture<'x, Slots> {
        Box::pin(async { Slots::default() })
    }
}

fn field(name: &str, graphql_type: String, description: &str) -> MetaField {
    let mut field = MetaField::new(name, graphql_type);
    field.description = Some(description.to_owned());
    field
}

/// What wraps objects needs the scope that they need: how many there are, and whether there are
/// more, is told to nobody who may not see one of them.
fn built<T: Object, O>(
    name: &str,
    description: &str,
    fields: impl IntoIterator<Item = MetaField>,
) -> async_graphql::registry::MetaType {
    let fields = fields.into_iter().map(|field| (field.name.clone(), field)).collect();
    let scope = Declaration::<T>::of().scope.map(scope::scope_invocation);
    ObjectBuilder::new(name, fields)
        .description(Some(description.to_owned()))
        .directive_invocations(scope.into_iter().collect())
        .rust_typename(std::any::type_name::<O>())
        .build()
}

/// Every page of the level at once: the objects of all pages are one level below.
async fn answer<'x, T: Object>(
    cx: &'x Cx<'x>,
    pages: &'x [&'x Paged<T::Row>],
    sets: Sets<'x>,
    trail: &'x Trail<'x>,
) -> Slots {
    let name = Connection::<T>::name();
    let picked = pick(cx, &name, &[], &sets);
    let fields = picked.iter().map(|picked| async {
        let slots = match picked.name() {
            "nodes" => nodes::<T>(cx, pages, picked, trail).await,
            "edges" => edges::<T>(cx, pages, picked, trail).await,
            "pageInfo" => page_info(cx, pages, picked, trail).await,
            "totalCount" => totals(cx, pages, picked, trail).await,
            _ => Slots::repeated(type_name(&name).as_bytes(), pages.len()),
        };
        Member::new(picked.key, Source::Answered(slots.read()))
    });
    let mut members = futures_util::future::join_all(fields).await;
    objects(pages.len(), &mut members)
}

async fn nodes<T: Object>(
    cx: &Cx<'_>,
    pages: &[&Paged<T::Row>],
    picked: &Picked<'_>,
    trail: &Trail<'_>,
) -> Slots {
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places(pages));
    let rows: Vec<_> = pages.iter().flat_map(|page| &page.rows).collect();
    lists(pages, level::<T>(cx, &rows, picked.sets.clone(), &down).await)
}

async fn edges<T: Object>(
    cx: &Cx<'_>,
    pages: &[&Paged<T::Row>],
    picked: &Picked<'_>,
    trail: &Trail<'_>,
) -> Slots {
    let name = Edge::<T>::name();
    let typename = type_name(&name);
    let rows: Vec<_> =
        pages.iter().flat_map(|page| page.rows.iter().map(move |row| (*page, row))).collect();
    let mut members = Vec::new();
    let fields = pick(cx, &name, &[], &picked.sets);
    for field in &fields {
        let source = match field.name() {
            "node" => {
                let down =
                    trail.down(vec![picked.key.as_str()], vec![field.key.as_str()], places(pages));
                let rows: Vec<_> = rows.iter().map(|(_, row)| *row).collect();
                let slots = level::<T>(cx, &rows, field.sets.clone(), &down).await;
                Source::Answered(slots.read())
            }
            "cursor" => Source::Row(Box::new(|at, out| {
                let (page, row) = rows[at];
                (page.cursor)(row).write(out);
            })),
            _ => Source::Constant(typename.as_bytes()),
        };
        members.push(Member::new(field.key, source));
    }
    lists(pages, objects(rows.len(), &mut members))
}

async fn page_info<R: Send + Sync>(
    cx: &Cx<'_>,
    pages: &[&Paged<R>],
    picked: &Picked<'_>,
    trail: &Trail<'_>,
) -> Slots {
    let rows: Vec<_> = pages.iter().map(|page| page.info()).collect();
    let rows: Vec<_> = rows.iter().collect();
    let places = (0..rows.len()).map(|at| (at, None)).collect();
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places);
    level::<PageInfo>(cx, &rows, picked.sets.clone(), &down).await
}

async fn totals<R: Send + Sync>(
    cx: &Cx<'_>,
    pages: &[&Paged<R>],
    picked: &Picked<'_>,
    trail: &Trail<'_>,
) -> Slots {
    let counted: Vec<_> = pages.iter().filter_map(|page| page.total.as_ref()).collect();
    let places = (0..counted.len()).map(|at| (at, None)).collect();
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places);
    let mut answered = level::<Count>(cx, &counted, picked.sets.clone(), &down).await.read();
    let mut slots = Slots::with_capacity(pages.len());
    for page in pages {
        slots.push(page.total.map_or(Ok(NULL), |_| answered.take()));
    }
    slots
}

impl<R> fmt::Debug for Paged<R> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Paged({} rows)", self.rows.len())
    }
}

fn places<R>(pages: &[&Paged<R>]) -> Vec<(usize, Option<usize>)> {
    let of_page =
        |(at, page): (usize, &&Paged<R>)| (0..page.rows.len()).map(move |row| (at, Some(row)));
    pages.iter().enumerate().flat_map(of_page).collect()
}

/// Cuts the answers of all pages back into one list for each page.
fn lists<R>(pages: &[&Paged<R>], answered: Slots) -> Slots {
    let mut answered = answered.read();
    let mut slots = Slots::with_capacity(pages.len());
    for page in pages {
        slots.write(|out| answered.take_list(page.rows.len(), out));
    }
    slots
}
