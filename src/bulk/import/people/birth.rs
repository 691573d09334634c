//! Birth dates, noted from `demographics.csv` until the students are written.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::student;

use super::ImportError;
use crate::{
    bulk::{
        import::{entry::Entry, ledger::Fact, refusal::Refusal, run::Run},
        oneroster::{Demographics, FileKind, Status},
    },
    error::Result,
    roster::{rules, service::student::StudentDraft},
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

/// The birth dates of these students. One that cannot be is refused where it stands, and the
/// student goes in without it.
pub(super) async fn of(run: &mut Run<'_>, ids: &[&str]) -> Result<HashMap<String, NaiveDate>> {
    let noted = run.ledger.facts::<NaiveDate>(BIRTH_DATES, ids).await?;
    let today = run.write.now.date_naive();
    let mut born = HashMap::with_capacity(noted.len());
    for (id, dates) in noted {
        let Some((line, day)) = dates.into_iter().next() else { continue };
        let draft =
            StudentDraft { birth_date: Some(Some(day)), ..student::Entity::kept(run.district) };
        let mut problems = Vec::new();
        rules::student(&mut problems, &draft, false, today);
        if problems.is_empty() {
            born.insert(id, day);
        } else {
            let file = FileKind::Demographics;
            let refusal = |problem| Refusal::of(file, line, student::Entity::COLUMNS, problem);
            run.report.refuse(file, problems.iter().map(refusal));
        }
    }
    Ok(born)
}
