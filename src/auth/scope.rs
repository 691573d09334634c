//! The one list of permissions.

use serde::{Deserialize, Serialize};

/// A permission, written `resource:verb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Any valid token will do; it is never granted and never asked for.
    Any,
    /// Read districts, schools, sessions, courses, classes and staff.
    RosterRead,
    /// Write districts' schools, sessions, courses, classes, staff and enrollments.
    RosterWrite,
    /// Read students.
    StudentsRead,
    /// Write students.
    StudentsWrite,
    /// Read guardians and their contact data.
    GuardiansRead,
    /// Write guardians.
    GuardiansWrite,
    /// Read enrollments and their results.
    EnrollmentsRead,
    /// Read partners, sites, contacts, affiliation agreements and opportunities.
    PartnersRead,
    /// Write partners, sites, contacts, affiliation agreements and opportunities.
    PartnersWrite,
    /// Read placements.
    PlacementsRead,
    /// Write placements and move them through their states.
    PlacementsWrite,
    /// Read time entries.
    HoursRead,
    /// Submit, approve, return and correct time entries.
    HoursWrite,
    /// Read the log of changes, of what the other scopes let read.
    ChangesRead,
    /// Manage webhook endpoints and look at their deliveries.
    WebhooksManage,
    /// Import and export many rows by file.
    BulkManage,
    /// Make sandboxes, reset them and throw them away.
    SandboxesManage,
    /// Read signals of students' interests and the profiles they make; never granted to a partner.
    InterestsRead,
    /// Write signals of students' interests; never granted to a partner.
    InterestsWrite,
    /// Read pathways, who is on them and how far; never granted to a partner.
    PathwaysRead,
    /// Write pathways and who is on them; never granted to a partner.
    PathwaysWrite,
}

impl Scope {
    /// Every scope that a client can be granted.
    pub const GRANTABLE: [Self; 21] = [
        Self::RosterRead,
        Self::RosterWrite,
        Self::StudentsRead,
        Self::StudentsWrite,
        Self::GuardiansRead,
        Self::GuardiansWrite,
        Self::EnrollmentsRead,
        Self::PartnersRead,
        Self::PartnersWrite,
        Self::PlacementsRead,
        Self::PlacementsWrite,
        Self::HoursRead,
        Self::HoursWrite,
        Self::ChangesRead,
        Self::WebhooksManage,
        Self::BulkManage,
        Self::SandboxesManage,
        Self::InterestsRead,
        Self::InterestsWrite,
        Self::PathwaysRead,
        Self::PathwaysWrite,
    ];

    /// The scope as tokens and the schema write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::RosterRead => "roster:read",
            Self::RosterWrite => "roster:write",
            Self::StudentsRead => "students:read",
            Self::StudentsWrite => "students:write",
            Self::GuardiansRead => "guardians:read",
            Self::GuardiansWrite => "guardians:write",
            Self::EnrollmentsRead => "enrollments:read",
            Self::PartnersRead => "partners:read",
            Self::PartnersWrite => "partners:write",
            Self::PlacementsRead => "placements:read",
            Self::PlacementsWrite => "placements:write",
            Self::HoursRead => "hours:read",
            Self::HoursWrite => "hours:write",
            Self::ChangesRead => "changes:read",
            Self::WebhooksManage => "webhooks:manage",
            Self::BulkManage => "bulk:manage",
            Self::SandboxesManage => "sandboxes:manage",
            Self::InterestsRead => "interests:read",
            Self::InterestsWrite => "interests:write",
            Self::PathwaysRead => "pathways:read",
            Self::PathwaysWrite => "pathways:write",
        }
    }

    /// The scope that is written this way.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::GRANTABLE.into_iter().chain([Self::Any]).find(|scope| scope.name() == name)
    }
}

/// A set of scopes, as a token carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u32);

impl Scopes {
    /// Every scope there is.
    #[must_use]
    pub fn all() -> Self {
        Scope::GRANTABLE.into_iter().collect()
    }

    /// Whether the set holds the scope; [`Scope::Any`] is held by everyone.
    #[must_use]
    pub const fn contains(self, scope: Scope) -> bool {
        matches!(scope, Scope::Any) || self.0 & (1 << scope as u32) != 0
    }

    /// The scopes that both sets hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether every scope of `other` is in this set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set without this scope.
    #[must_use]
    pub const fn without(self, scope: Scope) -> Self {
        Self(self.0 & !(1 << scope as u32))
    }

    /// The scopes of the set, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::GRANTABLE.into_iter().filter(move |scope| self.contains(*scope))
    }

    /// Reads the space-separated form of RFC 6749; the error is the name that is no scope.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split_ascii_whitespace()
            .map(|name| {
                let scope = Scope::parse(name).filter(|scope| *scope != Scope::Any);
                scope.ok_or_else(|| name.to_owned())
            })
            .collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | 1 << scope as u32))
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.iter().map(Scope::name).collect();
        out.write_str(&names.join(" "))
    }
}
