//! Synchronising rows with another system, a batch at a time.
//!
//! A row is named by its id or by a key of the other system. What is new is inserted, what differs
//! is updated, and what is equal is left alone: sending the same file again writes nothing. A batch
//! of any size takes a handful of statements besides one for each row that really changed.

mod batch;
mod insert;
mod rekey;

use std::collections::HashSet;

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    Logged, Write,
    once::{self, Kept},
    settled,
};
pub use batch::{ErrorPolicy, Outcome, RowKey, RowOutcome, Wanted};
use rekey::Home;

use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, ProblemCode, Result},
};

/// A table that other systems synchronise.
pub trait Synced:
    Logged<Model: Clone + IntoActiveModel<Self::ActiveModel>, ActiveModel: Default>
{
    /// The wanted state of a row; what is absent is kept.
    type Draft: Clone + Send + Sync;

    /// Looks up what the drafts refer to; the answer goes with each draft, or its problems do.
    fn check(
        write: &Write<'_>,
        drafts: &[(&Self::Draft, Option<&Self::Model>)],
    ) -> impl Future<Output = Result<Vec<Vec<Problem>>>> + Send;

    /// Puts the draft into the row: only what differs is set.
    fn assign(draft: &Self::Draft, row: &mut Self::ActiveModel);

    /// Whether the draft says anything beyond its own row.
    #[must_use]
    fn attaches(_: &Self::Draft) -> bool {
        false
    }

    /// Writes what drafts say beyond their own rows, as members of a list, once the rows are there;
    /// tells for each row which of its fields that changed.
    fn attach(
        _: &Write<'_>,
        rows: &[(&Self::Draft, &Self::Model)],
    ) -> impl Future<Output = Result<Vec<Vec<&'static str>>>> + Send {
        std::future::ready(Ok(vec![Vec::new(); rows.len()]))
    }
}

/// Writes a batch of one table.
pub async fn upsert<E: Synced>(
    write: &Write<'_>,
    tenant: Uuid,
    batch: &[Wanted<E::Draft>],
    policy: ErrorPolicy,
) -> Result<Vec<RowOutcome<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let homes = rekey::homes(write, tenant, E::KIND, batch).await?;
    let found = find::<E>(write, batch, &homes).await?;
    let drafts: Vec<_> =
        batch.iter().zip(&found).map(|(wanted, row)| (&wanted.draft, row.as_ref())).collect();
    let problems = E::check(write, &drafts).await?;
    let mut problems: Vec<_> = batch.iter().zip(problems).map(inside).collect();
    check_keys::<E>(batch, &found, &mut problems);
    rekey::check::<E>(write, batch, &homes, &mut problems).await?;
    let refused = problems.iter().any(|problems| !problems.is_empty());
    if refused && policy == ErrorPolicy::RejectAll {
        return Ok(problems.into_iter().map(not_written).collect());
    }
    let mut outcomes = Vec::with_capacity(batch.len());
    let mut fresh = Vec::new();
    for ((wanted, row), problems) in batch.iter().zip(found).zip(problems) {
        let outcome = match row {
            _ if !problems.is_empty() => {
                RowOutcome { outcome: Outcome::Rejected, row: None, problems }
            }
            Some(row) => change::<E>(write, &wanted.draft, row).await?,
            None => {
                fresh.push((outcomes.len(), wanted));
                RowOutcome { outcome: Outcome::Created, row: None, problems }
            }
        };
        outcomes.push(outcome);
    }
    insert::insert_all::<E>(write, tenant, &fresh, &mut outcomes).await?;
    insert::attach_all::<E>(write, batch, &mut outcomes).await?;
    rekey::rekey_all::<E>(write, tenant, batch, &homes, &mut outcomes).await?;
    write.send_changes().await?;
    Ok(outcomes)
}

/// Writes a batch in a transaction of its own; rows whose form was wrong never reach it. A batch
/// that loses a race to another writer is written again over what that writer left.
pub async fn upsert_rows<E: Synced>(
    app: &App,
    caller: &Caller,
    tenant: Uuid,
    rows: Vec<Result<Wanted<E::Draft>, Vec<Problem>>>,
    policy: ErrorPolicy,
) -> Result<Vec<RowOutcome<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let mut batch = Vec::new();
    let refused: Vec<Option<Vec<Problem>>> =
        rows.into_iter().map(|row| row.map(|row| batch.push(row)).err()).collect();
    let is_whole = refused.iter().all(Option::is_none);
    let written = settled(|| async {
        // What a check adds to a draft holds for its own attempt only.
        let batch = batch.clone();
        let write = Write::begin(app, caller).await?;
        let written = upsert::<E>(&write, tenant, &batch, policy).await?;
        let failed = !is_whole || written.iter().any(|row| !row.problems.is_empty());
        if failed && policy == ErrorPolicy::RejectAll {
            return Ok(written.into_iter().map(|row| not_written(row.problems)).collect());
        }
        write.commit_rows::<E>(written).await
    });
    let written = match written.await {
        // Rows of a wrong form were refused before, and are again: they are not among these.
        Err(Error::Replayed(Kept::Rows(rows))) => once::again::<E>(app, caller, rows).await?,
        written => written?,
    };
    let mut written = written.into_iter();
    let outcome = |refused: Option<Vec<Problem>>| match refused {
        Some(problems) => Some(not_written(problems)),
        None => written.next(),
    };
    Ok(refused.into_iter().filter_map(outcome).collect())
}

