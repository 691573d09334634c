//! From the inputs of mutations to the drafts of services.

use std::sync::Arc;

use async_graphql::{Context, ID, MaybeUndefined};
use entity::id::{DistrictId, PartnerId, TypedId};
use uuid::Uuid;

use crate::{
    app::App,
    auth::{Caller, Tenant},
    error::{Code, Detail, Error, Problem, ProblemCode, Result},
    graphql::once::Promises,
    typeid,
};

/// The shared state and the caller, as every resolver of a mutation needs them; what is to be done
/// once, the caller brings along.
pub fn actors<'c>(ctx: &Context<'c>) -> Result<(&'c App, &'c Caller)> {
    let missing = || Error::internal("the request lacks its context");
    let app = ctx.data_opt::<App>().ok_or_else(missing)?;
    let caller = ctx.data_opt::<Caller>().ok_or_else(missing)?;
    let promises = ctx.data_opt::<Arc<Promises>>();
    let caller = promises.and_then(|all| all.caller(&ctx.item.node)).unwrap_or(caller);
    Ok((app, caller))
}

/// The district that a mutation writes for: a district client's own, or the one that a platform
/// client names.
pub fn district(caller: &Caller, named: Option<&ID>) -> Result<DistrictId> {
    let named = named.map(|id| id_of("districtId", id)).transpose()?;
    match (caller.tenant, named) {
        (Tenant::District(own), None) => Ok(own),
        (Tenant::District(own), Some(named)) if own == named => Ok(own),
        (Tenant::District(_), Some(_)) => Err(Error::NotFound("district")),
        (Tenant::Platform, Some(named)) => Ok(named),
        (Tenant::Platform, None) => {
            let message = "a platform client names the district that it writes for: `districtId`";
            Err(Error::argument(Code::BadUserInput, message))
        }
        (Tenant::Partner(_), _) => Err(partner_may_not()),
    }
}

/// The tenant under whose keys a mutation looks up rows of a bank that districts and partners share:
/// the caller's own, or the district or partner that a platform client names, if it does.
pub fn tenant(caller: &Caller, named: Option<&ID>) -> Result<Option<Uuid>> {
    let named = named.map(tenant_of).transpose()?;
    let own = match caller.tenant {
        Tenant::District(id) => id.into(),
        Tenant::Partner(id) => id.into(),
        Tenant::Platform => return Ok(named),
    };
    if named.is_none_or(|named| named == own) {
        Ok(Some(own))
    } else {
        Err(Error::NotFound("tenant"))
    }
}

/// The district or partner that a platform client names as the one whom something is for.
pub fn tenant_named(id: &ID) -> Result<Tenant> {
    let key = tenant_of(id)?;
    let is_district = typeid::decode::<DistrictId>(id).is_some();
    Ok(if is_district { Tenant::District(key.into()) } else { Tenant::Partner(key.into()) })
}

/// What a platform client gets that looks up keys and does not say whose.
#[must_use]
pub fn no_tenant() -> Error {
    let message = "a platform client names whose keys it writes under: `tenantId`";
    Error::argument(Code::BadUserInput, message)
}

fn tenant_of(id: &ID) -> Result<Uuid> {
    let Some((DistrictId::PREFIX | PartnerId::PREFIX, id)) = typeid::split(id) else {
        let message = "`tenantId`: an id as `district_…` or `partner_…` is expected";
        return Err(Error::argument(Code::InvalidId, message));
    };
    Ok(id)
}

/// What a partner client gets where only districts write.
fn partner_may_not() -> Error {
    let message = "a partner client reads the roster; only the district writes it";
    let detail = Detail::Permission { scope: None };
    Problem::with(ProblemCode::Forbidden, "", message, detail).into()
}

/// An id argument of a known kind.
pub fn id_of<T: TypedId>(path: &str, id: &ID) -> Result<T> {
    typeid::decode(id).ok_or_else(|| {
        let message = format!("`{path}`: an id as `{}_…` is expected", T::PREFIX);
        Error::argument(Code::InvalidId, message)
    })
}

