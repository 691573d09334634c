//! Who sees which endpoints and deliveries; the slice's documentation says it in words.

use entity::{webhook_delivery, webhook_endpoint, webhook_secret};
use sea_orm::{ColumnTrait, Condition, sea_query::Query};
use uuid::Uuid;

use super::key_of;
use crate::{
    auth::{Caller, Tenant},
    changes::kinds,
    store::Visible,
};

impl Visible for webhook_endpoint::Entity {
    const NOUN: &'static str = "webhook endpoint";

    fn visible(caller: &Caller) -> Condition {
        use webhook_endpoint::Column::{DistrictId, PartnerId};
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(id) => Condition::all().add(DistrictId.eq(id)),
            Tenant::Partner(id) => Condition::all().add(PartnerId.eq(id)),
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        webhook_endpoint::Column::Id
    }
}

/// Secrets go with their endpoints; no query of the API reaches them.
impl Visible for webhook_secret::Entity {
    const NOUN: &'static str = "webhook secret";

    fn visible(caller: &Caller) -> Condition {
        if caller.tenant == Tenant::Platform {
            return Condition::all();
        }
        let endpoints = Query::select()
            .column(webhook_endpoint::Column::Id)
            .from(webhook_endpoint::Entity)
            .cond_where(webhook_endpoint::Entity::visible(caller))
            .to_owned();
        Condition::all().add(webhook_secret::Column::EndpointId.in_subquery(endpoints))
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        webhook_secret::Column::Id
    }
}

/// A delivery names a row of some kind: who may not read the kind does not see it.
impl Visible for webhook_delivery::Entity {
    const NOUN: &'static str = "webhook delivery";

    fn visible(caller: &Caller) -> Condition {
        use webhook_delivery::Column::{Kind, TenantId};
        let mut fits = Condition::all();
        if caller.tenant != Tenant::Platform {
            fits = fits.add(TenantId.eq(key_of(caller.tenant)));
        }
        let may_read = kinds::ALL.iter().filter(|kind| caller.scopes.contains(kind.scope));
        let may_read: Vec<&str> = may_read.map(|kind| kind.prefix).collect();
        if may_read.len() < kinds::ALL.len() {
            fits = fits.add(Kind.is_in(may_read));
        }
        fits
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        webhook_delivery::Column::Id
    }
}
