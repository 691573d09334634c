//! Partners, their sites and mentors, and their agreements with districts.
//!
//! Each partner works with two of the ten districts, so a district sees a fifth of all partners.

use chrono::NaiveDate;

use super::{
    cell::Cell,
    roster::{self, DISTRICTS},
    seed::Kind,
    size::Size,
    table::Table,
};

/// How far apart the two districts of a partner are.
const APART: u64 = 3;
/// Mentors of a partner.
const CONTACTS_EACH: u64 = Size::CONTACTS / Size::PARTNERS;

pub(super) fn tables(_: &Size) -> Vec<Table> {
    let table = |name, columns, kind, rows, row| Table { name, columns, kind, rows, row };
    vec![
        table("partner", PARTNER, Kind::Partner, Size::PARTNERS, partner),
        table("partner_site", SITE, Kind::Site, Size::PARTNERS, site),
        table("partner_contact", CONTACT, Kind::Contact, Size::CONTACTS, contact),
        table("affiliation_agreement", AGREEMENT, Kind::Agreement, Size::AGREEMENTS, agreement),
    ]
}

const PARTNER: &[&str] = &["name", "kind", "naics", "website", "description", "status"];
const SITE: &[&str] =
    &["partner_id", "name", "street", "city", "region", "postal_code", "country", "status"];
const CONTACT: &[&str] = &[
    "partner_id",
    "site_id",
    "given_name",
    "family_name",
    "email",
    "phone",
    "title",
    "role",
    "status",
];
const AGREEMENT: &[&str] = &[
    "district_id",
    "partner_id",
    "state",
    "starts_on",
    "ends_on",
    "wind_down_until",
    "max_students",
    "insurance_minor",
    "insurance_currency",
    "programs",
    "terms",
];

/// A partner that works with the district.
pub(super) fn partner_of(district: u64, chance: u64) -> u64 {
    let ours = if chance.is_multiple_of(2) { district } else { district + DISTRICTS - APART };
    ours % DISTRICTS + DISTRICTS * (chance / 2 % (Size::PARTNERS / DISTRICTS))
}

/// A mentor of the partner.
pub(super) fn contact_of(partner: u64, chance: u64) -> u64 {
    partner * CONTACTS_EACH + chance % CONTACTS_EACH
}

fn partner(_: &Size, n: u64) -> Vec<Cell> {
    vec![
        Cell::Text(format!("{} & {} Works {n}", roster::family_name(Kind::Partner, n), "Sons")),
        Cell::Word(Kind::Partner.pick(n, 4, &["EMPLOYER", "EMPLOYER", "CLINIC", "AGENCY"])),
        Cell::Word(Kind::Partner.pick(n, 5, &["622110", "332710", "541511", "624110"])),
        Cell::Text(format!("https://partner-{n}.example.org")),
        Cell::Word("Students join its teams and learn the trade from those who practise it."),
        Cell::Word("ACTIVE"),
    ]
}

fn site(_: &Size, n: u64) -> Vec<Cell> {
    vec![
        Cell::Key(Kind::Partner.id(n)),
        Cell::Word("Main site"),
        Cell::Text(format!("{n} Saddle Creek Lane")),
        Cell::Word(Kind::Site.pick(n, 4, &["Riverbend", "Lakeshore", "Summit"])),
        Cell::Word("CO"),
        Cell::Word("80599"),
        Cell::Word("US"),
        Cell::Word("ACTIVE"),
    ]
}

fn contact(_: &Size, n: u64) -> Vec<Cell> {
    let kind = Kind::Contact;
    let (given, family) = (roster::given_name(kind, n), roster::family_name(kind, n));
    vec![
        Cell::Key(Kind::Partner.id(n / CONTACTS_EACH)),
        Cell::Key(Kind::Site.id(n / CONTACTS_EACH)),
        Cell::Word(given),
        Cell::Word(family),
        Cell::Text(format!("{given}.{family}.{n}@partner.example.org").to_lowercase()),
        Cell::Text(format!("+1 970-555-{:04}", n % 10_000)),
        Cell::Word(kind.pick(n, 4, &["Charge Nurse", "Foreman", "Team Lead", "Engineer"])),
        Cell::Word("MENTOR"),
        Cell::Word("ACTIVE"),
    ]
}

fn agreement(_: &Size, n: u64) -> Vec<Cell> {
    let partner = n / 2;
    let district = (partner + APART * (n % 2)) % DISTRICTS;
    let day = |year| NaiveDate::from_ymd_opt(year, 7, 1).map_or(Cell::Nothing, Cell::Day);
    vec![
        Cell::Key(Kind::District.id(district)),
        Cell::Key(Kind::Partner.id(partner)),
        Cell::Word("ACTIVE"),
        day(2024),
        // In force whenever the bench is run.
        day(2099),
        Cell::Nothing,
        Cell::Number(400),
        Cell::Number(200_000_000),
        Cell::Word("USD"),
        Cell::Word("Internships, apprenticeships, clinical practice"),
        Cell::Nothing,
    ]
}

#[cfg(test)]
mod tests {
    use super::{APART, DISTRICTS, Size, partner_of};

    #[test]
    fn a_district_is_given_only_partners_that_have_an_agreement_with_it() {
        for (district, chance) in (0..DISTRICTS).flat_map(|one| (0..99).map(move |two| (one, two)))
        {
            let partner = partner_of(district, chance);
            assert!(partner < Size::PARTNERS);
            let served = [partner % DISTRICTS, (partner + APART) % DISTRICTS];
            assert!(served.contains(&district), "{partner} for {district}");
        }
    }
}
