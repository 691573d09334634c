//! Who writes the record of a partner; the slice's documentation says it in words.

use std::collections::HashSet;

use entity::{id::PartnerId, partner, partner_contact};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::visible::self_kept;
use crate::{
    auth::Tenant,
    error::{Problem, ProblemCode, Result},
    store::{Visible, Write, affiliation, any_of, visible},
};

/// What the caller may do with some partners.
pub struct Rights {
    visible: HashSet<Uuid>,
    read_only: HashSet<Uuid>,
}

impl Rights {
    /// Looks the partners up, in a statement or two whatever their number.
    pub async fn of(
        write: &Write<'_>,
        partners: impl Iterator<Item = PartnerId> + Send,
    ) -> Result<Self> {
        let ids: Vec<Uuid> = partners.map(Into::into).collect();
        let visible = write.known::<partner::Entity>(&ids).await?;
        let read_only = match write.caller.tenant {
            Tenant::District(_) if !ids.is_empty() => of_self_kept(write, &ids).await?,
            _ => HashSet::new(),
        };
        Ok(Self { visible, read_only })
    }

    /// What keeps the caller from writing rows of this partner.
    #[must_use]
    pub fn check(&self, path: &str, partner: PartnerId) -> Option<Problem> {
        if !self.visible.contains(&partner.0) {
            return Some(Problem::reference(path, partner::Entity::NOUN));
        }
        self.read_only.contains(&partner.0).then(|| {
            let message = "the partner keeps its own record: only its clients write here";
            Problem::field(ProblemCode::ReadOnly, path, message)
        })
    }

    /// What keeps the caller from writing a row that should be of one partner and is of another,
    /// of none yet, or of the same.
    #[must_use]
    pub fn check_row(&self, wanted: Option<PartnerId>, stored: Option<PartnerId>) -> Vec<Problem> {
        let path = "partnerId";
        match (wanted, stored) {
            (None, None) => vec![Problem::required(path)],
            (Some(wanted), Some(stored)) if wanted != stored => {
                let message = "a record stays with its partner";
                vec![Problem::field(ProblemCode::ReadOnly, path, message)]
            }
            (Some(partner), _) | (None, Some(partner)) => {
                self.check(path, partner).into_iter().collect()
            }
        }
    }
}

async fn of_self_kept(write: &Write<'_>, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
    let rows = visible::<partner::Entity>(write.caller)
        .filter(any_of(write.backend(), partner::Column::Id, ids))
        .filter(partner::Column::Id.in_subquery(self_kept()))
        .all(&write.tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}

/// Whether people of a partner may be written: by a district while an agreement is in force.
pub struct PeopleRights(Option<HashSet<Uuid>>);

impl PeopleRights {
    /// Looks up which of the partners have an agreement in force with the calling district.
    pub async fn of(
        write: &Write<'_>,
        partners: impl Iterator<Item = PartnerId> + Send,
    ) -> Result<Self> {
        let Tenant::District(district) = write.caller.tenant else { return Ok(Self(None)) };
        let ids: Vec<Uuid> = partners.map(Into::into).collect();
        if ids.is_empty() {
            return Ok(Self(Some(HashSet::new())));
        }
        let in_force = affiliation::partners_of(district, write.caller.today());
        let rows = visible::<partner::Entity>(write.caller)
            .filter(any_of(write.backend(), partner::Column::Id, &ids))
            .filter(partner::Column::Id.in_subquery(in_force))
            .all(&write.tx)
            .await?;
        Ok(Self(Some(rows.into_iter().map(|row| row.id.into()).collect())))
    }

    /// What keeps the caller from writing people of this partner.
    #[must_use]
    pub fn check(&self, partner: PartnerId) -> Option<Problem> {
        let in_force = self.0.as_ref()?;
        (!in_force.contains(&partner.0)).then(|| {
            let noun = partner_contact::Entity::NOUN;
            let message = format!("a {noun} can be written while an agreement is in force");
            Problem::field(ProblemCode::ReadOnly, "partnerId", message)
        })
    }
}
