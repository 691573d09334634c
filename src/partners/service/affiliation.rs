//! Writing affiliation agreements, moving them through their states, and asking whether one is in
//! force.

mod cover;
mod step;

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{ActiveModel, AgreementState, Entity, Model},
    district,
    id::{DistrictId, PartnerId},
    partner,
};
use uuid::Uuid;

pub use cover::{in_force, signed};
pub use step::{activate, negotiate, redraft, terminate};

use crate::{
    auth::Tenant,
    error::{Detail, Problem, ProblemCode, Result},
    partners::rules,
    store::{Synced, Visible, Write, assign, default_to, world},
};

/// How an agreement should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct AgreementDraft {
    pub district: Option<DistrictId>,
    pub partner: Option<PartnerId>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub max_students: Option<Option<i32>>,
    pub insurance_minor: Option<Option<i64>>,
    pub insurance_currency: Option<Option<String>>,
    pub programs: Option<Option<String>>,
    pub terms: Option<Option<String>>,
}

impl Synced for Entity {
    type Draft = AgreementDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&AgreementDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let districts: Vec<Uuid> =
            drafts.iter().filter_map(|(draft, _)| draft.district.map(Into::into)).collect();
        let districts = write.found::<district::Entity>(&districts).await?;
        let partners: Vec<Uuid> =
            drafts.iter().filter_map(|(draft, _)| draft.partner.map(Into::into)).collect();
        let partners = write.found::<partner::Entity>(&partners).await?;
        let check = |(draft, row): &(&AgreementDraft, Option<&Model>)| {
            let mut problems = rules::agreement(draft, *row);
            problems.extend(may_write(write));
            let district = draft.district.map(|id| districts.get(&id.0));
            if district == Some(None) {
                problems.push(Problem::reference("districtId", district::Entity::NOUN));
            }
            // The platform sees all worlds, and joins none of them to another.
            let is_around =
                |partner| district.flatten().is_none_or(|district| world::meet(district, partner));
            let partner = draft.partner.map(|id| partners.get(&id.0));
            if partner.is_some_and(|partner| !partner.is_some_and(is_around)) {
                problems.push(Problem::reference("partnerId", partner::Entity::NOUN));
            }
            problems
        };
        Ok(drafts.iter().map(check).collect())
    }

    fn assign(draft: &AgreementDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, draft.district.as_ref());
        assign(&mut row.partner_id, draft.partner.as_ref());
        assign(&mut row.starts_on, draft.starts_on.as_ref());
        assign(&mut row.ends_on, draft.ends_on.as_ref());
        assign(&mut row.max_students, draft.max_students.as_ref());
        assign(&mut row.insurance_minor, draft.insurance_minor.as_ref());
        assign(&mut row.insurance_currency, draft.insurance_currency.as_ref());
        assign(&mut row.programs, draft.programs.as_ref());
        assign(&mut row.terms, draft.terms.as_ref());
        default_to(&mut row.state, AgreementState::Draft);
    }
}

/// The district keeps the agreement; the partner reads it.
fn may_write(write: &Write<'_>) -> Option<Problem> {
    let Tenant::Partner(_) = write.caller.tenant else { return None };
    let message = "the district writes its affiliation agreements; a partner client reads them";
    Some(Problem::with(ProblemCode::ReadOnly, "", message, Detail::Field))
}
