//! Deliveries that tell of no change.

use chrono::{DateTime, Utc};
use entity::{
    id::{TypedId, WebhookEndpointId},
    webhook_delivery,
    webhook_endpoint::Model,
};

use super::Fresh;
use crate::{
    app::App,
    error::{Error, Result},
    typeid,
    webhooks::rules::{self, Data, Message},
};

/// A delivery that tells of no change.
pub struct Note<'a> {
    /// What it says.
    pub event: &'a str,
    /// Where in the log it stands.
    pub cursor: String,
    /// Whether it is a link of the chain from cursor to cursor.
    pub is_link: bool,
}

/// A delivery that tells of the endpoint itself.
pub fn note(
    app: &App,
    endpoint: &Model,
    note: &Note<'_>,
    now: DateTime<Utc>,
) -> Result<webhook_delivery::Model> {
    let id = typeid::encode(endpoint.id);
    let previous_cursor = if note.is_link { &endpoint.last_cursor } else { &note.cursor };
    let data = Data {
        id: &id,
        external_ids: Vec::new(),
        version: None,
        changed_fields: Vec::new(),
        cursor: &note.cursor,
        previous_cursor,
    };
    let body = rules::body(Message { event: note.event, timestamp: now, data });
    let body = body.map_err(Error::internal)?;
    let (kind, event) = (WebhookEndpointId::PREFIX, note.event.to_owned());
    let fresh = Fresh { kind, event, entity_id: id, body, seq: endpoint.made + 1 };
    Ok(fresh.row(app, endpoint, now))
}
