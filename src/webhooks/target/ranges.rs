//! Which addresses are on the public internet.
//!
//! The registries of special addresses of IANA, IPv4 by what is excluded, IPv6 by what is let in:
//! of it only `2000::/3` is given out at all. Addresses that carry an IPv4 address inside, as those
//! of translators and tunnels, are refused whatever they carry: through them any network could be
//! named.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

use ipnet::{Ipv4Net, Ipv6Net};

/// IPv4 that leads elsewhere than to a host on the internet.
const INSIDE_V4: [&str; 18] = [
    "0.0.0.0/8",       // this network
    "10.0.0.0/8",      // private
    "100.64.0.0/10",   // shared by the customers of a carrier
    "127.0.0.0/8",     // this machine
    "169.254.0.0/16",  // link-local, and the metadata of clouds
    "172.16.0.0/12",   // private
    "192.0.0.0/24",    // protocols
    "192.0.2.0/24",    // documentation
    "192.31.196.0/24", // AS112
    "192.52.193.0/24", // multicast tunnels
    "192.88.99.0/24",  // relays of 6to4
    "192.168.0.0/16",  // private
    "192.175.48.0/24", // AS112
    "198.18.0.0/15",   // measurements
    "198.51.100.0/24", // documentation
    "203.0.113.0/24",  // documentation
    "224.0.0.0/4",     // multicast
    "240.0.0.0/4",     // reserved, and broadcast
];

/// The only IPv6 that is given out.
const OUTSIDE_V6: &str = "2000::/3";

/// What of it leads elsewhere all the same.
const INSIDE_V6: [&str; 6] = [
    "2001::/23",         // protocols: Teredo, ORCHID, measurements
    "2001:db8::/32",     // documentation
    "2002::/16",         // 6to4: an IPv4 address inside
    "2620:4f:8000::/48", // AS112
    "3fff::/20",         // documentation
    "3ffe::/16",         // a network of the past
];

static INSIDE: LazyLock<(Vec<Ipv4Net>, Vec<Ipv6Net>)> = LazyLock::new(|| {
    let v4 = INSIDE_V4.iter().filter_map(|net| net.parse().ok()).collect();
    let v6 = INSIDE_V6.iter().filter_map(|net| net.parse().ok()).collect();
    (v4, v6)
});
static OUTSIDE: LazyLock<Option<Ipv6Net>> = LazyLock::new(|| OUTSIDE_V6.parse().ok());

/// Whether a host on the internet can have this address.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !INSIDE.0.iter().any(|net| net.contains(&address))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    OUTSIDE.is_some_and(|net| net.contains(&address))
        && !INSIDE.1.iter().any(|net| net.contains(&address))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{INSIDE, INSIDE_V4, INSIDE_V6, is_public};
    use crate::webhooks::target::{Reach, check, may_connect};

    #[test]
    fn every_range_is_read() {
        assert_eq!(INSIDE.0.len(), INSIDE_V4.len());
        assert_eq!(INSIDE.1.len(), INSIDE_V6.len());
    }

    #[test]
    fn hosts_on_the_internet_are_public() {
        for address in ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    /// The ways in which an IPv6 address carries an IPv4 address.
    fn carried(inner: Ipv4Addr) -> [Ipv6Addr; 6] {
        let [a, b] = [u32::from(inner) >> 16, u32::from(inner) & 0xffff]
            .map(|half| u16::try_from(half).unwrap());
        [
            inner.to_ipv6_mapped(),
            Ipv6Addr::new(0, 0, 0, 0, 0, 0, a, b),
            Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, a, b),
            Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, a, b),
            Ipv6Addr::new(0x2002, a, b, 0, 0, 0, 0, 1),
            Ipv6Addr::new(0x2001, 0, a, b, 0, 0, !a, !b),
        ]
    }

    proptest! {
        #[test]
        fn what_the_standard_library_calls_special_is_not_public(bits in any::<u32>()) {
            let address = Ipv4Addr::from(bits);
            let special = address.is_private() || address.is_loopback() || address.is_link_local()
                || address.is_multicast() || address.is_broadcast() || address.is_unspecified()
                || address.is_documentation();
            prop_assert!(!special || !is_public(address.into()));
        }

        #[test]
        fn private_networks_are_never_public(host in any::<u32>(), which in 0_usize..4) {
            let (net, bits) = [(0x0a00_0000, 24), (0xac10_0000, 20), (0xc0a8_0000, 16),
                (0x6440_0000, 22)][which];
            let address = Ipv4Addr::from(net | host & ((1_u32 << bits) - 1));
            prop_assert!(!is_public(address.into()));
            let url = format!("https://{address}/");
            prop_assert!(check(&url, Reach::Public).is_err());
            prop_assert!(check(&url, Reach::Loopback).is_err());
        }

        #[test]
        fn no_address_inside_another_is_public(bits in any::<u32>()) {
            for outer in carried(Ipv4Addr::from(bits)) {
                prop_assert!(!is_public(outer.into()), "{outer}");
                let url = format!("https://[{outer}]/");
                prop_assert!(check(&url, Reach::Public).is_err());
            }
        }

        #[test]
        fn special_ipv6_is_not_public(bits in any::<u128>()) {
            let address = Ipv6Addr::from(bits);
            let special = address.is_loopback() || address.is_unspecified() || address.is_multicast()
                || address.is_unique_local() || address.is_unicast_link_local()
                || address.segments()[0] >> 13 != 1;
            prop_assert!(!special || !is_public(address.into()));
        }

        #[test]
        fn a_literal_is_judged_as_what_it_leads_to(bits in any::<u32>()) {
            let address = Ipv4Addr::from(bits);
            let written = check(&format!("https://{bits}/"), Reach::Public).is_ok();
            prop_assert_eq!(written, may_connect("example.org", IpAddr::V4(address), Reach::Public));
        }

        #[test]
        fn no_text_whatever_leads_inside(text in "(https?|HTTPS)://[0-9a-fx.:\\[\\]]{1,20}(/[a-z]*)?") {
            if let Ok(url) = check(&text, Reach::Public) {
                let host = url.host_str().unwrap().trim_matches(['[', ']']).to_owned();
                let literal = host.parse::<IpAddr>();
                prop_assert!(url.scheme() == "https");
                prop_assert!(literal.is_err() || is_public(literal.unwrap()));
            }
        }
    }
}
