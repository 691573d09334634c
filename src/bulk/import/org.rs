//! Organisations: schools become rows, the district gets its key, all else is only remembered, so
//! that what refers to it counts as the district's.

use entity::{school, status::RecordStatus};

use super::{
    ImportError,
    entry::Entry,
    put::Item,
    reference::WIDE,
    run::{Line, Run},
};
use crate::{
    bulk::oneroster::{FileKind, Org, OrgKind, Status},
    error::Result,
    roster::service::school::SchoolDraft,
    store::Logged,
};

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Org>();
    while let Some(batch) = rows.next().await {
        let spaces = [school::Entity::KIND];
        let rows = run.admit(batch, |org| &org.sourced_id, &spaces).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        let gone: Vec<_> = gone.iter().map(|row| row.record.sourced_id.as_str()).collect();
        run.retire_named::<school::Entity>(&gone).await?;
        let (schools, wide): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.kind == OrgKind::School);
        remember(run, &wide).await?;
        let items = schools.into_iter().map(|row| item(run, row)).collect();
        run.put::<school::Entity>(FileKind::Orgs, items).await?;
    }
    run.close(rows).await
}

async fn remember(run: &mut Run<'_>, wide: &[Line<Org>]) -> Result<()> {
    let keys = wide.iter().map(|row| row.record.sourced_id.as_str());
    run.ledger.mark(WIDE, keys).await?;
    for row in wide {
        match row.record.kind {
            OrgKind::District => run.tie_district(&row.record.sourced_id).await?,
            _ => run.remark(
                "organisations that are neither a district nor a school; who belongs there \
                 belongs to the district",
            ),
        }
    }
    Ok(())
}

fn item(run: &Run<'_>, row: Line<Org>) -> Item<SchoolDraft> {
    let org = row.record;
    let identifier = (!run.format().is_sds()).then_some(org.identifier);
    let draft = SchoolDraft {
        name: Some(org.name),
        identifier,
        status: Some(RecordStatus::Active),
        ..school::Entity::kept(run.district)
    };
    Item { line: row.line, id: org.sourced_id, draft }
}
