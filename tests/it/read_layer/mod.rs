//! The read layer keeps to GraphQL and to the database, whatever is asked.

mod differential;
mod document;
mod toy;
