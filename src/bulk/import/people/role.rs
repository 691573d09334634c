//! Who is what, where: noted from `roles.csv`, or made from the user's own row.

use entity::staff;
use serde::{Deserialize, Serialize};

use super::{ImportError, KINDS};
use crate::{
    bulk::{
        import::{
            ledger::Fact,
            refusal::{DUPLICATE, Refusal},
            run::{Line, Run},
        },
        oneroster::{FileKind, PersonKind, Role, RoleName, StaffKind, Status, User},
    },
    error::Result,
};

const FILE: FileKind = FileKind::Roles;
/// The space of the noted roles, by user.
pub(super) const ROLES: &str = "role";

/// What a person is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Part {
    Student,
    Guardian(entity::guardianship::Relationship),
    Staff(staff::StaffKind),
}

impl Part {
    /// Whether both make a person the same kind of row.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// One role of one person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Held {
    pub part: Part,
    pub org: String,
    pub primary: bool,
    /// Whether the row takes the role away.
    pub gone: bool,
    pub grade: Option<String>,
}

/// The roles that stand in the user's own row.
pub(super) fn inline(user: &User) -> Vec<Held> {
    let role = |role: &crate::bulk::oneroster::InlineRole| {
        let held = |org: &String| Held {
            part: part(role.role),
            org: org.clone(),
            primary: false,
            gone: false,
            grade: None,
        };
        role.orgs.iter().map(held).collect()
    };
    user.inline_role.as_ref().map(role).unwrap_or_default()
}

/// Notes the roles of `roles.csv` that hold together by themselves.
pub(super) async fn note(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Role>();
    while let Some(batch) = rows.next().await {
        let rows = run.admit(batch, |role| &role.sourced_id, &[]).await?;
        let places = run.places(rows.iter().map(|row| row.record.org.as_str())).await?;
        let (rows, homeless): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| places.contains_key(&row.record.org));
        for row in &homeless {
            let refusal = Refusal::dangling(FILE, row.line, "orgSourcedId", "organisation");
            run.report.refuse(FILE, [refusal]);
        }
        let (rows, second) = one_primary(run, rows).await?;
        // Whoever has a refused role is still there.
        for row in homeless.iter().chain(&second) {
            for kind in KINDS {
                run.ledger.mark(kind, [row.record.user.as_str()].into_iter()).await?;
            }
        }
        let facts: Result<Vec<_>> = rows.iter().map(fact).collect();
        run.ledger.note(ROLES, &facts?).await?;
    }
    run.close(rows).await
}

/// Refuses a person's second primary role at one organisation.
async fn one_primary(
    run: &mut Run<'_>,
    rows: Vec<Line<Role>>,
) -> Result<(Vec<Line<Role>>, Vec<Line<Role>>)> {
    let claims = |role: &Role| role.primary && role.status == Status::Active;
    let place = |row: &&Line<Role>| format!("{} {}", row.record.user, row.record.org);
    let places: Vec<_> =
        rows.iter().filter(|row| claims(&row.record)).map(|row| place(&row)).collect();
    let places: Vec<_> = places.iter().map(String::as_str).collect();
    let mut first = run.ledger.claim("primary role", &places).await?.into_iter();
    let (kept, second): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| !claims(&row.record) || first.next().unwrap_or(true));
    let column = if run.format().is_sds() { "isPrimary" } else { "roleType" };
    for row in &second {
        let reason = "the person has a primary role at this organisation already";
        run.report.refuse(FILE, [Refusal::new(FILE, row.line, column, DUPLICATE, reason)]);
    }
    Ok((kept, second))
}

fn fact(row: &Line<Role>) -> Result<Fact> {
    let role = &row.record;
    let held = Held {
        part: part(role.role),
        org: role.org.clone(),
        primary: role.primary,
        gone: role.status == Status::ToBeDeleted,
        grade: role.grade.clone(),
    };
    Fact::new(&role.user, row.line, &held)
}

fn part(role: RoleName) -> Part {
    use entity::guardianship::Relationship;
    match role.person {
        PersonKind::Student => Part::Student,
        PersonKind::Guardian => Part::Guardian(match role.name {
            "parent" => Relationship::Parent,
            "relative" => Relationship::Relative,
            _ => Relationship::Guardian,
        }),
        PersonKind::Staff(kind) => Part::Staff(match kind {
            StaffKind::Teacher => staff::StaffKind::Teacher,
            StaffKind::Counselor => staff::StaffKind::Counselor,
            StaffKind::Coordinator => staff::StaffKind::Coordinator,
            StaffKind::Administrator => staff::StaffKind::Administrator,
            StaffKind::Other => staff::StaffKind::Other,
        }),
    }
}
