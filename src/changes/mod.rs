//! The log of changes: everything that was written, in one order, for whoever keeps in step.
//!
//! A transaction leaves its changes in a queue, the *outbox* ([`crate::store::outbox`]), and
//! commits or fails with them. One writer at a time, the [`sequencer`], moves what was committed
//! into the log and numbers it: each change gets the number after the last. So the log has no gap
//! and never grows in the middle, and a reader that has seen number *n* has seen all up to *n*.
//! The changes of one transaction stand together, and those of one row in the order of its
//! versions.
//!
//! The [`feed`] reads the log for one caller: what it may see now, and what has left its view or
//! is gone by whose it was; a [`subscription`] reads on and on. A [`cursor`] is a place in the log of one database; a database that
//! was set back to an older state is told from it. A state of the record can be [pinned](pin()) together with its place in the log.
//!
//! How tenants come to see rows and cease to is told in the log as well, as `VISIBLE` and
//! `HIDDEN`, addressed to the tenant; [`crate::store::view`] lists which writes move what. `RESTORED`
//! is a word of the contract that nothing says: what is no longer in use keeps its row, and goes and
//! comes by its status as `UPDATED`; what is `DELETED` is gone for good, and no id is given twice.

pub mod cursor;
pub mod feed;
pub mod kinds;
pub mod pin;
mod retention;
pub mod sequencer;
mod state;
pub mod subscription;
pub mod types;
mod worker;

pub use cursor::Cursor;
pub use pin::{Pinned, pin};
pub use retention::forget;
pub use sequencer::sequence_now;
pub use worker::run;

use tokio::sync::watch;

use crate::app::App;

/// Whoever wants to hear of changes at once: the number of the last one, now and whenever there
/// are more, whichever replica numbered them.
#[must_use]
pub fn tap(app: &App) -> watch::Receiver<i64> {
    app.db.wake().heads()
}
