//! Where the bank's rows belong: to no district, since all share them. Each tenant has keys of its
//! own for them, and a partner client writes for its own partner.

use async_graphql::ID;
use entity::id::PartnerId;
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    error::Result,
    graphql::{
        input::{Reading, no_tenant, tenant},
        synced::Home,
    },
};

/// Who writes to the bank, and under whose keys.
#[derive(Debug, Clone, Copy)]
pub struct Bank {
    /// The tenant that writes.
    pub writer: Tenant,
    keys: Option<Uuid>,
}

impl Home for Bank {
    fn of(caller: &Caller, named: Option<&ID>) -> Result<Self> {
        Ok(Self { writer: caller.tenant, keys: tenant(caller, named)? })
    }

    fn keys(&self) -> Result<Uuid> {
        self.keys.ok_or_else(no_tenant)
    }
}

impl Bank {
    /// The partner that an input is about: a partner client need not name its own.
    pub fn owner(self, reading: &mut Reading, named: Option<&ID>) -> Option<PartnerId> {
        match (self.writer, named) {
            (Tenant::Partner(own), None) => Some(own),
            _ => reading.optional_id("partnerId", named),
        }
    }
}
