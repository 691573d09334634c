//! Who sees which rows of the bank; the slice's documentation says it in words.

use entity::{
    affiliation_agreement as agreement, api_client, external_id,
    id::{DistrictId, PartnerId, TypedId},
    opportunity, partner, partner_contact, partner_site,
    status::RecordStatus,
};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    store::{Visible, affiliation, world},
};

/// The partners that keep their own record, for a client of theirs is active.
pub(super) fn self_kept() -> SelectStatement {
    Query::select()
        .column(api_client::Column::PartnerId)
        .from(api_client::Entity)
        .and_where(api_client::Column::Kind.eq(api_client::ApiClientKind::Partner))
        .and_where(api_client::Column::State.eq(api_client::ApiClientState::Active))
        .and_where(api_client::Column::PartnerId.is_not_null())
        .to_owned()
}

/// Whether the district has an agreement with the partner of the row, in whatever state.
///
/// Asked for each row, as is the next: as a set of all partners it would be read before the first
/// row is looked at.
fn agreed_with(district: DistrictId) -> SimpleExpr {
    let found = Query::select()
        .expr(Expr::val(1))
        .from(agreement::Entity)
        .and_where(of_row(agreement::Column::PartnerId))
        .and_where(agreement::Column::DistrictId.eq(district))
        .to_owned();
    Expr::exists(found)
}

/// Whether the district has a key for the partner of the row.
fn keyed_by(district: DistrictId) -> SimpleExpr {
    let found = Query::select()
        .expr(Expr::val(1))
        .from(external_id::Entity)
        .and_where(of_row(external_id::Column::EntityId))
        .and_where(external_id::Column::TenantId.eq(Uuid::from(district)))
        .and_where(external_id::Column::Kind.eq(PartnerId::PREFIX))
        .to_owned();
    Expr::exists(found)
}

/// `partner.id = column`.
fn of_row<C: ColumnTrait + IntoSimpleExpr>(column: C) -> SimpleExpr {
    Expr::col(partner::Column::Id.as_column_ref()).eq(column.into_simple_expr())
}

/// The rows of the partners that the caller sees.
fn of_partners<C: ColumnTrait + IntoSimpleExpr>(caller: &Caller, partner: C) -> Condition {
    match caller.tenant {
        Tenant::Platform => Condition::all(),
        Tenant::Partner(id) => Condition::all().add(partner.eq(id)),
        Tenant::District(_) => {
            // Asked for each row: the partners that a district sees are nearly all there are.
            let seen = Query::select()
                .expr(Expr::val(1))
                .from(partner::Entity)
                .and_where(of_row(partner))
                .cond_where(partner::Entity::visible(caller))
                .to_owned();
            Condition::all().add(Expr::exists(seen))
        }
    }
}

macro_rules! visible {
    ($($(#[doc = $doc:literal])+ $table:ident, $noun:literal: |$caller:ident| $condition:expr;)+) => {$(
        $(#[doc = $doc])+
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible($caller: &Caller) -> Condition {
                $condition
            }

            fn id(row: &Self::Model) -> Uuid {
                row.id.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::Id
            }
        }
    )+};
}

visible! {
    /// The bank is shared: a district sees every partner in use, of its own world.
    partner, "partner": |caller| match caller.tenant {
        Tenant::Platform => Condition::all(),
        Tenant::Partner(id) => Condition::all().add(partner::Column::Id.eq(id)),
        Tenant::District(id) => Condition::all().add(world::partners_around(id)).add(
            Condition::any()
                .add(partner::Column::Status.eq(RecordStatus::Active))
                .add(agreed_with(id))
                .add(keyed_by(id)),
        ),
    };

    /// Who sees the partner sees its sites.
    partner_site, "site": |caller| of_partners(caller, partner_site::Column::PartnerId);

    /// People are shown to a district only while an agreement is in force.
    partner_contact, "contact": |caller| match caller.tenant {
        Tenant::District(id) => Condition::all().add(
            partner_contact::Column::PartnerId
                .in_subquery(affiliation::partners_of(id, caller.today())),
        ),
        _ => of_partners(caller, partner_contact::Column::PartnerId),
    };

    /// A draft is shown to a district only when the district may write it.
    opportunity, "opportunity": |caller| {
        let of_partners = of_partners(caller, opportunity::Column::PartnerId);
        match caller.tenant {
            Tenant::District(_) => of_partners.add(
                Condition::any()
                    .add(opportunity::Column::State.ne(opportunity::OpportunityState::Draft))
                    .add(opportunity::Column::PartnerId.not_in_subquery(self_kept())),
            ),
            _ => of_partners,
        }
    };

    /// Both sides see their agreement.
    agreement, "affiliation agreement": |caller| match caller.tenant {
        Tenant::Platform => Condition::all(),
        Tenant::District(id) => Condition::all().add(agreement::Column::DistrictId.eq(id)),
        Tenant::Partner(id) => Condition::all().add(agreement::Column::PartnerId.eq(id)),
    };
}
