//! Edges: one function answers all parents of a level.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use futures_util::future::BoxFuture;

use super::{Cx, Object, Picked, Slot, Slots, Target, Trail, level::failure, text::NULL};
use crate::error::{Error, Result};

/// What one parent gets.
pub type Answer<A> = Result<A>;

/// All parents of a level, and what is asked of them.
pub struct Parents<'x, T: Object> {
    /// What the request can reach.
    pub cx: &'x Cx<'x>,
    /// The rows of the parents.
    pub rows: &'x [&'x T::Row],
    /// The edge's selection: its arguments and the fields asked of the target.
    pub picked: &'x Picked<'x>,
    pub(super) trail: &'x Trail<'x>,
}

pub(super) type EdgeFn<T> =
    Box<dyn for<'x> Fn(Parents<'x, T>) -> BoxFuture<'x, Slots> + Send + Sync>;

/// The rows that an edge found, and which of them belong to which parent.
pub struct Loaded<R, A> {
    /// The rows, each once.
    pub rows: Vec<R>,
    /// For each parent the positions of its rows, or why it has none.
    pub of: Vec<Answer<A>>,
}

impl<R> Loaded<R, Option<usize>> {
    /// At most one row for each parent, in the parents' order.
    #[must_use]
    pub fn each(answers: Vec<Option<R>>) -> Self {
        Self::each_or(answers.into_iter().map(Ok).collect())
    }

    /// At most one row for each parent, or why it cannot be told.
    #[must_use]
    pub fn each_or(answers: Vec<Answer<Option<R>>>) -> Self {
        let mut rows = Vec::new();
        let mut place = |row: Option<R>| {
            row.map(|row| {
                rows.push(row);
                rows.len() - 1
            })
        };
        let of = answers.into_iter().map(|answer| answer.map(&mut place)).collect();
        Self { rows, of }
    }

    /// Rows by their key; `wanted` is the key of each parent's row.
    pub fn by_key<K: Eq + Hash>(
        rows: Vec<R>,
        key: impl Fn(&R) -> K,
        wanted: impl Iterator<Item = Option<K>>,
    ) -> Self {
        let at: HashMap<K, usize> =
            rows.iter().enumerate().map(|(at, row)| (key(row), at)).collect();
        let of = wanted.map(|wanted| Ok(wanted.and_then(|wanted| at.get(&wanted).copied())));
        Self { of: of.collect(), rows }
    }
}

impl<R> Loaded<R, Vec<usize>> {
    /// A short list for each parent, in the parents' order.
    #[must_use]
    pub fn lists(answers: Vec<Vec<R>>) -> Self {
        let mut rows = Vec::new();
        let mut of = Vec::with_capacity(answers.len());
        for answer in answers {
            let start = rows.len();
            rows.extend(answer);
            of.push(Ok((start..rows.len()).collect()));
        }
        Self { rows, of }
    }

    /// Rows by their parent's key; `wanted` is the key of each parent.
    pub fn grouped<K: Eq + Hash>(
        rows: Vec<R>,
        parent: impl Fn(&R) -> K,
        wanted: impl Iterator<Item = K>,
    ) -> Self {
        let mut at: HashMap<K, Vec<usize>> = HashMap::new();
        for (place, row) in rows.iter().enumerate() {
            at.entry(parent(row)).or_default().push(place);
        }
        let of = wanted.map(|wanted| Ok(at.get(&wanted).cloned().unwrap_or_default())).collect();
        Self { rows, of }
    }
}

/// Whether a position may be null, or its null goes further up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    Allowed,
    Propagates,
}

/// Resolves an edge to at most one value for each parent.
pub(super) async fn one<T: Object, U: Target>(
    parents: Parents<'_, T>,
    loaded: Result<Loaded<U::Row, Option<usize>>>,
    null: Null,
) -> Slots {
    let Parents { cx, rows: above, picked, trail } = parents;
    let Loaded { rows, of } = all_failed(loaded, above.len());
    let mut targets = Vec::with_capacity(of.len());
    let mut places = Vec::with_capacity(of.len());
    for (parent, answer) in of.iter().enumerate() {
        if let Ok(Some(at)) = answer {
            targets.push(&rows[*at]);
            places.push((parent, None));
        }
    }
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places);
    let answered = U::level(cx, &targets, picked.sets.clone(), &down).await;
    if targets.len() == of.len() && answered.is_whole() {
        return answered;
    }
    let mut answered = answered.read();
    let mut slots = Slots::with_capacity(of.len());
    for (parent, answer) in of.into_iter().enumerate() {
        let slot = match answer {
            Ok(Some(_)) => answered.take(),
            Ok(None) if null == Null::Propagates => {
                Err(absent(picked, trail.path(parent, Some(picked.key))))
            }
            Ok(None) => Ok(NULL),
            Err(error) => Err(failed(&Arc::new(error), picked, trail, parent)),
        };
        slots.push(settle(cx, slot, null));
    }
    slots
}

