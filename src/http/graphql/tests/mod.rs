//! The rules of the wire, each asked of a server with a toy schema.

mod audits;
mod errors;
mod requests;
mod running;
mod toy;
