//! Webhooks: every change arrives at least once, in order, signed, and nowhere else.
//!
//! The receiver is a real one, on a socket of this machine, and answers as receivers do: it fails,
//! stalls, hangs up, asks for patience. Time is in the test's hand.

mod delivering;
mod faults;
mod guard;
mod managing;
mod peers;
pub mod receiver;
mod secrets;
mod waking;
mod world;
