//! The root of every subscription: an object like any other, with one row for each event.
//!
//! Events are answered a page at a time, like the rows of any level: an edge below them takes one
//! statement for all events of a page. The errors of a page are told apart by its rows.

use std::{
    any::Any,
    borrow::Cow,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::{
    Context, PathSegment, Response, ServerError, SubscriptionType, registry::Registry,
};
use futures_util::stream::Stream;

use super::{
    Arguments, Cx, Declaration, Object, Question, Target, Trail, level::level, select::pick,
    text::NULL,
};
use crate::{
    error::{Error, Result},
    graphql::{Executed, Run},
};

/// What happened: a row that the root field of the subscription knows.
#[derive(Clone)]
pub struct EventRow(Arc<dyn Any + Send + Sync>);

impl EventRow {
    /// An event of any kind.
    pub fn new<R: Send + Sync + 'static>(row: R) -> Self {
        Self(Arc::new(row))
    }

    /// The row, when it is of this kind.
    #[must_use]
    pub fn get<R: 'static>(&self) -> Option<&R> {
        self.0.downcast_ref()
    }
}

crate::value_object! {
    /// Everything that can be followed live, over Server-Sent Events or a WebSocket.
    pub Subscription(EventRow)
}

/// The root object as the executor wants it: for the schema and for validation. Its streams are
/// read from their sources, page by page, and never through the executor.
#[derive(Debug, Default)]
pub struct Events;

impl SubscriptionType for Events {
    fn type_name() -> Cow<'static, str> {
        Subscription::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Declaration::<Subscription>::register(registry);
        Self::qualified_type_name()
    }

    fn create_field_stream<'a>(
        &'a self,
        _: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

impl Run {
    /// The name of the only field of a subscription.
    pub fn stream_name(&self) -> Result<String> {
        let errors = Mutex::default();
        let cx = Cx { question: self.question()?, errors: &errors };
        let sets = [&cx.question.operation.selection_set.node];
        let picked = pick(&cx, Subscription::NAME, &[], &sets);
        let name = picked.first().map(|only| only.name().to_owned());
        name.ok_or_else(|| Error::internal("a subscription without a field"))
    }

    /// The arguments of the only field of a subscription.
    pub fn stream_arguments<A: Arguments>(&self) -> Result<A> {
        let errors = Mutex::default();
        let cx = Cx { question: self.question()?, errors: &errors };
        let sets = [&cx.question.operation.selection_set.node];
        let picked = pick(&cx, Subscription::NAME, &[], &sets);
        let only = picked.first();
        A::read(&cx, only.ok_or_else(|| Error::internal("a subscription without a field"))?)
    }

    /// The answers to the events of a page, in their order.
    pub async fn answer_events(&self, rows: &[EventRow]) -> Result<Vec<Executed>> {
        Ok(answers(self.question()?, rows).await)
    }
}

async fn answers(question: Question<'_>, rows: &[EventRow]) -> Vec<Executed> {
    let errors = Mutex::default();
    let cx = Cx { question, errors: &errors };
    let sets = Arc::from([&question.operation.selection_set.node]);
    let trail = Trail::root(None, (0..rows.len()).map(Some).collect());
    let rows: Vec<_> = rows.iter().collect();
    let mut slots = level::<Subscription>(&cx, &rows, sets, &trail).await.read();
    let mut answers = Vec::with_capacity(rows.len());
    for _ in &rows {
        let text = match slots.take() {
            Ok(text) => text.to_vec(),
            Err(error) => {
                cx.report(error);
                NULL.to_vec()
            }
        };
        answers.push(Executed { data: Some(text), errors: Vec::new() });
    }
    for error in errors.into_inner().unwrap_or_else(PoisonError::into_inner) {
        place(&mut answers, error);
    }
    answers
}

/// Gives an error to the event that it belongs to, whose place comes first in its path.
fn place(answers: &mut [Executed], mut error: ServerError) {
    let Some(PathSegment::Index(at)) = error.path.first() else { return };
    if let Some(answer) = answers.get_mut(*at) {
        error.path.remove(0);
        answer.errors.push(error);
    }
}
