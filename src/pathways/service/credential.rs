//! Writing the credentials that pathways lead to.

use entity::{
    id::{DistrictId, PathwayId},
    pathway,
    pathway_credential::{ActiveModel, Entity, Model},
    status::RecordStatus,
};

use crate::{
    error::{Problem, Result},
    pathways::rules,
    roster::service::owned::{Known, at_home, keys},
    store::{Synced, Write, assign, default_to},
};

/// How a credential should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct CredentialDraft {
    pub district: DistrictId,
    pub pathway: Option<PathwayId>,
    pub name: Option<String>,
    pub issuer: Option<Option<String>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = CredentialDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&CredentialDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let pathways = keys(drafts.iter().filter_map(|(draft, _)| draft.pathway));
        let pathways = Known::<pathway::Entity>::among(write, pathways).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::credential(problems, draft, *row);
            pathways.check(problems, "pathwayId", draft.district, draft.pathway);
        }
        Ok(problems)
    }

    fn assign(draft: &CredentialDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.pathway_id, draft.pathway.as_ref());
        assign(&mut row.name, draft.name.as_ref());
        assign(&mut row.issuer, draft.issuer.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}
