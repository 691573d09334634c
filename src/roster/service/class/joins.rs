//! The sessions and teachers of classes, brought to what is wanted.
//!
//! A join is no object of its own: its change is told as one of its class.

use std::collections::HashMap;

use entity::{
    class, class_session, class_teacher,
    id::{AcademicSessionId, ClassId, StaffId},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::ClassDraft;
use crate::{
    error::Result,
    roster::service::owned::rows_of,
    store::{Visible, Write, any_of},
};

/// Rows that one statement inserts: few enough for SQLite's limit on bound values.
const INSERTED_AT_ONCE: usize = 500;

/// Brings the sessions and teachers of a batch to what its drafts say.
pub(super) async fn attach(
    write: &Write<'_>,
    rows: &[(&ClassDraft, &class::Model)],
) -> Result<Vec<Vec<&'static str>>> {
    let mut wanted_sessions = Vec::new();
    let mut wanted_teachers = Vec::new();
    let mut of_sessions = Vec::new();
    let mut of_teachers = Vec::new();
    for (at, (draft, row)) in rows.iter().enumerate() {
        if let Some(ids) = &draft.sessions {
            wanted_sessions.push(sessions(row.id, ids));
            of_sessions.push(at);
        }
        if let Some(ids) = &draft.teachers {
            wanted_teachers.push(teachers(row.id, ids));
            of_teachers.push(at);
        }
    }
    let mut changed = vec![Vec::new(); rows.len()];
    let moved = replace::<class_session::Entity>(write, wanted_sessions).await?;
    note(&mut changed, "sessions", of_sessions, &moved);
    let moved = replace::<class_teacher::Entity>(write, wanted_teachers).await?;
    note(&mut changed, "teachers", of_teachers, &moved);
    Ok(changed)
}

/// Notes the field at the classes whose joins moved.
fn note(changed: &mut [Vec<&'static str>], field: &'static str, of: Vec<usize>, moved: &[bool]) {
    for (at, _) in of.into_iter().zip(moved).filter(|(_, moved)| **moved) {
        changed[at].push(field);
    }
}

/// The rows that join one class to something.
type Joined<M> = (ClassId, Vec<M>);

fn sessions(class: ClassId, ids: &[AcademicSessionId]) -> Joined<class_session::Model> {
    let row =
        |id: &AcademicSessionId| class_session::Model { class_id: class, academic_session_id: *id };
    (class, ids.iter().map(row).collect())
}

fn teachers(class: ClassId, ids: &[StaffId]) -> Joined<class_teacher::Model> {
    let row = |(at, id): (usize, &StaffId)| class_teacher::Model {
        class_id: class,
        staff_id: *id,
        is_primary: at == 0,
    };
    (class, ids.iter().enumerate().map(row).collect())
}

/// A table that joins classes to something.
trait Join:
    Visible<
        Model: Eq + Send + IntoActiveModel<Self::ActiveModel>,
        ActiveModel: ActiveModelTrait<Entity = Self> + Send,
    >
{
    /// The other side of a row.
    fn other(row: &Self::Model) -> Uuid;
}

impl Join for class_session::Entity {
    fn other(row: &Self::Model) -> Uuid {
        row.academic_session_id.into()
    }
}

impl Join for class_teacher::Entity {
    fn other(row: &Self::Model) -> Uuid {
        row.staff_id.into()
    }
}

/// Writes the joins of the classes whose joins differ; tells which these are.
async fn replace<E: Join>(write: &Write<'_>, wanted: Vec<Joined<E::Model>>) -> Result<Vec<bool>> {
    let classes: Vec<Uuid> = wanted.iter().map(|(class, _)| class.0).collect();
    let mut stored = stored::<E>(write, &classes).await?;
    let mut changed = Vec::with_capacity(wanted.len());
    let mut stale = Vec::new();
    let mut fresh = Vec::new();
    for (class, rows) in wanted {
        let rows = in_order::<E>(rows);
        let before = in_order::<E>(stored.remove(&class.0).unwrap_or_default());
        changed.push(rows != before);
        if rows != before {
            stale.push(class.0);
            fresh.extend(rows.into_iter().map(|row| row.into_active_model().reset_all()));
        }
    }
    if !stale.is_empty() {
        let among = any_of(write.backend(), E::id_column(), &stale);
        E::delete_many().filter(among).exec(&write.tx).await?;
    }
    while !fresh.is_empty() {
        let chunk: Vec<_> = fresh.drain(..fresh.len().min(INSERTED_AT_ONCE)).collect();
        E::insert_many(chunk).exec_without_returning(&write.tx).await?;
    }
    Ok(changed)
}

/// The joins of the classes as they are.
async fn stored<E: Join>(
    write: &Write<'_>,
    classes: &[Uuid],
) -> Result<HashMap<Uuid, Vec<E::Model>>> {
    let mut stored: HashMap<Uuid, Vec<E::Model>> = HashMap::new();
    for row in rows_of::<E>(write, classes).await? {
        stored.entry(E::id(&row)).or_default().push(row);
    }
    Ok(stored)
}

/// The same rows in an order that can be compared, each once: the first of equals counts.
fn in_order<E: Join>(mut rows: Vec<E::Model>) -> Vec<E::Model> {
    rows.sort_by_key(E::other);
    rows.dedup_by_key(|row| E::other(row));
    rows
}
