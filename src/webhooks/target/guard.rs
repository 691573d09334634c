//! Names become addresses here, and those that may not be posted to never reach the client.

use std::{
    error::Error as StdError,
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Reach, may_connect};

/// Where names are looked up; a test has answers of its own.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses of a name.
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The look-up of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Looks a name up and hands on what it leads to, if all of it may be posted to: a name that leads
/// to one address outside and to one inside is a trap.
#[derive(Clone)]
pub struct Guard {
    lookup: Arc<dyn Lookup>,
    reach: Reach,
}

impl Guard {
    /// A guard over a look-up.
    pub fn new(lookup: impl Lookup, reach: Reach) -> Self {
        Self { lookup: Arc::new(lookup), reach }
    }

    /// How far we go.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Guard").field(&self.reach).finish()
    }
}

/// A name led to an address that may not be posted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name leads to an address that is not on the public internet")]
pub struct Inside;

impl Inside {
    /// Whether this is why a request failed, somewhere down its causes.
    pub fn caused(error: &(dyn StdError + 'static)) -> bool {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if error.is::<Self>() {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, name) = (self.clone(), name.as_str().to_owned());
        Box::pin(async move {
            let found = guard.lookup.lookup(name.clone()).await?;
            if !found.iter().all(|address| may_connect(&name, *address, guard.reach)) {
                return Err(Inside.into());
            }
            let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
