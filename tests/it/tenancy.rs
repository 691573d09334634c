//! The walls between tenants: whatever a caller asks, and whatever it is told to change, another
//! tenant's rows are neither shown nor touched.
//!
//! The walk is driven by the printed schema. It asks every root field with another tenant's ids and
//! names in every place that takes one, follows every edge from every object that the caller
//! reaches, and sends every mutation with every foreign id. The same walk on the other side of the
//! wall finds what was hidden, so that it proves something.

mod callers;
mod crawl;
mod nested;
mod partner;
mod slip;
mod unseen;
mod vacuity;
mod watch;
mod write;
