//! The read layer keeps to GraphQL and to the database, whatever is asked.

mod cursors;
mod differential;
mod document;
mod filters;
mod guarded;
mod paging;
mod roster;
mod semantics;
mod statements;
mod toy;
