//! Who appears in the story: tenants as they sign up, before there is anything of theirs.

use std::sync::OnceLock;

use entity::id::{DistrictId, PartnerId};

use super::{
    districts::{DISTRICTS, District},
    partners::{PARTNERS, Partner},
};
use crate::{partners::service::partner::PartnerDraft, roster::service::district::DistrictDraft};

/// Tenants that are there already: a district, and its partners in the order of [`Roles::partners`].
#[derive(Debug, Clone)]
pub struct Cast {
    /// The district.
    pub district: DistrictId,
    /// The partners.
    pub partners: Vec<PartnerId>,
}

/// The tenants that the story of one district takes, as they are to be made.
#[derive(Debug, Clone)]
pub struct Roles {
    /// The district.
    pub district: DistrictDraft,
    /// The partners.
    pub partners: Vec<PartnerDraft>,
}

/// The roles of the story that [`fill`](super::fill) tells.
#[must_use]
pub fn roles() -> Roles {
    Roles {
        district: district(&DISTRICTS[0]),
        partners: PARTNERS.iter().map(|profile| partner(profile)).collect(),
    }
}

/// A district as it signs up.
pub(super) fn district(profile: &District) -> DistrictDraft {
    DistrictDraft {
        slug: profile.slug.to_owned(),
        name: profile.name.to_owned(),
        kind: profile.kind,
        identifier: Some(profile.identifier.to_owned()),
        time_zone: profile.time_zone.to_owned(),
        is_sandbox: false,
    }
}

/// A partner as it signs up.
pub(super) fn partner(profile: &Partner) -> PartnerDraft {
    PartnerDraft {
        name: Some(profile.name.to_owned()),
        kind: Some(profile.kind),
        naics: Some(Some(profile.naics.to_owned())),
        website: Some(Some(format!("https://{}", profile.domain))),
        description: Some(Some(profile.description.to_owned())),
        status: None,
        sandbox: OnceLock::new(),
    }
}
