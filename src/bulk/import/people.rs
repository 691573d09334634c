//! People: a user of the bundle becomes a student, a guardian, a member of staff, or several.
//!
//! What makes a person is spread over files. Roles, birth dates and contacts are noted first; then
//! users are read for students and staff, and once more for guardians, who need the students.

mod agent;
mod birth;
mod contact;
mod guardian;
mod person;
mod role;
mod staff;
mod stray;
mod student;

use entity::{guardian as guardian_row, staff as staff_row, student as student_row};

use super::{ImportError, run::Run};
use crate::{
    bulk::oneroster::{FileKind, Status, User},
    store::Logged,
};

const FILE: FileKind = FileKind::Users;
/// The space of users who were taken.
const PERSON: &str = "person";
/// What a user can be; a refused user may be any of them.
const KINDS: [&str; 3] =
    [student_row::Entity::KIND, guardian_row::Entity::KIND, staff_row::Entity::KIND];

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    role::note(run).await?;
    contact::note(run).await?;
    birth::note(run).await?;
    users(run).await?;
    guardian::import(run).await?;
    contact::check(run).await?;
    stray::roles(run).await?;
    stray::birth_dates(run).await
}

async fn users(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<User>();
    while let Some(batch) = rows.next().await {
        let rows = run.admit(batch, |user| &user.sourced_id, &KINDS).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        let gone: Vec<_> = gone.iter().map(|row| row.record.sourced_id.as_str()).collect();
        run.ledger.mark(PERSON, gone.iter().copied()).await?;
        run.retire_named::<student_row::Entity>(&gone).await?;
        run.retire_named::<guardian_row::Entity>(&gone).await?;
        run.retire_named::<staff_row::Entity>(&gone).await?;
        let people = person::gather(run, rows).await?;
        let mut refused = student::write(run, &people).await?;
        refused.extend(staff::write(run, &people).await?);
        guardian::note(run, &people).await?;
        let taken = people.iter().map(person::Person::id).filter(|id| !refused.contains(*id));
        run.ledger.mark(PERSON, taken).await?;
    }
    run.close(rows).await
}
