//! What signals are about: an occupation, named by its code, or a career cluster.

use std::collections::HashSet;

use entity::{career_cluster, id::CareerClusterId, occupation};
use sea_orm::{QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    error::{Problem, ProblemCode, Result},
    roster::service::owned::keys,
    store::{Write, any_text, visible},
};

/// What a row should be about; what is `None` is kept.
#[derive(Debug, Clone, Default)]
pub struct TagDraft {
    /// An occupation, by its O*NET-SOC code.
    pub occupation_code: Option<Option<String>>,
    /// A career cluster.
    pub cluster: Option<Option<CareerClusterId>>,
}

impl TagDraft {
    fn code(&self) -> Option<&str> {
        self.occupation_code.as_ref()?.as_deref()
    }
}

/// Refuses occupations and clusters that no release has, in two statements at most.
pub(super) async fn check<'d>(
    write: &Write<'_>,
    drafts: impl Iterator<Item = &'d TagDraft> + Clone,
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let codes: HashSet<&str> = drafts.clone().filter_map(TagDraft::code).collect();
    let occupations = known_codes(write, &codes.into_iter().collect::<Vec<_>>()).await?;
    let clusters = keys(drafts.clone().filter_map(|draft| draft.cluster.flatten()));
    let clusters = write.known::<career_cluster::Entity>(&clusters).await?;
    for (draft, problems) in drafts.zip(problems) {
        if draft.code().is_some_and(|code| !occupations.contains(code)) {
            let message = "no release of occupations that is loaded lists this code";
            let code = ProblemCode::ReferenceNotFound;
            problems.push(Problem::field(code, "occupationCode", message));
        }
        let cluster = draft.cluster.flatten();
        if cluster.is_some_and(|cluster| !clusters.contains(&Uuid::from(cluster))) {
            problems.push(Problem::reference("clusterId", "career cluster"));
        }
    }
    Ok(())
}

async fn known_codes(write: &Write<'_>, codes: &[&str]) -> Result<HashSet<String>> {
    if codes.is_empty() {
        return Ok(HashSet::new());
    }
    let code = Expr::col((occupation::Entity, occupation::Column::Code));
    let among = any_text(write.backend(), code, codes);
    let rows = visible::<occupation::Entity>(write.caller).filter(among).all(&write.tx).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}
