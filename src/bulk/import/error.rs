//! Why an import was refused as a whole.

use std::fmt;

use super::Kind;
use crate::bulk::oneroster::BundleError;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The bundle cannot be read, or not to its end.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Too much is gone from the bundle for it to be true.
    #[error("{}; nothing was imported. If this is meant, allow a larger share", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    TooManyGone(Vec<Gone>),
    /// The database or the roster refused.
    #[error(transparent)]
    House(#[from] crate::error::Error),
}

/// What would be marked as gone of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gone {
    /// The kind.
    pub kind: Kind,
    /// How many active rows the bundle leaves out.
    pub gone: u64,
    /// How many active rows there are.
    pub active: u64,
    /// The largest share that may be gone.
    pub allowed: f64,
}

impl fmt::Display for Gone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, gone, active, allowed } = self;
        let (kind, percent) = (kind.label(), allowed * 100.0);
        write!(out, "{gone} of {active} {kind} are not in the bundle, more than {percent:.1} %")
    }
}
