//! Academic sessions: a tree in a flat file, in any order.
//!
//! A session is written when its parent is; the file is read again for the children, once for each
//! storey of the tree. What is left when a reading brings nothing new refers to nothing, or to
//! itself.

use entity::{
    academic_session::{self, AcademicSessionKind},
    status::RecordStatus,
};

use super::{
    ImportError,
    entry::Entry,
    put::Item,
    refusal::Refusal,
    rows::Rows,
    run::{Line, Run},
};
use crate::{
    bulk::oneroster::{FileKind, Session, SessionKind, Status},
    error::Result,
    roster::service::academic_session::AcademicSessionDraft,
    store::Logged,
};

const FILE: FileKind = FileKind::AcademicSessions;
/// The space of sessions that are done with.
const DONE: &str = "session done";

/// What one reading of the file came to.
#[derive(Default)]
struct Round {
    done: usize,
    waiting: usize,
}

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Session>();
    let mut round = Round::default();
    while let Some(batch) = rows.next().await {
        let spaces = [academic_session::Entity::KIND];
        let rows = run.admit(batch, |session| &session.sourced_id, &spaces).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        let gone: Vec<_> = gone.iter().map(|row| row.record.sourced_id.as_str()).collect();
        run.ledger.mark(DONE, gone.iter().copied()).await?;
        run.retire_named::<academic_session::Entity>(&gone).await?;
        write(run, rows, &mut round, false).await?;
    }
    run.close(rows).await?;
    let mut storey = 0;
    while round.waiting > 0 {
        let stuck = round.done == 0;
        round = again(run, storey, stuck).await?;
        storey += 1;
    }
    Ok(())
}

async fn again(run: &mut Run<'_>, storey: usize, stuck: bool) -> Result<Round, ImportError> {
    let mut round = Round::default();
    let mut rows = Rows::<Session>::of(run.bundle);
    let space = format!("sessions of storey {storey}");
    while let Some(batch) = rows.next().await {
        let mut rows = run.readmit(&space, batch, |session| &session.sourced_id).await?;
        let keys: Vec<_> = rows.iter().map(|row| row.record.sourced_id.as_str()).collect();
        let done = run.ledger.holds(DONE, &keys).await?;
        rows.retain(|row| !done.contains(&row.record.sourced_id));
        write(run, rows, &mut round, stuck).await?;
    }
    rows.finish().await?;
    Ok(round)
}

/// Writes the rows whose parents are there; the others wait, or are refused when waiting is vain.
async fn write(
    run: &mut Run<'_>,
    rows: Vec<Line<Session>>,
    round: &mut Round,
    stuck: bool,
) -> Result<()> {
    let parents = rows.iter().filter_map(|row| row.record.parent.as_deref());
    let known = run.referable::<academic_session::Entity>(FILE, parents).await?;
    let mut items = Vec::new();
    let mut done = Vec::new();
    for row in rows {
        let parent = row.record.parent.as_ref().map(|parent| known.get(parent).copied());
        let parent = match parent {
            Some(None) if stuck => {
                let refusal = Refusal::dangling(FILE, row.line, "parentSourcedId", "session");
                run.refuse::<academic_session::Entity>(refusal, FILE);
                done.push(row.record.sourced_id);
                continue;
            }
            Some(None) => {
                round.waiting += 1;
                continue;
            }
            Some(Some(id)) => Some(id.into()),
            None => None,
        };
        done.push(row.record.sourced_id.clone());
        items.push(Item {
            line: row.line,
            id: row.record.sourced_id.clone(),
            draft: AcademicSessionDraft {
                // School Data Sync has no parents: what a person set stays.
                parent: (!run.format().is_sds()).then_some(parent),
                ..draft(run, row.record)
            },
        });
    }
    round.done += done.len();
    run.ledger.mark(DONE, done.iter().map(String::as_str)).await?;
    let kind = academic_session::Entity::KIND;
    run.ledger.mark(kind, done.iter().map(String::as_str)).await?;
    run.put::<academic_session::Entity>(FILE, items).await.map(drop)
}

fn draft(run: &Run<'_>, session: Session) -> AcademicSessionDraft {
    let kind = match session.kind {
        SessionKind::GradingPeriod => AcademicSessionKind::GradingPeriod,
        SessionKind::Semester => AcademicSessionKind::Semester,
        SessionKind::SchoolYear => AcademicSessionKind::SchoolYear,
        SessionKind::Term => AcademicSessionKind::Term,
    };
    AcademicSessionDraft {
        title: Some(session.title),
        kind: Some(kind),
        start_date: Some(session.start),
        end_date: Some(session.end),
        school_year: Some(session.school_year.into()),
        status: Some(RecordStatus::Active),
        ..academic_session::Entity::kept(run.district)
    }
}
