//! Writing partners.

use entity::{
    partner::{ActiveModel, Entity, Model, PartnerKind},
    status::RecordStatus,
};

use super::rights::Rights;
use crate::{
    auth::Tenant,
    error::{Detail, Problem, ProblemCode, Result},
    partners::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a partner should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PartnerDraft {
    pub name: Option<String>,
    pub kind: Option<PartnerKind>,
    pub naics: Option<Option<String>>,
    pub website: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = PartnerDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PartnerDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let rights = Rights::of(write, drafts.iter().filter_map(|(_, row)| Some(row.as_ref()?.id)));
        let rights = rights.await?;
        let may_add = !matches!(write.caller.tenant, Tenant::Partner(_));
        let check = |(draft, row): &(&PartnerDraft, Option<&Model>)| {
            let mut problems = rules::partner(draft, row.is_none());
            problems.extend(match row {
                Some(row) => rights.check("", row.id),
                None => (!may_add).then(only_its_own),
            });
            problems
        };
        Ok(drafts.iter().map(check).collect())
    }

    fn assign(draft: &PartnerDraft, row: &mut ActiveModel) {
        assign(&mut row.name, draft.name.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.naics, draft.naics.as_ref());
        assign(&mut row.website, draft.website.as_ref());
        assign(&mut row.description, draft.description.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

fn only_its_own() -> Problem {
    let message = "a partner client writes its own partner only and adds none";
    Problem::with(ProblemCode::Forbidden, "", message, Detail::Permission { scope: None })
}
