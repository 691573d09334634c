//! Who takes students: the shared bank of industry partners, their sites and people, what they
//! offer, and the agreements that tie them to districts.
//!
//! A partner exists once, whatever the number of districts that work with it.
//!
//! # Who sees what
//!
//! The platform sees every row, a partner client every row of its own partner. A district sees
//! - every partner in use, and of those no longer in use the ones it has an agreement with, in
//!   whatever state, or a key for;
//! - the sites of the partners it sees;
//! - their opportunities once these have been opened, and drafts only of a partner that it may
//!   write for;
//! - their contacts, who are people, only while an agreement with the partner is in force;
//! - its own affiliation agreements.
//!
//! # Who writes what
//!
//! A partner client writes its own partner, sites, contacts and opportunities. As long as a partner
//! has no active client of its own, districts keep its record: they may add a partner to the bank
//! and write all of it, the contacts again only while an agreement is in force. From the day on
//! which the partner has a client, its record is read-only to districts. Agreements are written by
//! the district; the partner reads them. Each tenant's keys of other systems are its own, so that
//! two districts and the partner itself may each have a key for the same row.
//!
//! # Seats
//!
//! An opportunity never has more seats taken than it has seats. Placements take and free them one
//! at a time, each with a single statement that a race cannot split.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
