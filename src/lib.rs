//! Pathbridge: one truthful record of a student's road from interest to pathway to placement to
//! mentor to practicum outcome, kept by a district's student information system and an employer's
//! HR system together.

pub mod app;
pub mod auth;
pub mod bulk;
pub mod changes;
pub mod clock;
pub mod config;
pub mod demo;
pub mod error;
pub mod graphql;
pub mod http;
pub mod interests;
pub mod matching;
pub mod partners;
pub mod pathways;
pub mod placements;
pub mod reference;
pub mod roster;
pub mod sandbox;
pub mod schema;
pub mod store;
pub mod telemetry;
pub mod typeid;
pub mod webhooks;