/// Resolves an edge to a list `[T!]!` for each parent.
pub(super) async fn many<T: Object, U: Target>(
    parents: Parents<'_, T>,
    loaded: Result<Loaded<U::Row, Vec<usize>>>,
) -> Slots {
    let Parents { cx, rows: above, picked, trail } = parents;
    let Loaded { rows, of } = all_failed(loaded, above.len());
    let mut targets = Vec::new();
    let mut places = Vec::new();
    for (parent, answer) in of.iter().enumerate() {
        for (position, at) in answer.iter().flatten().enumerate() {
            targets.push(&rows[*at]);
            places.push((parent, Some(position)));
        }
    }
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places);
    let mut answered = U::level(cx, &targets, picked.sets.clone(), &down).await.read();
    let mut slots = Slots::with_capacity(of.len());
    for (parent, answer) in of.into_iter().enumerate() {
        match answer {
            Ok(list) => slots.write(|out| answered.take_list(list.len(), out)),
            Err(error) => slots.push(Err(failed(&Arc::new(error), picked, trail, parent))),
        }
    }
    slots
}

/// Resolves an edge of a single parent to a list `[T]!`: a failing position is null and reported.
pub(super) async fn sparse<T: Object, U: Target>(
    parents: Parents<'_, T>,
    answers: Result<Vec<Answer<Option<U::Row>>>>,
) -> Slots {
    let Parents { cx, picked, trail, .. } = parents;
    let mut slots = Slots::with_capacity(1);
    let answers = match answers {
        Ok(answers) => answers,
        Err(error) => {
            slots.push(Err(failed(&Arc::new(error), picked, trail, 0)));
            return slots;
        }
    };
    let found = |(at, answer): (usize, &Answer<Option<U::Row>>)| {
        matches!(answer, Ok(Some(_))).then_some((0, Some(at)))
    };
    let places = answers.iter().enumerate().filter_map(found).collect();
    let down = trail.down(vec![picked.key.as_str()], Vec::new(), places);
    let rows: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()?.as_ref()).collect();
    let mut answered = U::level(cx, &rows, picked.sets.clone(), &down).await.read();
    let count = answers.len();
    let mut list = Slots::with_capacity(count);
    for (at, answer) in answers.into_iter().enumerate() {
        let slot = match answer {
            Ok(Some(_)) => answered.take(),
            Ok(None) => Ok(NULL),
            Err(error) => {
                let mut path = trail.path(0, Some(picked.key));
                path.push(async_graphql::PathSegment::Index(at));
                Err(failure(&Arc::new(error), picked.field.pos, path))
            }
        };
        list.push(settle(cx, slot, Null::Allowed));
    }
    slots.write(|out| list.read().take_list(count, out));
    slots
}

/// A null that may stay is reported and stays; the others go on to the parent.
fn settle<'s>(cx: &Cx<'_>, slot: Slot<'s>, null: Null) -> Slot<'s> {
    match (slot, null) {
        (Err(error), Null::Allowed) => {
            cx.report(error);
            Ok(NULL)
        }
        (slot, _) => slot,
    }
}

/// When the whole statement failed, every parent failed for the same reason.
fn all_failed<R, A>(loaded: Result<Loaded<R, A>>, parents: usize) -> Loaded<R, A> {
    loaded.unwrap_or_else(|error| {
        let shared = Arc::new(error);
        let of = (0..parents).map(|_| Err(Error::Shared(shared.clone()))).collect();
        Loaded { rows: Vec::new(), of }
    })
}

pub(super) fn failed(
    error: &Arc<Error>,
    picked: &Picked<'_>,
    trail: &Trail<'_>,
    parent: usize,
) -> Box<async_graphql::ServerError> {
    failure(error, picked.field.pos, trail.path(parent, Some(picked.key)))
}

fn absent(
    picked: &Picked<'_>,
    path: Vec<async_graphql::PathSegment>,
) -> Box<async_graphql::ServerError> {
    let error = Error::internal("an edge that is never null found no row");
    failure(&Arc::new(error), picked.field.pos, path)
}
