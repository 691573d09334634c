//! What can be written to the bank of partners.

mod affiliation;
mod bank;
mod contact;
mod opportunity;
mod partner;
mod site;

use async_graphql::MergedObject;

pub use self::{
    contact::ContactMutation, opportunity::OpportunityMutation, partner::PartnerMutation,
    site::SiteMutation,
};

/// The bank's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct PartnersMutation(
    PartnerMutation,
    SiteMutation,
    ContactMutation,
    OpportunityMutation,
    opportunity::OpportunityStepMutation,
    affiliation::AffiliationMutation,
    affiliation::AffiliationStepMutation,
);