/// Writes one row that must be there.
pub async fn update_row<E: Synced>(
    app: &App,
    caller: &Caller,
    key: RowKey,
    expected_version: Option<i64>,
    draft: Result<E::Draft, Vec<Problem>>,
) -> Result<E::Model>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let rows = vec![draft.map(|draft| Wanted { expected_version, ..Wanted::under(key, draft) })];
    // No key of another system is looked up, so it is nobody's.
    let nobody = Uuid::nil();
    let mut written = upsert_rows::<E>(app, caller, nobody, rows, ErrorPolicy::RejectAll).await?;
    match written.pop() {
        Some(RowOutcome { row: Some(row), .. }) => Ok(row),
        Some(refused) => {
            let step = |problem: &Problem| problem.path.first().cloned().unwrap_or_default();
            if refused.problems.iter().any(|problem| step(problem) == "key") {
                // What else is wrong would tell that the row is there.
                return Err(Error::NotFound(E::NOUN));
            }
            let under = |problem: Problem| match step(&problem).as_str() {
                "expectedVersion" => problem,
                _ => problem.under(&["input"]),
            };
            Err(Error::Invalid(refused.problems.into_iter().map(under).collect()))
        }
        None => Err(Error::NotFound(E::NOUN)),
    }
}

/// Problems of a draft, with paths that begin at the row.
fn inside<D>((wanted, problems): (&Wanted<D>, Vec<Problem>)) -> Vec<Problem> {
    let is_whole = |problem: &Problem| wanted.nested.is_empty() || problem.path.is_empty();
    let inside =
        |problem| if is_whole(&problem) { problem } else { problem.under(&[wanted.nested]) };
    problems.into_iter().map(inside).collect()
}

fn not_written<R>(problems: Vec<Problem>) -> RowOutcome<R> {
    let outcome = if problems.is_empty() { Outcome::NotWritten } else { Outcome::Rejected };
    RowOutcome { outcome, row: None, problems }
}

/// The stored rows of a batch, in its order. Of many rows only those that are to change are locked:
/// a batch that brings nothing new leaves no trace, not even a lock in every row.
async fn find<E: Synced>(
    write: &Write<'_>,
    batch: &[Wanted<E::Draft>],
    homes: &[Home],
) -> Result<Vec<Option<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let ids: Vec<_> = homes.iter().map(Home::row).collect();
    let wanted: Vec<Uuid> = ids.iter().copied().flatten().collect();
    if wanted.is_empty() {
        return Ok(ids.iter().map(|_| None).collect());
    }
    if let [only] = wanted[..] {
        // Locked at once: looking first would be one way to the database more.
        let row = write.load_all::<E>(&[only]).await?.pop();
        return Ok(ids
            .iter()
            .map(|id| row.clone().filter(|row| Some(E::id(row)) == *id))
            .collect());
    }
    let mut rows = write.found::<E>(&wanted).await?;
    let moving = batch.iter().zip(homes).filter_map(|(wanted, home)| {
        let row = rows.get(&home.row()?)?;
        (home.moves() || moves::<E>(&wanted.draft, row)).then(|| E::id(row))
    });
    let moving: Vec<Uuid> = moving.collect();
    if !moving.is_empty() {
        for id in &moving {
            rows.remove(id);
        }
        // As they are now: another writer may have been there in between.
        rows.extend(write.load_all::<E>(&moving).await?.into_iter().map(|row| (E::id(&row), row)));
    }
    Ok(ids.iter().map(|id| id.and_then(|id| rows.get(&id).cloned())).collect())
}

/// Whether the draft has anything to change.
fn moves<E: Synced>(draft: &E::Draft, row: &E::Model) -> bool
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let mut active = row.clone().into_active_model();
    E::assign(draft, &mut active);
    active.is_changed() || E::attaches(draft)
}

/// Refuses ids that lead nowhere, stale versions, and a key that occurs twice.
fn check_keys<E: Synced>(
    batch: &[Wanted<E::Draft>],
    found: &[Option<E::Model>],
    problems: &mut [Vec<Problem>],
) {
    let mut seen = HashSet::new();
    for ((wanted, row), problems) in batch.iter().zip(found).zip(problems) {
        if !seen.insert(&wanted.key) {
            let message = "another row of the same input has this key";
            problems.push(Problem::field(ProblemCode::DuplicateInInput, "key", message));
        }
        match (row, &wanted.key) {
            // It was checked as if it were new: what a new row lacks is beside the point.
            (None, RowKey::Id(_)) => *problems = vec![Problem::reference("key.id", E::NOUN)],
            (Some(row), _) => {
                let checked = super::expect_version(
                    E::KIND,
                    E::id(row),
                    E::version(row),
                    wanted.expected_version,
                );
                if let Err(Error::Invalid(conflict)) = checked {
                    problems.extend(conflict);
                }
            }
            (None, RowKey::External { .. }) => {}
        }
    }
}

async fn change<E: Synced>(
    write: &Write<'_>,
    draft: &E::Draft,
    row: E::Model,
) -> Result<RowOutcome<E::Model>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
{
    let version = E::version(&row);
    let mut active = row.clone().into_active_model();
    E::assign(draft, &mut active);
    if !active.is_changed() {
        return Ok(RowOutcome {
            outcome: Outcome::Unchanged,
            row: Some(row),
            problems: Vec::new(),
        });
    }
    let row = write.update(active, version).await?;
    Ok(RowOutcome { outcome: Outcome::Updated, row: Some(row), problems: Vec::new() })
}
