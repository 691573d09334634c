//! The change by which each row came to be.

use entity::{change_log::ChangeOp, outbox};
use pathbridge::changes;
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{Row, Seed};

/// Tells of every row, as whoever wrote it would have.
pub(super) async fn write(seed: &Seed<'_>, district: Uuid, partner: Uuid) {
    let app = &seed.app.app;
    let transaction = app.clock.id::<entity::id::ExternalIdId>();
    for (place, Row { prefix, key, marker }) in (0..).zip(&seed.rows) {
        let of_both = matches!(*prefix, "affiliation" | "placement" | "hours");
        let of_partner = matches!(*prefix, "partner" | "site" | "contact" | "opportunity");
        let row = outbox::ActiveModel {
            kind: Set((*prefix).to_owned()),
            entity_id: Set(*key),
            op: Set(ChangeOp::Created),
            version: Set(1),
            changed_fields: Set("[]".to_owned()),
            external_ids: Set("[]".to_owned()),
            occurred_at: Set(seed.now),
            client_id: Set(app.clock.id()),
            request_id: Set(Some(marker.clone())),
            transaction_id: Set(transaction.into()),
            index_in_transaction: Set(place),
            is_last: Set(usize::try_from(place + 1) == Ok(seed.rows.len())),
            district_id: Set((!of_partner).then(|| district.into())),
            partner_id: Set((of_partner || of_both).then(|| partner.into())),
            ..Default::default()
        };
        outbox::Entity::insert(row).exec(app.db.writer()).await.expect("a change of the seed");
    }
    changes::sequence_now(app).await.expect("the changes get their numbers");
}
