//! Rows that belong to a district, and references that must stay inside it.

use std::{
    collections::{HashMap, HashSet},
    marker::PhantomData,
};

use entity::{district, id::DistrictId};
use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    auth::Tenant,
    error::{Problem, Result},
    store::{Visible, Write, any_of, visible},
};

/// A table whose rows belong to a district.
pub trait Owned: Visible {
    /// The district that a row belongs to.
    fn district(row: &Self::Model) -> DistrictId;
}

/// Which of the rows that a batch refers to are there, and whose they are.
pub struct Known<E> {
    districts: HashMap<Uuid, DistrictId>,
    of: PhantomData<fn() -> E>,
}

impl<E: Owned> Known<E> {
    /// Looks up the rows, all in one statement.
    pub async fn among(write: &Write<'_>, ids: Vec<Uuid>) -> Result<Self> {
        let rows = rows_of::<E>(write, &ids).await?;
        let districts = rows.iter().map(|row| (E::id(row), E::district(row))).collect();
        Ok(Self { districts, of: PhantomData })
    }

    /// Refuses a reference that leads nowhere, or out of the district.
    pub fn check(
        &self,
        problems: &mut Vec<Problem>,
        path: &str,
        district: DistrictId,
        id: Option<impl Into<Uuid>>,
    ) {
        if id.is_some_and(|id| self.districts.get(&id.into()) != Some(&district)) {
            problems.push(Problem::reference(path, E::NOUN));
        }
    }
}

/// Those of the rows that the caller may see; nothing is locked.
pub async fn rows_of<E: Visible>(write: &Write<'_>, ids: &[Uuid]) -> Result<Vec<E::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let among = any_of(write.backend(), E::id_column(), ids);
    Ok(visible::<E>(write.caller).filter(among).all(&write.tx).await?)
}

/// The keys that drafts refer to.
pub fn keys<T: Into<Uuid>>(ids: impl Iterator<Item = T>) -> Vec<Uuid> {
    let keys: HashSet<Uuid> = ids.map(Into::into).collect();
    keys.into_iter().collect()
}

/// Refuses drafts for a district that the caller does not write for, and rows of another one.
///
/// The answer holds the problems of each draft so far.
pub async fn at_home<E: Owned>(
    write: &Write<'_>,
    drafts: Vec<(DistrictId, Option<&E::Model>)>,
) -> Result<Vec<Vec<Problem>>> {
    let own: HashSet<Uuid> = match write.caller.tenant {
        Tenant::District(own) => HashSet::from([own.into()]),
        Tenant::Platform => {
            let named = keys(drafts.iter().map(|(district, _)| *district));
            write.known::<district::Entity>(&named).await?
        }
        Tenant::Partner(_) => HashSet::new(),
    };
    let check = |(district, row): (DistrictId, Option<&<E as EntityTrait>::Model>)| {
        let mut problems = Vec::new();
        if !own.contains(&district.0) {
            problems.push(Problem::reference("districtId", "district"));
        }
        if row.is_some_and(|row| E::district(row) != district) {
            problems.push(Problem::reference("key.id", E::NOUN));
        }
        problems
    };
    Ok(drafts.into_iter().map(check).collect())
}
