//! Where we post and where we do not: a server that posts to any address it is given can be sent
//! against its own network.
//!
//! The address is checked twice: as it is written when an endpoint is set up, and again at every
//! attempt together with what its name leads to at that moment. The connection is made to the very
//! addresses that were checked, so a name cannot lead elsewhere in between.

mod guard;
mod ranges;

use std::net::IpAddr;

pub use guard::{Guard, Inside, Lookup, SystemLookup};
pub use ranges::is_public;
use reqwest::Url;

use crate::config::Config;

/// Ports that a receiver may have.
const PORTS: [u16; 2] = [443, 8443];
/// An address is no longer than this.
const LONGEST: usize = 2000;
/// Names that lead nowhere but into somebody's own network.
const INNER_NAMES: [&str; 6] =
    [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".onion"];

/// How far we go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses by https.
    Public,
    /// Besides, to this machine itself, by http as well and on any port: for development.
    Loopback,
}

impl Reach {
    /// How far the settings let us go.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        if config.webhooks_loopback { Self::Loopback } else { Self::Public }
    }
}

/// Why we do not post to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no web address.
    #[error("a web address is expected, as https://example.org/webhooks")]
    NoAddress,
    /// It is too long.
    #[error("an address has at most 2000 characters")]
    TooLong,
    /// It is not by https.
    #[error("an address by https is expected")]
    Scheme,
    /// It holds a name or a password.
    #[error(
        "an address with a name or a password in it is not taken; verify the signature instead"
    )]
    Credentials,
    /// It ends in a fragment, which is never sent.
    #[error("an address with a fragment (`#…`) is not taken: it would not be sent")]
    Fragment,
    /// It is on another port.
    #[error("the port must be 443 or 8443")]
    Port,
    /// It lies in a private or special network.
    #[error("an address on the public internet is expected")]
    Inside,
}

/// An address that may be posted to, as far as it can be told from its letters.
pub fn check(text: &str, reach: Reach) -> Result<Url, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let url = Url::parse(text).map_err(|_| Refusal::NoAddress)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Refusal::NoAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    if url.fragment().is_some() {
        return Err(Refusal::Fragment);
    }
    if reach == Reach::Loopback && is_this_machine(host) && matches!(url.scheme(), "http" | "https")
    {
        return Ok(url);
    }
    if url.scheme() != "https" {
        return Err(Refusal::Scheme);
    }
    match literal(host) {
        Some(address) if !is_public(address) => return Err(Refusal::Inside),
        None if is_inner_name(host) => return Err(Refusal::Inside),
        _ => {}
    }
    if !url.port_or_known_default().is_some_and(|port| PORTS.contains(&port)) {
        return Err(Refusal::Port);
    }
    Ok(url)
}

/// Whether what a name leads to may be posted to.
#[must_use]
pub fn may_connect(name: &str, address: IpAddr, reach: Reach) -> bool {
    let is_here = reach == Reach::Loopback && is_this_machine(name);
    if is_here { address.is_loopback() } else { is_public(address) }
}

/// The address that a host is written as, when it is no name.
fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn is_this_machine(host: &str) -> bool {
    literal(host).map_or(host == "localhost", |address| address.is_loopback())
}

/// Whether a name can only be one of somebody's own network.
fn is_inner_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    !host.contains('.') || INNER_NAMES.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{Reach, Refusal, check};

    #[test]
    fn public_addresses_by_https_are_taken() {
        for url in [
            "https://example.org/hooks?tenant=1",
            "https://example.org:8443",
            "https://93.184.215.14/",
            "https://[2606:4700::1111]/",
        ] {
            assert!(check(url, Reach::Public).is_ok(), "{url}");
        }
    }

    #[test]
    fn others_are_refused_with_their_reason() {
        let long = format!("https://example.org/{}", "a".repeat(2000));
        for (url, refusal) in [
            ("", Refusal::NoAddress),
            ("hooks", Refusal::NoAddress),
            ("data:text/plain,hi", Refusal::NoAddress),
            (&long, Refusal::TooLong),
            ("http://example.org/", Refusal::Scheme),
            ("ftp://example.org/", Refusal::Scheme),
            ("https://u@example.org/", Refusal::Credentials),
            ("https://u:p@example.org/", Refusal::Credentials),
            ("https://example.org/#here", Refusal::Fragment),
            ("https://example.org:22/", Refusal::Port),
            ("https://example.org:80/", Refusal::Port),
            ("https://localhost/", Refusal::Inside),
            ("https://db/", Refusal::Inside),
            ("https://printer.local/", Refusal::Inside),
            ("https://metadata.google.internal/", Refusal::Inside),
            ("https://LOCALHOST./", Refusal::Inside),
            ("https://127.0.0.1/", Refusal::Inside),
            ("https://2130706433/", Refusal::Inside),
            ("https://0x7f.1/", Refusal::Inside),
            ("https://0177.0.0.1/", Refusal::Inside),
            ("https://169.254.169.254/latest", Refusal::Inside),
            ("https://[::1]/", Refusal::Inside),
            ("https://[::ffff:10.0.0.1]/", Refusal::Inside),
            ("https://[::ffff:8.8.8.8]/", Refusal::Inside),
        ] {
            assert_eq!(check(url, Reach::Public).err(), Some(refusal), "{url}");
        }
    }

    #[test]
    fn this_machine_is_reached_in_development_only() {
        for url in ["http://127.0.0.1:4000/", "http://localhost:9/x", "https://[::1]:1/"] {
            assert!(check(url, Reach::Loopback).is_ok(), "{url}");
            assert!(check(url, Reach::Public).is_err(), "{url}");
        }
        for url in
            ["http://example.org/", "http://10.0.0.1/", "https://10.0.0.1/", "http://0.0.0.0/"]
        {
            assert!(check(url, Reach::Loopback).is_err(), "{url}");
        }
    }
}
