//! Writing a district's definitions of participants, concentrators and completers.

use chrono::NaiveDate;
use entity::{
    district,
    id::DistrictId,
    pathway_definition::{ActiveModel, Column, Entity, Model},
    status::RecordStatus,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType};
use uuid::Uuid;

use super::period::{self, Period, Taking};
use crate::{
    error::{Problem, Result},
    pathways::rules,
    roster::service::owned::{at_home, keys},
    store::{Synced, Write, any_of, assign, default_to, visible},
};

/// How a definition should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct DefinitionDraft {
    pub district: DistrictId,
    pub jurisdiction: Option<String>,
    pub citation: Option<String>,
    pub effective_from: Option<NaiveDate>,
    pub effective_to: Option<Option<NaiveDate>>,
    pub participant_courses: Option<i32>,
    pub concentrator_courses: Option<Option<i32>>,
    pub concentrator_credits_hundredths: Option<Option<i32>>,
    pub completer_courses: Option<Option<i32>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = DefinitionDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&DefinitionDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::definition(problems, draft, *row);
        }
        let wanted: Vec<_> = drafts.iter().map(|(draft, row)| wanted(draft, *row)).collect();
        let stored = stored(write, &keys(drafts.iter().map(|(draft, _)| draft.district))).await?;
        period::check(&wanted, stored, "effectiveFrom", &mut problems);
        Ok(problems)
    }

    fn assign(draft: &DefinitionDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.jurisdiction, draft.jurisdiction.as_ref());
        assign(&mut row.citation, draft.citation.as_ref());
        assign(&mut row.effective_from, draft.effective_from.as_ref());
        assign(&mut row.effective_to, draft.effective_to.as_ref());
        assign(&mut row.participant_courses, draft.participant_courses.as_ref());
        assign(&mut row.concentrator_courses, draft.concentrator_courses.as_ref());
        let credits = draft.concentrator_credits_hundredths.as_ref();
        assign(&mut row.concentrator_credits_hundredths, credits);
        assign(&mut row.completer_courses, draft.completer_courses.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// The period in which a row will be in force, unless it does not count.
fn wanted(draft: &DefinitionDraft, row: Option<&Model>) -> Taking<DistrictId> {
    let key = row.map(|row| row.id.0);
    let first = draft.effective_from.or(row.map(|row| row.effective_from));
    let last = draft.effective_to.unwrap_or(row.and_then(|row| row.effective_to));
    let period = first.map(|first| (draft.district, Period { row: key, first, last }));
    let counts = rules::counts(draft.status, row.map(|row| row.status));
    (key, period.filter(|_| counts))
}

/// The periods of these districts that are stored and count; the districts are held until the end.
async fn stored(write: &Write<'_>, districts: &[Uuid]) -> Result<Vec<(DistrictId, Period)>> {
    let held = visible::<district::Entity>(write.caller)
        .filter(any_of(write.backend(), district::Column::Id, districts))
        .order_by_asc(district::Column::Id)
        // Rows that refer to the district may be written meanwhile.
        .lock(LockType::NoKeyUpdate);
    held.all(&write.tx).await?;
    let rows = visible::<Entity>(write.caller)
        .filter(Column::Status.eq(RecordStatus::Active))
        .filter(any_of(write.backend(), Column::DistrictId, districts));
    let period = |row: Model| {
        let period =
            Period { row: Some(row.id.0), first: row.effective_from, last: row.effective_to };
        (row.district_id, period)
    };
    Ok(rows.all(&write.tx).await?.into_iter().map(period).collect())
}
