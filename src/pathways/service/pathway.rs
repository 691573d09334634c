//! Writing pathways.

use entity::{
    career_cluster,
    id::{CareerClusterId, DistrictId},
    pathway::{ActiveModel, Entity, Model},
    status::RecordStatus,
};
use uuid::Uuid;

use crate::{
    error::{Problem, ProblemCode, Result},
    pathways::rules,
    reference::{rules::codes::is_cip_program, service::bridge},
    roster::service::owned::{at_home, keys},
    store::{Synced, Write, assign, default_to},
};

/// How a pathway should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PathwayDraft {
    pub district: DistrictId,
    pub name: Option<String>,
    pub code: Option<Option<String>>,
    pub cluster: Option<CareerClusterId>,
    pub cip_code: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub wbl_minutes: Option<Option<i32>>,
    pub status: Option<RecordStatus>,
}

impl PathwayDraft {
    /// The code of the CIP that it names.
    #[must_use]
    pub fn cip(&self) -> Option<&str> {
        self.cip_code.as_ref()?.as_deref()
    }
}

impl Synced for Entity {
    type Draft = PathwayDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PathwayDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let clusters = keys(drafts.iter().filter_map(|(draft, _)| draft.cluster));
        let clusters = write.known::<career_cluster::Entity>(&clusters).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::pathway(problems, draft, *row);
            if draft.cluster.is_some_and(|cluster| !clusters.contains(&Uuid::from(cluster))) {
                problems.push(Problem::reference("clusterId", "career cluster"));
            }
        }
        check_programs(write, drafts, &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &PathwayDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.name, draft.name.as_ref());
        assign(&mut row.code, draft.code.as_ref());
        assign(&mut row.cluster_id, draft.cluster.as_ref());
        assign(&mut row.cip_code, draft.cip_code.as_ref());
        assign(&mut row.description, draft.description.as_ref());
        assign(&mut row.wbl_minutes, draft.wbl_minutes.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// Refuses codes of the CIP that the current crosswalk does not list; while none is loaded, or it
/// is a sample of some programmes, the form of the code must do.
async fn check_programs(
    write: &Write<'_>,
    drafts: &[(&PathwayDraft, Option<&Model>)],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    if drafts.iter().all(|(draft, _)| draft.cip().is_none()) {
        return Ok(());
    }
    let Some(bridge) = bridge::current(write.app).await? else { return Ok(()) };
    if bridge.release.is_sample {
        return Ok(());
    }
    let is_unknown = |code| is_cip_program(code) && bridge.program(code).is_none();
    for ((draft, _), problems) in drafts.iter().zip(problems) {
        if draft.cip().is_some_and(is_unknown) {
            let message = "the crosswalk of programmes that is loaded does not list this code";
            problems.push(Problem::field(ProblemCode::ReferenceNotFound, "cipCode", message));
        }
    }
    Ok(())
}
