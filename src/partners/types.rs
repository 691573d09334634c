//! The objects of the bank of partners.

mod affiliation;
mod contact;
mod kind;
mod opportunity;
mod partner;
mod site;

pub use affiliation::{AffiliationAgreement, AgreementState, AgreementStateFilter};
pub use contact::{ContactRole, ContactRoleFilter, PartnerContact};
pub use kind::{WorkBasedLearningKind, WorkBasedLearningKindFilter};
pub use opportunity::{Opportunity, OpportunityState, OpportunityStateFilter};
pub use partner::{Partner, PartnerKind, PartnerKindFilter};
pub use site::PartnerSite;

use crate::graphql::object::Graph;

/// Declares the slice's types, its edges on the roster's, and its part of the root.
pub fn declare(graph: &mut Graph) {
    partner::declare(graph);
    site::declare(graph);
    contact::declare(graph);
    opportunity::declare(graph);
    affiliation::declare(graph);
    super::query::declare(graph.query());
}
