//! Affiliation agreements, and the edge that they add to districts.

use async_graphql::Enum;
use entity::{
    affiliation_agreement,
    id::{AffiliationAgreementId, DistrictId, PartnerId},
};

use super::Partner;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
        scalars::Decimal,
    },
    leaf_enums, object, order,
    roster::types::District,
    tracked,
};

/// How far an agreement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "affiliation_agreement::AgreementState")]
pub enum AgreementState {
    /// Being written.
    Draft,
    /// With both sides.
    Negotiating,
    /// Signed: students may be placed from its first day through its last.
    Active,
    /// Ended by either side.
    Terminated,
}

leaf_enums!(AgreementState);
enum_filter!(pub AgreementStateFilter of AgreementState as affiliation_agreement::AgreementState);

filter! {
    pub AffiliationAgreementWhere on affiliation_agreement::Entity as affiliation_agreement::Column {
        /// The global id.
        id: IdFilter => Id of AffiliationAgreementId,
        /// The district.
        district: IdFilter => DistrictId of DistrictId,
        /// The partner.
        partner: IdFilter => PartnerId of PartnerId,
        /// How far it has come.
        state: AgreementStateFilter => State,
        /// The first day in force.
        starts_on: DateFilter => StartsOn,
        /// The last day in force; ask for those that end soon.
        ends_on: DateFilter => EndsOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub AffiliationAgreementOrder, AffiliationAgreementOrderField on affiliation_agreement::Entity as affiliation_agreement::Column {
        /// By the first day in force.
        StartsOn,
        /// By the last day in force.
        EndsOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// The agreement under which a partner takes students of a district.
    pub AffiliationAgreement(affiliation_agreement::Entity) is AffiliationAgreementId, needs Scope::PartnersRead, by AffiliationAgreementWhere, AffiliationAgreementOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let agreement = graph.node::<AffiliationAgreement>();
    agreement.column("id", |row| Key(row.id), "The global id.");
    agreement.column("state", |row| AgreementState::from(row.state), "How far it has come.");
    agreement.column("startsOn", |row| row.starts_on, "The first day in force.");
    agreement.column("endsOn", |row| row.ends_on, "The last day in force.");
    agreement.column(
        "windDownUntil",
        |row| row.wind_down_until,
        "After a termination, the last day for students who were already placed.",
    );
    agreement.column("maxStudents", |row| row.max_students, "How many students at a time.");
    agreement
        .column(
            "insuranceAmount",
            |row| row.insurance_minor.map(|hundredths| Decimal { hundredths }),
            "The liability cover that is required.",
        )
        .reads([affiliation_agreement::Column::InsuranceMinor]);
    agreement.column(
        "insuranceCurrency",
        |row| row.insurance_currency.clone(),
        "The ISO 4217 code of the cover, as `USD`.",
    );
    agreement.column("programs", |row| row.programs.clone(), "The programs that it covers.");
    agreement.column("terms", |row| row.terms.clone(), "Anything else that was agreed.");
    tracked!(agreement);
    declare_sides(graph);
}

fn declare_sides(graph: &mut Graph) {
    let agreement = graph.object::<AffiliationAgreement>();
    agreement.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district whose students are placed under it.",
    );
    agreement.belongs_to::<Partner>(
        "partner",
        |row| Some(row.partner_id.into()),
        "The partner that takes them.",
    );
    graph.object::<District>().has_many::<AffiliationAgreement>(
        "affiliationAgreements",
        affiliation_agreement::Column::DistrictId,
        |row| row.id.into(),
        "The agreements under which partners take its students.",
    );
}
