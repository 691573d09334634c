//! `pathbridge import oneroster`: a district's files become its roster, and nobody else's.

mod bundle;
mod changes;
mod command;
mod fixtures;
mod refusals;
mod samples;
mod snapshot;
