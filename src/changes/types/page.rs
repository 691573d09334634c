//! Pulling changes: `changes` and `changeCursorNow`.

use async_graphql::registry::{MetaInputValue, Registry};

use super::{Change, ChangeCursor, EntityType, Row};
use crate::{
    app::App,
    auth::Scope,
    changes::{Cursor, feed, kinds::Kind},
    error::{Code, Error, Result},
    graphql::object::{
        Arguments, Cx, Graph, Loaded, Parents, Picked, Query, declared, declared_or,
    },
};

/// A page holds at most so many changes.
const LARGEST: i32 = 1000;

/// A page of the log, with its cursors as clients keep them.
#[derive(Debug)]
pub struct Page {
    rows: Vec<Row>,
    next: String,
    oldest: String,
    is_caught_up: bool,
    lag_ms: i32,
}

crate::value_object! {
    /// Some changes, and where to go on. A page may hold fewer changes than were asked for, or
    /// none, although more follow: go on until `caughtUp`.
    pub ChangeConnection(Page)
}

struct ChangesArguments {
    after: Option<ChangeCursor>,
    first: i32,
    types: Option<Vec<EntityType>>,
    exclude_origin: bool,
}

impl Arguments for ChangesArguments {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared::<Option<ChangeCursor>>(
                registry,
                "after",
                "Go on behind this place: `nextCursor` of the last page, the cursor of a change, \
                 or `changeCursorNow`. The oldest change that is kept comes first when absent.",
            ),
            declared::<i32>(registry, "first", "At most so many changes, 1 to 1000."),
            types_argument(registry),
            origin_argument(registry),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        Ok(Self {
            after: picked.argument(cx, "after")?,
            first: picked.argument(cx, "first")?,
            types: picked.argument(cx, "types")?,
            exclude_origin: picked.argument_or(cx, "excludeOrigin", false)?,
        })
    }
}

/// The argument by which changes are told of some types only.
pub(in crate::changes) fn types_argument(registry: &mut Registry) -> MetaInputValue {
    declared::<Option<Vec<EntityType>>>(registry, "types", "Changes of these types only.")
}

/// The argument by which a client is not told of its own changes.
pub(in crate::changes) fn origin_argument(registry: &mut Registry) -> MetaInputValue {
    declared_or::<bool>(
        registry,
        "excludeOrigin",
        "Leave out what your own client changed, so that two systems in step do not echo.",
        &false,
    )
}

impl ChangesArguments {
    fn request(self, cx: &Cx<'_>) -> Result<feed::Request> {
        let first = u64::try_from(self.first).ok().filter(|_| (1..=LARGEST).contains(&self.first));
        let first = first.ok_or_else(|| {
            let message = format!(
                "a page of `changes` holds 1 to {LARGEST} changes; {} were asked for",
                self.first
            );
            Error::argument(Code::PageSizeOutOfRange, message)
        })?;
        let app = cx.app()?;
        Ok(feed::Request {
            after: self.after.map(|after| open(app, &after)).transpose()?,
            first,
            kinds: self.types.map(kinds),
            exclude_origin: self.exclude_origin,
        })
    }
}

/// The place behind a cursor that a client has kept.
pub(in crate::changes) fn open(app: &App, ChangeCursor(text): &ChangeCursor) -> Result<Cursor> {
    let message = "`after` is no cursor of this server; give one that an answer held, unchanged";
    let refused = || Error::argument(Code::CursorInvalid, message);
    Cursor::open(app.keys.cursor(), text).ok_or_else(refused)
}

/// The kinds of rows behind the types.
pub(in crate::changes) fn kinds(types: Vec<EntityType>) -> Vec<&'static Kind> {
    types.into_iter().filter_map(EntityType::kind).collect()
}

pub(super) fn declare(graph: &mut Graph) {
    declare_page(graph);
    let query = graph.query();
    query
        .exactly_one::<ChangeConnection, ChangesArguments>(
            "changes",
            |parents, arguments| Box::pin(load(parents, arguments)),
            "The changes of everything that you may see, in one order, from a place on. Keep \
             `nextCursor` and come back with it.",
        )
        .sized_by(&["first"])
        .needs(Scope::ChangesRead);
    query
        .value::<ChangeCursor>(
            "changeCursorNow",
            |parents| {
                Box::pin(async move {
                    let now = feed::now(parents.cx.reader()?).await?;
                    Ok(ChangeCursor(now.seal(parents.cx.app()?.keys.cursor())))
                })
            },
            "The place behind the last change: take it, read every list once, then go on with \
             `changes(after:)` and you have missed nothing.",
        )
        .needs(Scope::ChangesRead);
}

fn declare_page(graph: &mut Graph) {
    let page = graph.object::<ChangeConnection>();
    page.many::<Change, ()>(
        "nodes",
        |parents, ()| {
            let rows = parents.rows.iter().map(|page| page.rows.clone()).collect();
            Box::pin(async move { Ok(Loaded::lists(rows)) })
        },
        "The changes in their order.",
    );
    page.column(
        "nextCursor",
        |page| ChangeCursor(page.next.clone()),
        "Where to go on, always given: it has moved past what you may not see.",
    );
    page.column(
        "oldestCursor",
        |page| ChangeCursor(page.oldest.clone()),
        "The place in front of the oldest change that is kept.",
    );
    page.column(
        "caughtUp",
        |page| page.is_caught_up,
        "Whether nothing is behind `nextCursor` now.",
    );
    page.column(
        "lagMs",
        |page| page.lag_ms,
        "How long the oldest change has waited that is written and not in the log yet.",
    );
}

async fn load(
    parents: &Parents<'_, Query>,
    arguments: ChangesArguments,
) -> Result<Loaded<Page, Option<usize>>> {
    let cx = parents.cx;
    let (app, request) = (cx.app()?, arguments.request(cx)?);
    let page = feed::read(app, cx.reader()?, cx.caller()?, &request).await?;
    let key = app.keys.cursor();
    let row = |change: feed::Change| Row::new(change, key);
    let page = Page {
        rows: page.changes.into_iter().map(row).collect(),
        next: page.next.seal(key),
        oldest: page.oldest.seal(key),
        is_caught_up: page.is_caught_up,
        lag_ms: i32::try_from(page.lag.num_milliseconds()).unwrap_or(i32::MAX),
    };
    Ok(Loaded::each(vec![Some(page)]))
}
