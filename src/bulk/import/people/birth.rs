//! Birth dates, noted from `demographics.csv` until the students are written.

use super::ImportError;
use crate::{
    bulk::{
        import::{ledger::Fact, run::Run},
        oneroster::{Demographics, Status},
    },
    error::Result,
};

/// The space of the noted birth dates, by user.
pub(super) const BIRTH_DATES: &str = "birth date";

/// Notes the birth dates.
pub(super) async fn note(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Demographics>();
    while let Some(batch) = rows.next().await {
        let rows = run.admit(batch, |row| &row.user, &[]).await?;
        let mut facts = Vec::new();
        for row in &rows {
            match (row.record.status, row.record.birth_date) {
                (Status::Active, Some(day)) => {
                    facts.push(Fact::new(&row.record.user, row.line, &day));
                }
                (Status::ToBeDeleted, _) => {
                    run.remark("demographics are to be deleted; birth dates are kept");
                }
                (Status::Active, None) => {}
            }
        }
        let facts: Result<Vec<_>> = facts.into_iter().collect();
        run.ledger.note(BIRTH_DATES, &facts?).await?;
    }
    run.close(rows).await
}
