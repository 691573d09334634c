//! Writing partners.

use std::sync::OnceLock;

use entity::{
    district,
    id::DistrictId,
    partner::{ActiveModel, Entity, Model, PartnerKind},
    status::RecordStatus,
};

use super::rights::Rights;
use crate::{
    auth::Tenant,
    error::{Detail, Problem, ProblemCode, Result},
    partners::rules,
    store::{Synced, Write, assign, default_to, world},
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
    /// The throw-away district of whose world a new partner is; when whoever makes the draft leaves
    /// it empty, the check puts it into the caller's world.
    pub sandbox: OnceLock<Option<DistrictId>>,
}

impl Synced for Entity {
    type Draft = PartnerDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PartnerDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let rights = Rights::of(write, drafts.iter().filter_map(|(_, row)| Some(row.as_ref()?.id)));
        let rights = rights.await?;
        let new = drafts.iter().filter(|(_, row)| row.is_none());
        if let Some(world) = world_of_new(write, new.clone().count()).await? {
            for (draft, _) in new {
                draft.sandbox.get_or_init(|| Some(world));
            }
        }
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
        default_to(&mut row.sandbox_id, draft.sandbox.get().copied().flatten());
    }
}

/// The sandbox in which the caller's new partners are, if it calls for one.
async fn world_of_new(write: &Write<'_>, new: usize) -> Result<Option<DistrictId>> {
    let Tenant::District(own) = write.caller.tenant else { return Ok(None) };
    if new == 0 {
        return Ok(None);
    }
    let found = write.found::<district::Entity>(&[own.into()]).await?;
    Ok(found.get(&own.0).and_then(world::sandbox_of))
}

fn only_its_own() -> Problem {
    let message = "a partner client writes its own partner only and adds none";
    Problem::with(ProblemCode::Forbidden, "", message, Detail::Permission { scope: None })
}