/// Reads the fields of an input and collects what is wrong with them.
#[derive(Debug, Default)]
pub struct Reading {
    /// What is wrong so far.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// An id that must be given.
    pub fn id<T: TypedId>(&mut self, path: &str, id: &ID) -> Option<T> {
        let key = typeid::decode(id);
        if key.is_none() {
            let message = format!("an id as `{}_…` is expected", T::PREFIX);
            self.problems.push(Problem::field(ProblemCode::InvalidFormat, path, message));
        }
        key
    }

    /// An id that may be absent.
    pub fn optional_id<T: TypedId>(&mut self, path: &str, id: Option<&ID>) -> Option<T> {
        id.and_then(|id| self.id(path, id))
    }

    /// A list of ids that may be absent.
    pub fn ids<T: TypedId>(&mut self, path: &str, ids: Option<&[ID]>) -> Option<Vec<T>> {
        let read = |(at, id): (usize, &ID)| self.id(&format!("{path}.{at}"), id);
        Some(ids?.iter().enumerate().filter_map(read).collect())
    }

    /// An id that may be kept, cleared or set.
    pub fn patched_id<T: TypedId>(
        &mut self,
        path: &str,
        id: &MaybeUndefined<ID>,
    ) -> Option<Option<T>> {
        match id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => self.id(path, id).map(Some),
        }
    }

    /// The draft when nothing was wrong.
    pub fn finish<D>(self, draft: D) -> Result<D, Vec<Problem>> {
        if self.problems.is_empty() { Ok(draft) } else { Err(self.problems) }
    }
}

/// A field that may be kept, cleared or set.
pub fn patched<T, U>(field: MaybeUndefined<T>, plain: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(plain(value))),
    }
}

/// Declares the row of a bulk upsert: a key, the version that was seen, and the object's fields.
#[macro_export]
macro_rules! upsert_input {
    ($name:ident { $field:ident: $type:ty }) => {
        /// One row of the batch: which object, and how it should be.
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $name {
            /// Which object: by global id, or by your own system's key. A new key makes a new object.
            key: $crate::graphql::external::KeyInput,
            /// The key that your system has for the object from now on, in place of the one it has
            /// had there: for a system that gives its rows new numbers. Sending the same row again
            /// is safe.
            new_external_id: Option<$crate::graphql::external::ExternalIdInput>,
            /// The version that you have seen; a stale one is refused.
            expected_version: Option<$crate::graphql::scalars::Long>,
            /// How it should be: what is absent is kept, null clears.
            $field: $type,
        }

        impl $name {
            /// The row for the store, or everything that is wrong with its form.
            fn wanted<D>(
                self,
                prefix: &str,
                draft: impl FnOnce($type) -> Result<D, Vec<$crate::error::Problem>>,
            ) -> Result<$crate::store::Wanted<D>, Vec<$crate::error::Problem>> {
                let draft = draft(self.$field).map_err(|problems| -> Vec<$crate::error::Problem> {
                    problems
                        .into_iter()
                        .map(|problem| problem.under(&[stringify!($field)]))
                        .collect()
                });
                let expected_version = self.expected_version.map(|version| version.0);
                let new_key = self.new_external_id.map(|key| key.key("newExternalId")).transpose();
                match (self.key.key(prefix), new_key, draft) {
                    (Ok(key), Ok(new_key), Ok(draft)) => {
                        let nested = stringify!($field);
                        Ok($crate::store::Wanted { key, new_key, expected_version, draft, nested })
                    }
                    (key, new_key, draft) => {
                        let mut problems: Vec<_> = key.err().into_iter().collect();
                        problems.extend(new_key.err());
                        problems.extend(draft.err().unwrap_or_default());
                        Err(problems)
                    }
                }
            }
        }
    };
}
