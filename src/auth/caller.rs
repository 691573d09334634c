//! The caller of one request.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    api_client::ApiClientKind,
    id::{ApiClientId, DistrictId, PartnerId},
};
use uuid::Uuid;

use super::{Once, Scope, Scopes};
use crate::error::{Error, Result};

/// Whose data a client works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tenant {
    /// One district, college or consortium: sees everything of its own.
    District(DistrictId),
    /// One partner: sees itself and its placements in every district with an active affiliation.
    Partner(PartnerId),
    /// The operator of the service: sees every tenant.
    Platform,
}

impl Tenant {
    /// The kind of its clients.
    #[must_use]
    pub const fn kind(self) -> ApiClientKind {
        match self {
            Self::District(_) => ApiClientKind::District,
            Self::Partner(_) => ApiClientKind::Partner,
            Self::Platform => ApiClientKind::Platform,
        }
    }
}

/// A kind of personal data, as `@pii(class:)` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Given, family and preferred names.
    Name,
    /// E-mail, telephone, address.
    Contact,
    /// Date of birth.
    Birth,
    /// Numbers that identify a person in other systems.
    Identifier,
    /// What a school knows about a student's studies: grade level, courses, results.
    Education,
    /// What a student is drawn to: answers, scores, goals, and everything derived from them.
    Interest,
}

impl Class {
    /// The class as the schema writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Contact => "CONTACT",
            Self::Birth => "BIRTH",
            Self::Identifier => "IDENTIFIER",
            Self::Education => "EDUCATION",
            Self::Interest => "INTEREST",
        }
    }
}

/// Who asks, for whom, with which permissions, and when.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The registered client.
    pub client: ApiClientId,
    /// Whose data it works with.
    pub tenant: Tenant,
    /// What it may do.
    pub scopes: Scopes,
    /// The time of the request: every rule of one request sees the same clock.
    pub now: DateTime<Utc>,
    /// The id of the request, by which what it changed can be traced back to it.
    pub request: Option<Arc<str>>,
    /// The mutation that it asks for, when it is to be done once.
    pub once: Option<Arc<Once>>,
}

impl Caller {
    /// The house itself, which sees every row: what comes with time has no client that asked for
    /// it.
    #[must_use]
    pub fn house(now: DateTime<Utc>) -> Self {
        Self {
            client: ApiClientId(Uuid::nil()),
            tenant: Tenant::Platform,
            scopes: Scopes::all(),
            now,
            request: None,
            once: None,
        }
    }

    /// The day of the request, in UTC.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Refuses a caller without the scope.
    pub fn require(&self, scope: Scope) -> Result<()> {
        if self.scopes.contains(scope) { Ok(()) } else { Err(Error::Forbidden { scope }) }
    }

    /// Whether personal data of this class may reach the caller at all.
    ///
    /// A partner learns a student's name from its placement and nothing else until a consent or
    /// the district's directory policy says more.
    #[must_use]
    pub fn may_see(&self, class: Class) -> bool {
        match self.tenant {
            Tenant::District(_) | Tenant::Platform => true,
            Tenant::Partner(_) => class == Class::Name,
        }
    }
}
