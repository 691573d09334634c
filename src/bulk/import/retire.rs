//! What a bulk file no longer names: counted first, and marked only when the count can be true.

use entity::{
    academic_session, class, course, enrollment, external_id, guardian, school, staff, student,
};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::{Gone, ImportError, entry::Entry, ledger::Ledger, rows::BATCH, run::Run};
use crate::{
    bulk::oneroster::FileKind,
    error::{Error, Result},
    store::visible,
};

/// So many rows may be gone whatever their share.
const HANDFUL: u64 = 5;

/// Marks what is missing from the bulk files, unless it is too much.
pub(super) async fn missing(run: &mut Run<'_>) -> Result<(), ImportError> {
    run.ledger.settle().await?;
    let counted = [
        count::<school::Entity>(run).await?,
        count::<academic_session::Entity>(run).await?,
        count::<course::Entity>(run).await?,
        count::<class::Entity>(run).await?,
        count::<student::Entity>(run).await?,
        count::<guardian::Entity>(run).await?,
        count::<staff::Entity>(run).await?,
        count::<enrollment::Entity>(run).await?,
    ];
    let too_many: Vec<_> = counted.into_iter().filter(is_too_many).collect();
    if !too_many.is_empty() {
        return Err(ImportError::TooManyGone(too_many));
    }
    retire::<enrollment::Entity>(run).await?;
    retire::<student::Entity>(run).await?;
    retire::<guardian::Entity>(run).await?;
    retire::<staff::Entity>(run).await?;
    retire::<class::Entity>(run).await?;
    retire::<course::Entity>(run).await?;
    retire::<academic_session::Entity>(run).await?;
    retire::<school::Entity>(run).await?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "no district has 2^52 students")]
fn is_too_many(gone: &Gone) -> bool {
    gone.gone > HANDFUL && gone.gone as f64 > gone.allowed * gone.active as f64
}

async fn count<E: Entry>(run: &Run<'_>) -> Result<Gone> {
    let (kind, allowed) = (E::COUNTED, run.options.max_delete_fraction);
    if !applies::<E>(run) {
        return Ok(Gone { kind, gone: 0, active: 0, allowed });
    }
    let tx = &run.write.tx;
    let active = active::<E>(run).count(tx).await.map_err(Error::from)?;
    let gone = gone::<E>(run).count(tx).await.map_err(Error::from)?;
    Ok(Gone { kind, gone, active, allowed })
}

/// Whether the bundle tells which rows of the kind are gone. What a user is stands in the roles, so
/// that a role that could not be read hides whose it is.
fn applies<E: Entry>(run: &Run<'_>) -> bool {
    let roles = E::FILE != FileKind::Users
        || !run.is_bulk(FileKind::Roles)
        || run.is_whole(FileKind::Roles);
    run.is_complete(E::FILE) && roles
}

async fn retire<E: Entry>(run: &mut Run<'_>) -> Result<()> {
    if !applies::<E>(run) {
        return Ok(());
    }
    let mut after = Uuid::nil();
    loop {
        let select = gone::<E>(run)
            .filter(E::id_column().gt(after))
            .order_by_asc(E::id_column())
            .limit(BATCH as u64);
        let rows = select.all(&run.write.tx).await.map_err(Error::from)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = E::id(last);
        run.retire::<E>(rows.iter().map(E::id).collect()).await?;
    }
}

/// The rows in use that this system brought.
fn active<E: Entry>(run: &Run<'_>) -> Select<E> {
    let ours = ours(run, E::KIND).column(external_id::Column::EntityId).to_owned();
    visible::<E>(run.write.caller).filter(E::in_use()).filter(E::id_column().in_subquery(ours))
}

/// Those of them of which no key was named.
fn gone<E: Entry>(run: &Run<'_>) -> Select<E> {
    let value = Expr::col((external_id::Entity, external_id::Column::Value));
    let named = ours(run, E::KIND)
        .expr(Expr::val(1))
        .and_where(
            Expr::col((external_id::Entity, external_id::Column::EntityId))
                .eq(Expr::col((E::default(), E::id_column()))),
        )
        .and_where(Expr::exists(Ledger::held(E::KIND, value)))
        .to_owned();
    active::<E>(run).filter(Expr::not_exists(named))
}

fn ours(run: &Run<'_>, kind: &str) -> SelectStatement {
    Query::select()
        .from(external_id::Entity)
        .and_where(external_id::Column::TenantId.eq(run.tenant()))
        .and_where(external_id::Column::Kind.eq(kind))
        .and_where(external_id::Column::System.eq(run.system))
        .to_owned()
}
