//! The side of work: five partners of the demo, with their sites, people and openings.
//!
//! None of these companies exists. The codes do: NAICS for the industries, O*NET-SOC for the
//! occupations.

mod builder;
mod family_agency;
mod hospital;
mod machine_shop;
mod software_house;

use entity::{partner::PartnerKind, partner_contact::ContactRole, wbl::WorkBasedLearningKind};

use super::courses::Area;

/// A partner.
pub struct Partner {
    /// Name as people know it.
    pub name: &'static str,
    /// Key of its portal, and short name in keys.
    pub key: &'static str,
    /// What sort of organisation it is.
    pub kind: PartnerKind,
    /// Industry, by its NAICS code.
    pub naics: &'static str,
    /// Where its addresses lie, and its site.
    pub domain: &'static str,
    /// What it does, for students.
    pub description: &'static str,
    /// Telephone area.
    pub area_code: &'static str,
    /// Where it works.
    pub sites: &'static [Site],
    /// Who meets students.
    pub people: &'static [Post],
    /// What it offers every year.
    pub openings: &'static [Opening],
    /// How far its agreements with the districts have come, in the order of the districts.
    pub agreements: [Agreement; 3],
}

/// A place where a partner works.
pub struct Site {
    /// Name of the place.
    pub name: &'static str,
    /// City.
    pub city: &'static str,
    /// State.
    pub region: &'static str,
    /// Postal code.
    pub postal_code: &'static str,
}

/// A position that somebody fills.
pub struct Post {
    /// What they are to students.
    pub role: ContactRole,
    /// Position.
    pub title: &'static str,
    /// Where, by the order of the sites.
    pub site: usize,
}

/// What a partner offers, year after year.
pub struct Opening {
    /// What it is called.
    pub title: &'static str,
    /// What it is about, for students.
    pub description: &'static str,
    /// Which form of work-based learning it is.
    pub kind: WorkBasedLearningKind,
    /// O*NET-SOC code.
    pub occupation: &'static str,
    /// Where, by the order of the sites.
    pub site: usize,
    /// Whom it suits.
    pub area: Area,
    /// Whether it is for students of a college rather than of a school.
    pub for_college: bool,
    /// Wage of an hour in cents; none when it is unpaid.
    pub wage: Option<i64>,
    /// Youngest age.
    pub minimum_age: i32,
    /// Hours expected in a week.
    pub weekly_hours: i32,
    /// Hours that a placement should reach.
    pub goal_hours: i32,
    /// What students write beside their hours.
    pub notes: &'static [&'static str],
}

/// How far the agreement of a partner and a district has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// In force since the story began.
    InForce,
    /// Ran out last summer and was renewed without a gap.
    Renewed,
    /// Not signed yet.
    Drafted,
    /// Ended last winter.
    Ended,
    /// There is none.
    Nothing,
}

impl Opening {
    /// Whether it is supervised practice that a licence asks for.
    pub fn is_clinical(&self) -> bool {
        matches!(self.kind, WorkBasedLearningKind::Clinical | WorkBasedLearningKind::Practicum)
    }
}

/// The partners.
pub static PARTNERS: [&Partner; 5] = [
    &hospital::PARTNER,
    &machine_shop::PARTNER,
    &software_house::PARTNER,
    &family_agency::PARTNER,
    &builder::PARTNER,
];

#[cfg(test)]
mod tests {
    use super::{Area, PARTNERS};

    #[test]
    fn whatever_students_learn_somebody_offers_it() {
        let openings = || PARTNERS.iter().flat_map(|partner| partner.openings);
        for area in Area::ALL {
            assert!(openings().any(|opening| opening.area == area && !opening.for_college));
        }
        assert!(openings().filter(|opening| opening.for_college).count() >= 6);
    }

    #[test]
    fn openings_and_people_are_at_sites_that_are_there() {
        for partner in PARTNERS {
            let sites = partner.sites.len();
            assert!(partner.openings.iter().all(|opening| opening.site < sites));
            assert!(partner.people.iter().all(|post| post.site < sites));
            assert!(partner.domain.ends_with(".example.org"));
        }
    }
}
