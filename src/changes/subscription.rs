//! Following the log: what is behind a place, and then whatever comes.
//!
//! The log is read a page at a time, each when it can be sent, by the same rules as any page of
//! [`feed`]: who may see what is asked anew for each. So nothing piles up for a reader who is
//! slow, and one who goes away comes back with its last cursor and has missed nothing. A reader
//! who stood still while much went by is told so once, by a change of the kind `GAP` whose cursor
//! is the place where it stands, and is then told what is new: what it left out it pulls.

use std::time::Duration;

use async_graphql::registry::{MetaInputValue, Registry};
use entity::change_log::ChangeOp;
use tokio::{sync::watch, time::sleep};

use super::{
    Cursor, feed, tap,
    types::{Change, ChangeCursor, EntityType, Row, kinds, open, origin_argument, types_argument},
};
use crate::{
    app::App,
    auth::{Caller, Scope},
    error::Result,
    graphql::{
        Executed, Run,
        object::{Arguments, Cx, EventRow, Graph, Loaded, Picked, declared},
    },
};

/// Changes that are read at once.
const PAGE: u64 = 100;
/// How long a change waits at most of which this process has not heard.
const POLL: Duration = Duration::from_secs(5);
/// How long to wait for a replica of the database that has not seen yet what was heard of.
const LAG: Duration = Duration::from_millis(100);
/// A reader who stood still and is further behind than this pulls the rest.
const FAR: i64 = 1000;

/// Declares the stream.
pub fn declare(graph: &mut Graph) {
    let subscription = graph.subscription();
    subscription
        .exactly_one::<Change, FollowArguments>(
            "changes",
            |parents, _| {
                let rows = parents.rows.iter().map(|row| row.get::<Row>().cloned()).collect();
                Box::pin(async move { Ok(Loaded::each(rows)) })
            },
            "The changes of everything that you may see, one by one: first what is behind `after`, \
             then each as it happens. Come back with the cursor of the last one that you have, and \
             you miss nothing. If you read too slowly, a `GAP` tells you from which cursor on to \
             pull what was left out. A client has at most ten streams open at each replica of the \
             server, whatever it has open at others; one more is refused as `THROTTLED`.",
        )
        .needs(Scope::ChangesRead);
}

struct FollowArguments {
    after: Option<ChangeCursor>,
    types: Option<Vec<EntityType>>,
    exclude_origin: bool,
}

impl Arguments for FollowArguments {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        let after = "Go on behind this place: the cursor of the last change that you have, \
                     `nextCursor` or `changeCursorNow`. Only what happens from now on when absent.";
        vec![
            declared::<Option<ChangeCursor>>(registry, "after", after),
            types_argument(registry),
            origin_argument(registry),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        Ok(Self {
            after: picked.argument(cx, "after")?,
            types: picked.argument(cx, "types")?,
            exclude_origin: picked.argument_or(cx, "excludeOrigin", false)?,
        })
    }
}

/// One reader of the log, and where it stands.
#[derive(Debug)]
pub struct Follower {
    request: feed::Request,
    place: Cursor,
    head: watch::Receiver<i64>,
    /// Whether the last page led nowhere.
    stood_still: bool,
}

/// Some events, and the place behind all that was looked at.
#[derive(Debug)]
pub struct Events {
    /// The events in their order.
    pub list: Vec<Event>,
    /// Where to go on.
    pub next: Cursor,
}

/// One event: the answer to the subscription, and where its reader stands once it has it.
#[derive(Debug)]
pub struct Event {
    /// The answer.
    pub answer: Executed,
    /// The cursor, as clients keep it.
    pub cursor: String,
    /// The place from which the stream goes on.
    pub place: Cursor,
}

impl Follower {
    /// Begins where the operation says, or behind the last change that the client says it has.
    pub async fn begin(run: &Run, last: Option<String>) -> Result<Self> {
        let arguments: FollowArguments = run.stream_arguments()?;
        let app: &App = run.data()?;
        let head = tap(app);
        let after = last.map(ChangeCursor).or(arguments.after);
        let place = match after {
            Some(after) => {
                let place = open(app, &after)?;
                feed::known(app, app.db.reader(), &place).await?;
                place
            }
            None => feed::now(app.db.reader()).await?,
        };
        let request = feed::Request {
            after: Some(place),
            first: PAGE,
            kinds: arguments.types.map(kinds),
            exclude_origin: arguments.exclude_origin,
        };
        Ok(Self { request, place, head, stood_still: false })
    }

    /// Waits until there may be more.
    pub async fn more(&mut self) {
        let is_behind = *self.head.borrow_and_update() > self.place.change_no;
        if is_behind && !self.stood_still {
            return;
        }
        let pause = if is_behind { LAG } else { POLL };
        tokio::select! {
            Ok(()) = self.head.changed() => {}
            () = sleep(pause) => {}
        }
    }

    /// The next page, as the caller of this moment sees it. The reader stands where it stood until
    /// it has [moved](Self::move_to).
    pub async fn read(&mut self, run: &Run) -> Result<Events> {
        let (app, caller): (&App, &Caller) = (run.data()?, run.data()?);
        let request = feed::Request { after: Some(self.place), ..self.request.clone() };
        let page = feed::read(app, app.db.reader(), caller, &request).await?;
        self.stood_still = page.next == self.place;
        let places = page.changes.iter().map(|change| change.cursor).collect();
        Ok(Events { list: answer(run, page.changes, places).await?, next: page.next })
    }

    /// The reader has everything up to this place.
    pub fn move_to(&mut self, place: Cursor) {
        self.place = place;
    }

    /// Whether so much went by that a reader who stood still should pull it.
    #[must_use]
    pub fn is_far_behind(&self) -> bool {
        *self.head.borrow() > self.place.change_no + FAR
    }

    /// What a reader is told who stood still: the first change that it is not sent, as a `GAP`
    /// behind the last one that it was. Nothing when nothing that it sees went by. The stream goes
    /// on with what is new.
    pub async fn skip(&mut self, run: &Run) -> Result<Option<Event>> {
        let (app, caller): (&App, &Caller) = (run.data()?, run.data()?);
        let reader = app.db.reader();
        let now = feed::now(reader).await?;
        let mut request = feed::Request { after: Some(self.place), ..self.request.clone() };
        let first = loop {
            let page = feed::read(app, reader, caller, &request).await?;
            if let Some(first) = page.changes.into_iter().next() {
                break first;
            }
            if page.is_caught_up || page.next.change_no >= now.change_no {
                self.place = now;
                return Ok(None);
            }
            request.after = Some(page.next);
        };
        let mut gap = feed::Change { cursor: self.place, ..first };
        gap.row.op = ChangeOp::Gap;
        let told = answer(run, vec![gap], vec![now]).await?.pop();
        self.place = now;
        Ok(told)
    }
}

async fn answer(run: &Run, changes: Vec<feed::Change>, places: Vec<Cursor>) -> Result<Vec<Event>> {
    let app: &App = run.data()?;
    let rows: Vec<_> =
        changes.into_iter().map(|change| Row::new(change, app.keys.cursor())).collect();
    let cursors: Vec<_> = rows.iter().map(|row| row.cursor().to_owned()).collect();
    let events: Vec<_> = rows.into_iter().map(EventRow::new).collect();
    let answers = run.answer_events(&events).await?;
    let event = |((answer, cursor), place)| Event { answer, cursor, place };
    Ok(answers.into_iter().zip(cursors).zip(places).map(event).collect())
}
