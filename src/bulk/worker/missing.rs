//! Rows that a file leaves out: counted first, and marked only when the count can be true.

use std::collections::BTreeSet;

use entity::{external_id, job::JobFailure};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, Query, SelectStatement, UnionType},
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    import::Task,
    result::{Page, Sink},
    source::Entry,
    stop::Stop,
    told::{Told, told},
};
use crate::{
    bulk::{
        import::ledger::Ledger,
        service::{lines::Mark, progress::Tally, state::Failure},
    },
    error::Result,
    store::{Outcome, Write, any_of, visible},
    typeid,
};

/// Rows that are marked together.
const BATCH: u64 = 500;
/// Systems whose keys may stand in one file.
const MOST_SYSTEMS: usize = 20;

/// Marks what the file leaves out as no longer in use, unless it is more than this share.
pub(super) async fn retire(
    task: &Task<'_>,
    write: &Write<'_>,
    share: f64,
    sink: &mut Sink<'_>,
    tally: &mut Tally,
) -> Result<Result<(), Stop>> {
    let ledger = Ledger::open(write).await?;
    let systems = match named(task, write, ledger).await? {
        Ok(systems) => systems,
        Err(stop) => return Ok(Err(stop)),
    };
    ledger.settle().await?;
    let keys = task.intake.keys(write.caller, task.wanted.home.as_deref())?;
    let ours = Ours { tenant: keys, kind: task.intake.kind(), systems };
    let active = task.intake.count_in_use(write, ours.all()).await?;
    let gone = task.intake.count_in_use(write, ours.missing()).await?;
    if is_too_many(gone, active, share) {
        let message = format!(
            "the file leaves out {gone} of {active} rows in use, more than the share of {share} \
             that may be missing"
        );
        return Ok(Err(Failure::new(JobFailure::TooManyMissing, message).into()));
    }
    mark(task, write, &ours, sink, tally).await?;
    ledger.close().await?;
    Ok(Ok(()))
}

#[expect(clippy::cast_precision_loss, reason = "no tenant has 2^52 rows")]
fn is_too_many(gone: u64, active: u64, share: f64) -> bool {
    gone as f64 > share * active as f64
}

async fn mark(
    task: &Task<'_>,
    write: &Write<'_>,
    ours: &Ours,
    sink: &mut Sink<'_>,
    tally: &mut Tally,
) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let next = task.intake.next_in_use(write, ours.missing(), after, BATCH).await?;
        let Some(last) = next.last() else { return Ok(()) };
        after = *last;
        let rows = next.into_iter().filter_map(|id| task.intake.retired(id)).collect();
        let landed = task.intake.write(write, task.wanted.home.as_deref(), rows).await?;
        let mut page = Page::default();
        for landed in &landed {
            tally.retired += i64::from(landed.outcome != Outcome::Rejected);
            let is_dry_run = task.wanted.is_dry_run;
            page.result.extend(told(Told { line: None, landed, is_dry_run }));
        }
        sink.add(&write.tx, task.job.id, &page, tally).await?;
    }
}

/// Notes every key that the file names; tells the systems whose keys they are.
async fn named(
    task: &Task<'_>,
    write: &Write<'_>,
    ledger: Ledger<'_>,
) -> Result<Result<BTreeSet<String>, Stop>> {
    let mut source = match task.open(Mark::default()).await {
        Ok(source) => source,
        Err(stop) => return Ok(Err(stop)),
    };
    let (mut systems, mut blind) = (BTreeSet::new(), 0_u64);
    loop {
        let batch = source.batch().await?;
        if batch.is_empty() {
            break;
        }
        let keys = keys(task, write, &batch, &mut blind).await?;
        for (system, _) in &keys {
            if systems.insert(system.clone()) && systems.len() > MOST_SYSTEMS {
                let message = format!("the file has keys of more than {MOST_SYSTEMS} systems");
                return Ok(Err(Failure::new(JobFailure::UnreadableFile, message).into()));
            }
        }
        for system in &systems {
            let values = keys.iter().filter(|(of, _)| of == system);
            ledger.mark(system, values.map(|(_, value)| value.as_str())).await?;
        }
    }
    if blind > 0 {
        let message = format!(
            "{blind} lines have no key that can be read, so nobody can tell which rows are \
             missing: none was marked"
        );
        return Ok(Err(Failure::new(JobFailure::UnreadableFile, message).into()));
    }
    Ok(Ok(systems))
}

/// The keys of a batch: system and value.
async fn keys(
    task: &Task<'_>,
    write: &Write<'_>,
    batch: &[Entry],
    blind: &mut u64,
) -> Result<Vec<(String, String)>> {
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for entry in batch {
        match name(entry, task.intake.kind()) {
            Some(Name::Id(id)) => ids.push(id),
            Some(Name::Key(system, value)) => keys.push((system.to_owned(), value.to_owned())),
            None => *blind += 1,
        }
        // The row may go by its new key already.
        let new = entry.row.as_ref().ok().and_then(|row| key_in(&row["newExternalId"]));
        keys.extend(new.map(|(system, value)| (system.to_owned(), value.to_owned())));
    }
    keys.extend(keys_of(task, write, &ids).await?);
    Ok(keys)
}

/// Which row a line is about.
enum Name<'e> {
    Id(Uuid),
    Key(&'e str, &'e str),
}

fn name<'e>(entry: &'e Entry, kind: &str) -> Option<Name<'e>> {
    let key: &Json = &entry.row.as_ref().ok()?["key"];
    if let Some(id) = key["id"].as_str() {
        let (prefix, id) = typeid::split(id)?;
        return (prefix == kind).then_some(Name::Id(id));
    }
    key_in(&key["externalId"]).map(|(system, value)| Name::Key(system, value))
}

fn key_in(key: &Json) -> Option<(&str, &str)> {
    Some((key["system"].as_str()?, key["value"].as_str()?))
}

/// The keys of rows that the file names by their ids.
async fn keys_of(
    task: &Task<'_>,
    write: &Write<'_>,
    ids: &[Uuid],
) -> Result<Vec<(String, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let tenant = task.intake.keys(write.caller, task.wanted.home.as_deref())?;
    let rows = visible::<external_id::Entity>(write.caller)
        .filter(external_id::Column::TenantId.eq(tenant))
        .filter(external_id::Column::Kind.eq(task.intake.kind()))
        .filter(any_of(write.backend(), external_id::Column::EntityId, ids))
        .all(&write.tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.system, row.value)).collect())
}

/// The rows of a type that some systems brought.
struct Ours {
    tenant: Uuid,
    kind: &'static str,
    systems: BTreeSet<String>,
}

impl Ours {
    fn all(&self) -> SelectStatement {
        Query::select()
            .column(external_id::Column::EntityId)
            .from(external_id::Entity)
            .and_where(external_id::Column::TenantId.eq(self.tenant))
            .and_where(external_id::Column::Kind.eq(self.kind))
            .and_where(external_id::Column::System.is_in(&self.systems))
            .to_owned()
    }

    /// Those of them of which no key was named. Sets are subtracted as wholes: asking row by row
    /// takes a scan of all keys for each row.
    fn missing(&self) -> SelectStatement {
        let column = |column| Expr::col((external_id::Entity, column));
        let held =
            Ledger::held(column(external_id::Column::System), column(external_id::Column::Value));
        let named = self.all().and_where(Expr::exists(held)).to_owned();
        self.all().union(UnionType::Except, named).to_owned()
    }
}
