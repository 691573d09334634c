//! Which changes are told to whom.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use entity::{
    change_log::{ChangeOp, Column, Entity, Model},
    district, external_id, staff, student,
};
use sea_orm::{ColumnTrait, Condition, EntityName, ExprTrait, Iterable, sea_query::Query};
use serde_json::Value as Json;
use uuid::Uuid;

use super::Request;
use crate::{
    auth::{Caller, Tenant},
    changes::kinds::{self, Kind},
    error::Result,
    store::{Logged, Reader, affiliation, any_of, outbox::EVERY_DISTRICT, visible, world},
};

/// The changes of a stretch that may concern the caller, in one statement.
pub(super) async fn candidates(
    reader: Reader<'_>,
    caller: &Caller,
    request: &Request,
    stretch: Range<i64>,
) -> Result<Vec<Model>> {
    let all: Vec<_> = kinds::ALL.iter().collect();
    let wanted = request.kinds.as_ref().unwrap_or(&all).iter();
    let may_read = wanted.filter(|kind| caller.scopes.contains(kind.scope));
    let kinds: Vec<&str> = may_read.map(|kind: &&Kind| kind.prefix).collect();
    if kinds.is_empty() || stretch.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select
        .columns(Column::iter())
        .from(Entity.table_ref())
        .and_where(Column::ChangeNo.gt(stretch.start))
        .and_where(Column::ChangeNo.lte(stretch.end))
        .cond_where(concerns(caller))
        .order_by(Column::ChangeNo, sea_orm::Order::Asc)
        .limit(request.first);
    if kinds.len() < kinds::ALL.len() {
        select.and_where(Column::Kind.is_in(kinds));
    }
    if request.exclude_origin {
        // What a change of its own moved into its view or out of it, the caller cannot know.
        let of_others = Column::ClientId.ne(caller.client).or(Column::AudienceId.is_not_null());
        select.and_where(of_others);
    }
    reader.rows(&select).await
}

/// What may concern the caller, whatever it sees of it now.
fn concerns(caller: &Caller) -> Condition {
    let to_all = Condition::all().add(Column::AudienceId.is_null());
    match caller.tenant {
        Tenant::Platform => to_all,
        Tenant::District(id) => {
            // What has no district is of the bank, which a sandbox has no part in.
            let bank = Column::DistrictId.is_null().and(world::is_real(id));
            let own = Column::DistrictId.eq(id).or(bank);
            let to_all = Column::AudienceId.is_null().or(Column::AudienceId.eq(EVERY_DISTRICT));
            let to_it = Column::AudienceId.eq(Uuid::from(id));
            Condition::any().add(to_all.and(own)).add(to_it)
        }
        Tenant::Partner(id) => {
            let placed = [
                <district::Entity as Logged>::KIND,
                <student::Entity as Logged>::KIND,
                <staff::Entity as Logged>::KIND,
            ];
            let districts = affiliation::districts_of(id, caller.today());
            let near = Condition::all()
                .add(Column::Kind.is_in(placed))
                .add(Column::DistrictId.in_subquery(districts));
            let own = Condition::any().add(Column::PartnerId.eq(id)).add(near);
            Condition::any().add(to_all.add(own)).add(Column::AudienceId.eq(Uuid::from(id)))
        }
    }
}

/// Whether the caller is told of a change, given the rows that it sees now.
pub(super) fn is_told(
    row: &Model,
    caller: &Caller,
    seen: &HashMap<&'static str, HashSet<Uuid>>,
) -> bool {
    let is_seen = || seen.get(row.kind.as_str()).is_some_and(|ids| ids.contains(&row.entity_id));
    match row.op {
        ChangeOp::Deleted => match caller.tenant {
            Tenant::Platform => true,
            Tenant::District(id) => row.district_id.is_none_or(|owner| owner == id),
            Tenant::Partner(id) => row.partner_id == Some(id),
        },
        ChangeOp::Hidden => !is_seen(),
        _ => is_seen(),
    }
}

/// The keys that the caller's own systems have for the changed rows, in the order of the changes:
/// those of today, or for a row that is gone, those that it had.
pub async fn keys(
    reader: Reader<'_>,
    caller: &Caller,
    changes: &[&Model],
) -> Result<Vec<Vec<external_id::Model>>> {
    let (gone, stored): (Vec<&Model>, Vec<&Model>) =
        changes.iter().copied().partition(|change| change.op == ChangeOp::Deleted);
    let ids: HashSet<Uuid> = stored.iter().map(|change| change.entity_id).collect();
    let mut known: HashMap<(String, Uuid), Vec<external_id::Model>> = HashMap::new();
    if !ids.is_empty() {
        let ids: Vec<_> = ids.into_iter().collect();
        let among = any_of(reader.backend, external_id::Column::EntityId, &ids);
        let mut rows = reader.all(visible::<external_id::Entity>(caller), among).await?;
        rows.sort_by(|one, other| (&one.system, &one.value).cmp(&(&other.system, &other.value)));
        for row in rows {
            known.entry((row.kind.clone(), row.entity_id)).or_default().push(row);
        }
    }
    for change in gone {
        let kept = kept(change, caller);
        known.insert((change.kind.clone(), change.entity_id), kept);
    }
    let of = |change: &&Model| known.get(&(change.kind.clone(), change.entity_id)).cloned();
    Ok(changes.iter().map(|change| of(change).unwrap_or_default()).collect())
}

/// The keys that were replaced, as far as the caller's tenant gave them.
#[must_use]
pub fn previous_keys(change: &Model, caller: &Caller) -> Vec<external_id::Model> {
    if change.op == ChangeOp::KeyChanged { kept(change, caller) } else { Vec::new() }
}

/// The keys that a deleted row had, or that another took the place of, as far as the caller's tenant gave them.
fn kept(change: &Model, caller: &Caller) -> Vec<external_id::Model> {
    let own = match caller.tenant {
        Tenant::Platform => None,
        Tenant::District(id) => Some(id.0),
        Tenant::Partner(id) => Some(id.0),
    };
    let keys: Vec<Json> = serde_json::from_str(&change.external_ids).unwrap_or_default();
    let key = |key: &Json| {
        let text = |at: usize| key.get(at)?.as_str();
        let tenant_id =
            text(0)?.parse().ok().filter(|tenant| own.is_none_or(|own| own == *tenant))?;
        Some(external_id::Model {
            id: Uuid::nil().into(),
            tenant_id,
            kind: change.kind.clone(),
            system: text(1)?.to_owned(),
            value: text(2)?.to_owned(),
            entity_id: change.entity_id,
            created_at: change.occurred_at,
        })
    };
    keys.iter().filter_map(key).collect()
}
