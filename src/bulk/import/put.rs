//! Writing a batch through the roster, and counting what became of it.

use uuid::Uuid;

use super::{entry::Entry, refusal::Refusal, run::Run};
use crate::{
    bulk::oneroster::FileKind,
    error::Result,
    store::{self, ErrorPolicy, Outcome, RowKey, RowOutcome, Wanted},
};

/// A row on its way into the roster.
pub(super) struct Item<D> {
    /// Where it stands.
    pub line: u64,
    /// Its key in the other system.
    pub id: String,
    /// How it should be.
    pub draft: D,
}

impl Run<'_> {
    /// Writes the items and tells which were taken.
    pub async fn put<E: Entry>(
        &mut self,
        file: FileKind,
        items: Vec<Item<E::Draft>>,
    ) -> Result<Vec<bool>> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        self.ledger.mark(E::KIND, items.iter().map(|item| item.id.as_str())).await?;
        self.report.count(E::COUNTED).read += items.len() as u64;
        let lines: Vec<u64> = items.iter().map(|item| item.line).collect();
        let wanted = items.into_iter().map(|item| Wanted::under(self.key(&item.id), item.draft));
        let outcomes = self.write_all::<E>(wanted.collect()).await?;
        let mut taken = Vec::with_capacity(lines.len());
        for (line, row) in lines.into_iter().zip(outcomes) {
            let refusals = row.problems.iter();
            let refusals = refusals.map(|problem| Refusal::of(file, line, E::COLUMNS, problem));
            let refusals: Vec<_> = refusals.collect();
            let count = self.report.count(E::COUNTED);
            match row.outcome {
                Outcome::Created => count.created += 1,
                Outcome::Updated => count.updated += 1,
                Outcome::Unchanged => count.unchanged += 1,
                Outcome::Rejected | Outcome::NotWritten => count.refused += 1,
            }
            if !refusals.is_empty() {
                self.report.refuse(file, refusals);
            }
            taken.push(row.row.is_some());
        }
        Ok(taken)
    }

    /// Refuses a row that refers to nothing, before it reaches the roster.
    pub fn refuse<E: Entry>(&mut self, refusal: Refusal, file: FileKind) {
        let count = self.report.count(E::COUNTED);
        count.read += 1;
        count.refused += 1;
        self.report.refuse(file, [refusal]);
    }

    /// Marks stored rows as no longer in use.
    pub async fn retire<E: Entry>(&mut self, ids: Vec<Uuid>) -> Result<()> {
        let retired = |id| Wanted::under(RowKey::Id(id), E::retired(self.district));
        let wanted = ids.into_iter().map(retired);
        for row in self.write_all::<E>(wanted.collect()).await? {
            let count = self.report.count(E::COUNTED);
            match row.outcome {
                Outcome::Updated => count.retired += 1,
                Outcome::Unchanged => count.unchanged += 1,
                _ => count.refused += 1,
            }
        }
        Ok(())
    }

    /// Marks what a delta file says is to be deleted, as far as it is there.
    pub async fn retire_named<E: Entry>(&mut self, keys: &[&str]) -> Result<()> {
        if keys.is_empty() {
            return Ok(());
        }
        let found = self.stored(E::KIND, keys.iter().copied()).await?;
        self.report.count(E::COUNTED).read += found.len() as u64;
        let mut ids: Vec<Uuid> = found.into_values().collect();
        ids.sort_unstable();
        ids.dedup();
        self.retire::<E>(ids).await
    }

    pub async fn write_all<E: Entry>(
        &self,
        wanted: Vec<Wanted<E::Draft>>,
    ) -> Result<Vec<RowOutcome<E::Model>>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let policy = ErrorPolicy::RejectFailedRows;
        store::upsert::<E>(self.write, self.tenant(), &wanted, policy).await
    }
}
