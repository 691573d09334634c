//! From the keys of the other system to our rows, a batch at a time.

use std::collections::{HashMap, HashSet};

use entity::{
    district,
    id::{DistrictId, SchoolId, TypedId},
    school,
};
use uuid::Uuid;

use super::run::Run;
use crate::{
    bulk::oneroster::FileKind,
    error::Result,
    store::{RowKey, Synced, external},
};

/// The space of organisations that are not schools.
pub(super) const WIDE: &str = "org";

/// What an organisation is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A school.
    School(SchoolId),
    /// Something above or below a school: whoever belongs there belongs to the district.
    District,
}

impl Place {
    /// The school, when it is one.
    pub fn school(self) -> Option<SchoolId> {
        match self {
            Self::School(id) => Some(id),
            Self::District => None,
        }
    }
}

impl Run<'_> {
    /// The rows that are stored under these keys.
    pub async fn stored(
        &self,
        kind: &str,
        keys: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, Uuid>> {
        let keys: HashSet<&str> = keys.into_iter().collect();
        let named: Vec<_> = keys.into_iter().map(|key| self.key(key)).collect();
        let ids = external::resolve(self.write, self.tenant(), kind, named.iter()).await?;
        let pair = |(key, id): (RowKey, Option<Uuid>)| match key {
            RowKey::External { value, .. } => Some((value, id?)),
            RowKey::Id(_) => None,
        };
        Ok(named.into_iter().zip(ids).filter_map(pair).collect())
    }

    /// The rows that a row may refer to: when their file is a bulk file, only those it names.
    pub async fn referable<E: Synced>(
        &self,
        file: FileKind,
        keys: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, Uuid>> {
        let mut found = self.stored(E::KIND, keys).await?;
        if self.is_bulk(file) {
            let keys: Vec<_> = found.keys().map(String::as_str).collect();
            let named = self.ledger.holds(E::KIND, &keys).await?;
            found.retain(|key, _| named.contains(key));
        }
        Ok(found)
    }

    /// The organisations behind these keys.
    pub async fn places(
        &self,
        keys: impl IntoIterator<Item = &str>,
    ) -> Result<HashMap<String, Place>> {
        let keys: Vec<&str> = keys.into_iter().collect();
        let schools =
            self.referable::<school::Entity>(FileKind::Orgs, keys.iter().copied()).await?;
        let district = self.stored(DistrictId::PREFIX, keys.iter().copied()).await?;
        let wide = self.ledger.holds(WIDE, &keys).await?;
        let wide = wide.into_iter().chain(district.into_keys());
        let mut places: HashMap<_, _> = wide.map(|key| (key, Place::District)).collect();
        let school = |(key, id): (String, Uuid)| (key, Place::School(id.into()));
        places.extend(schools.into_iter().map(school));
        Ok(places)
    }

    /// The other system's key as the roster takes it.
    pub fn key(&self, value: &str) -> RowKey {
        RowKey::External { system: self.system.to_owned(), value: value.to_owned() }
    }

    /// Lets the district be known by the key that the other system has for it.
    pub async fn tie_district(&self, value: &str) -> Result<()> {
        let kind = DistrictId::PREFIX;
        if self.stored(kind, [value]).await?.is_empty() {
            let row = self.write.load::<district::Entity>(self.district).await?;
            let key = self.key(value);
            external::attach(self.write, self.tenant(), kind, row.id.into(), &key).await?;
        }
        Ok(())
    }
}
