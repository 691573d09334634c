//! The contacts of School Data Sync: whoever is named as one is a guardian, without any role.

use entity::{guardian, guardianship::Relationship, student};
use serde::{Deserialize, Serialize};

use super::ImportError;
use crate::{
    bulk::{
        import::{ledger::Fact, refusal::Refusal, rows::Rows, run::Run},
        oneroster::{self, FileKind, Relation},
    },
    error::Result,
};

const FILE: FileKind = FileKind::Relationships;
/// The space of the noted contacts, by the contact.
pub(super) const CONTACTS: &str = "contact";

/// Whose contact someone is, and as what.
#[derive(Serialize, Deserialize)]
pub(super) struct Contact {
    pub student: String,
    pub relationship: Relationship,
}

/// Notes the contacts.
pub(super) async fn note(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<oneroster::Relationship>();
    while let Some(batch) = rows.next().await {
        let rows = run.admit(batch, |_| "", &[]).await?;
        let fact = |row: &crate::bulk::import::run::Line<oneroster::Relationship>| {
            let relationship = match row.record.relation {
                Relation::Parent => Relationship::Parent,
                Relation::Guardian => Relationship::Guardian,
                Relation::Relative => Relationship::Relative,
                Relation::Other => Relationship::Other,
            };
            let contact = Contact { student: row.record.student.clone(), relationship };
            Fact::new(&row.record.contact, row.line, &contact)
        };
        let facts: Result<Vec<_>> = rows.iter().map(fact).collect();
        run.ledger.note(CONTACTS, &facts?).await?;
    }
    run.close(rows).await
}

/// Refuses contacts of whom one end is not there.
pub(super) async fn check(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = Rows::<oneroster::Relationship>::of(run.bundle);
    while let Some(batch) = rows.next().await {
        let rows = run.readmit("", batch, |_| "").await?;
        let students = rows.iter().map(|row| row.record.student.as_str());
        let students = run.referable::<student::Entity>(FileKind::Users, students).await?;
        let contacts = rows.iter().map(|row| row.record.contact.as_str());
        let contacts = run.referable::<guardian::Entity>(FileKind::Users, contacts).await?;
        for row in &rows {
            let (column, noun) = if !students.contains_key(&row.record.student) {
                ("userSourcedId", "student")
            } else if !contacts.contains_key(&row.record.contact) {
                ("relationshipUserSourcedId", "user")
            } else {
                continue;
            };
            run.report.refuse(FILE, [Refusal::dangling(FILE, row.line, column, noun)]);
        }
    }
    rows.finish().await?;
    Ok(())
}
