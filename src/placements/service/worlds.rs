//! Placements stay within one world: a sandbox, or the real one.
//!
//! Districts and partners see nothing beyond their own; the platform sees everything, and must not
//! join what is kept apart.

use std::collections::HashSet;

use entity::{district, partner, placement::Model};
use uuid::Uuid;

use super::draft::{Filled, PlacementDraft};
use crate::{
    auth::Tenant,
    error::{Problem, Result},
    store::{Visible, Write, world},
};

/// Adds to the problems of each new placement that its partner is not of its district's world.
pub async fn check(
    write: &Write<'_>,
    drafts: &[(&PlacementDraft, Option<&Model>)],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    if write.caller.tenant != Tenant::Platform {
        return Ok(());
    }
    let filled = || drafts.iter().filter_map(|(draft, _)| draft.filled.get());
    let keys = |key: fn(&Filled) -> Uuid| -> Vec<Uuid> {
        filled().map(key).collect::<HashSet<_>>().into_iter().collect()
    };
    let districts = write.found::<district::Entity>(&keys(|row| row.district.into())).await?;
    let partners = write.found::<partner::Entity>(&keys(|row| row.partner.into())).await?;
    for ((draft, _), problems) in drafts.iter().zip(problems) {
        let Some(filled) = draft.filled.get() else { continue };
        let pair = districts.get(&filled.district.0).zip(partners.get(&filled.partner.0));
        if !pair.is_some_and(|(district, partner)| world::meet(district, partner)) {
            problems.push(Problem::reference("partnerId", partner::Entity::NOUN));
        }
    }
    Ok(())
}
