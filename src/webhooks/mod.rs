//! Webhooks: changes are posted to whoever wants to hear of them, as Standard Webhooks 1.0.0.
//!
//! An **endpoint** is an address of one tenant. It is told of the changes that the log tells the
//! client which set it up last, no more and no less: the very feed that the client could pull. A
//! **delivery** is one message to one endpoint, however often it is tried. It is thin, so that no
//! personal data rests in anybody's queue: it says what has changed, and the receiver asks for the
//! rest with its own token.
//!
//! # What a receiver can count on
//!
//! - Every change arrives at least once, or waits as a dead letter to be sent again: what was made
//!   into deliveries, and how far that has come in the log, is written in one transaction.
//! - Deliveries of one object arrive in the order of its versions: each waits until the one before
//!   it was delivered or given up. Other objects go on.
//! - Each delivery names its cursor and that of the delivery before it: a receiver can prove that
//!   it missed one, and pull the gap from `changes`. When the log no longer goes back that far, a
//!   delivery `changes.gap` says so.
//! - `webhook-id` stays the same however often a delivery is tried: by it repeats are told.
//! - An endpoint that was disabled goes on where it stopped. That it was disabled is a change of
//!   its own, `webhook.updated`, which other endpoints of the tenant are told.
//!
//! # Who does the work
//!
//! Every replica runs the [`worker`]. Deliveries are claimed in the database for a minute, so none
//! is tried by two at once, and what a replica held when it died is tried by another. No state of
//! theirs lives in a process.
//!
//! # Whose rows these are
//!
//! All clients of a tenant that hold `webhooks:manage` see and manage its endpoints, and see the
//! deliveries of the kinds of rows that their scopes let them read. Whoever sets an endpoint up
//! anew becomes the client whose view it is told, so that nobody gets by another's endpoint what
//! it may not read itself.
//!
//! # Where we post
//!
//! To public addresses by https only; [`target`] checks the address at each attempt, and a
//! redirect is a failure.
//!
//! The secrets that sign are needed as they are, so they cannot be stored as digests: they lie in
//! the database sealed by AES-256-GCM under a key derived from the service's key folder.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod sign;
pub mod target;
pub mod types;
pub mod worker;

pub use worker::run;
