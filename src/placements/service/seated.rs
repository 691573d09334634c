//! Placements that hold a seat from the beginning: what a run of the matching comes to.

use entity::placement::{ActiveModel, Entity, PlacementState};
use sea_orm::ActiveValue::Set;

use super::draft::PlacementDraft;
use crate::{
    error::{Error, Result},
    store::{Synced, Write},
};

/// Placements that one statement inserts: few enough for SQLite's limit on bound values.
const AT_ONCE: usize = 500;

/// Makes placements in the state MATCHED; their seats were taken before.
pub async fn seat_all(write: &Write<'_>, drafts: &[PlacementDraft]) -> Result<()> {
    for some in drafts.chunks(AT_ONCE) {
        let fresh: Vec<_> = some.iter().map(|draft| (draft, None)).collect();
        let problems = Entity::check(write, &fresh).await?;
        let problems: Vec<_> = problems.into_iter().flatten().collect();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let rows = some.iter().map(|draft| row(write, draft)).collect();
        write.insert_all::<Entity>(rows).await?;
    }
    Ok(())
}

fn row(write: &Write<'_>, draft: &PlacementDraft) -> ActiveModel {
    let mut row = ActiveModel {
        id: Set(write.app.clock.id()),
        state: Set(PlacementState::Matched),
        ..ActiveModel::default()
    };
    Entity::assign(draft, &mut row);
    row
}
