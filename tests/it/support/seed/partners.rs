//! The rows of a partner.

use entity::{
    affiliation_agreement::{self, AgreementState},
    id::{
        AffiliationAgreementId, DistrictId, OpportunityId, PartnerContactId, PartnerId,
        PartnerSiteId,
    },
    opportunity::{self, OpportunityState},
    partner::{self, PartnerKind},
    partner_contact::{self, ContactRole},
    partner_site,
    status::{PersonStatus, RecordStatus},
    wbl::WorkBasedLearningKind,
};

use super::{Seed, day};

/// What placements point to.
pub(super) struct Bank {
    pub partner: PartnerId,
    pub site: PartnerSiteId,
    pub mentor: PartnerContactId,
    pub supervisor: PartnerContactId,
    pub opportunity: OpportunityId,
}

pub(super) async fn write(seed: &mut Seed<'_>, district: DistrictId) -> Bank {
    let partner = write_partner(seed).await;
    let site = write_site(seed, partner).await;
    let mentor = write_contact(seed, partner, site, ContactRole::Mentor).await;
    let supervisor = write_contact(seed, partner, site, ContactRole::Supervisor).await;
    write_agreement(seed, district, partner).await;
    let opportunity = write_opportunity(seed, partner, site, OpportunityState::Open).await;
    write_opportunity(seed, partner, site, OpportunityState::Draft).await;
    Bank { partner, site, mentor, supervisor, opportunity }
}

async fn write_partner(seed: &mut Seed<'_>) -> PartnerId {
    let (id, marker) = seed.next();
    seed.put(partner::Model {
        id,
        name: format!("{marker} name"),
        kind: PartnerKind::Employer,
        naics: Some("622110".to_owned()),
        website: Some(format!("https://{marker}.example")),
        description: Some(format!("{marker} description")),
        status: RecordStatus::Active,
        sandbox_id: None,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_site(seed: &mut Seed<'_>, partner_id: PartnerId) -> PartnerSiteId {
    let (id, marker) = seed.next();
    seed.put(partner_site::Model {
        id,
        partner_id,
        name: format!("{marker} name"),
        street: Some(format!("{marker} street")),
        city: Some(format!("{marker} city")),
        region: Some("CO".to_owned()),
        postal_code: Some("80012".to_owned()),
        country: "US".to_owned(),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_contact(
    seed: &mut Seed<'_>,
    partner_id: PartnerId,
    site: PartnerSiteId,
    role: ContactRole,
) -> PartnerContactId {
    let (id, marker) = seed.next();
    seed.put(partner_contact::Model {
        id,
        partner_id,
        site_id: Some(site),
        given_name: format!("{marker} given"),
        family_name: format!("{marker} family"),
        email: Some(format!("{marker}@example.org")),
        phone: Some(format!("{marker} phone")),
        title: Some(format!("{marker} title")),
        role,
        status: PersonStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_agreement(seed: &mut Seed<'_>, district_id: DistrictId, partner_id: PartnerId) {
    let (id, marker) = seed.next::<AffiliationAgreementId>();
    seed.put(affiliation_agreement::Model {
        id,
        district_id,
        partner_id,
        state: AgreementState::Active,
        starts_on: day(1, 1),
        ends_on: day(12, 31),
        wind_down_until: None,
        max_students: Some(10),
        insurance_minor: Some(100_000_000),
        insurance_currency: Some("USD".to_owned()),
        programs: Some(format!("{marker} programs")),
        terms: Some(format!("{marker} terms")),
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_opportunity(
    seed: &mut Seed<'_>,
    partner_id: PartnerId,
    site: PartnerSiteId,
    state: OpportunityState,
) -> OpportunityId {
    let (id, marker) = seed.next();
    seed.put(opportunity::Model {
        id,
        partner_id,
        site_id: Some(site),
        title: format!("{marker} title"),
        description: Some(format!("{marker} description")),
        kind: WorkBasedLearningKind::Internship,
        occupation_code: Some("29-1141.00".to_owned()),
        is_paid: true,
        hourly_wage_minor: Some(1750),
        wage_currency: Some("USD".to_owned()),
        minimum_age: Some(16),
        weekly_minutes: Some(600),
        starts_on: Some(day(9, 1)),
        ends_on: Some(day(12, 1)),
        seats: 5,
        seats_taken: i32::from(state == OpportunityState::Open),
        state,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}
