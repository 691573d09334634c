//! What can be written to the bank of partners.

mod affiliation;
mod bank;
mod contact;
mod opportunity;
mod partner;
mod site;

use async_graphql::MergedObject;

/// The bank's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct PartnersMutation(
    partner::PartnerMutation,
    site::SiteMutation,
    contact::ContactMutation,
    opportunity::OpportunityMutation,
    opportunity::OpportunityStepMutation,
    affiliation::AffiliationMutation,
    affiliation::AffiliationStepMutation,
);
