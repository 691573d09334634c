//! Data that arrives or leaves by the hundred thousand rows.
//!
//! A bulk import never has its own way of writing: it reads foreign files here, turns them into
//! plain records, and hands these to the services of the slices that a single mutation calls too.
//! A bulk [`export`] never has its own way of reading: it is a query of the API.
//!
//! # Jobs
//!
//! What a client moves by file is a **job**: a row that outlives the request, the connection and
//! the process. It belongs to the client that asked for it, and only this client gets at its files;
//! operators of the platform see the job itself.
//!
//! | state | what happens | what follows |
//! |---|---|---|
//! | `WAITING_FOR_FILE` | an import waits for the upload of its file | `QUEUED` once its checksum is right |
//! | `QUEUED` | it waits for a worker | `RUNNING` |
//! | `RUNNING` | a worker has claimed it | `COMPLETED`, `FAILED`, `CANCELED` |
//! | `COMPLETED`, `FAILED`, `CANCELED` | its files can be fetched for a week | `EXPIRED` |
//! | `EXPIRED` | its files are gone | |
//!
//! A job has a day to come to its end. A client has at most ten that have not.
//!
//! # Who does the work
//!
//! Every replica. A job is claimed in the database for a minute at a time, and what it has done is
//! written down in the transaction that does it: whoever takes it over, because its worker died,
//! goes on where that stopped and does nothing twice. An export begins anew then: the state of the
//! record that it was read from is gone with its worker.
//!
//! # What is told
//!
//! That a job is there, and each change of its state, goes into the log of changes, and so to
//! webhooks and whoever follows live. Its progress does not: it moves several times a second and
//! is read from the job, or followed with `jobProgress`.

pub mod export;
pub mod file;
pub mod import;
pub mod mutation;
pub mod oneroster;
pub mod query;
pub mod reference;
pub mod rules;
pub mod service;
pub mod subscription;
pub mod types;
pub mod worker;

pub use worker::run;
