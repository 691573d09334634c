//! An operation from its request to its last answer, whichever connection carries it.

use std::sync::Arc;

use super::{
    Streams,
    follow::{End, Following},
    identity::{Identity, is_of_token},
    outlet::{Gone, Outgoing, Outlet},
    source::Source,
};
use crate::{
    http::graphql::{Failure, Parameters, Way},
    telemetry::metrics::{self, Kind, Outcome, Transport},
};

/// What a client asks of a stream.
pub(super) struct Asked {
    pub(super) parameters: Parameters,
    pub(super) way: Way,
    pub(super) transport: Transport,
    /// The cursor of the last event that the client says it has.
    pub(super) last: Option<String>,
}

/// An operation that was not refused.
pub(super) enum Begun {
    /// A query or mutation, and its answer.
    Answered(String),
    /// A subscription.
    Following(Box<Following>),
}

/// Runs a query or mutation, or gets a subscription ready.
pub(super) async fn begin(
    streams: &Streams,
    identity: &Arc<Identity>,
    asked: Asked,
) -> Result<Begun, Failure> {
    let mut kind = Kind::Unknown;
    let begun = attempt(streams, identity, asked, &mut kind).await;
    let outcome = begun.as_ref().map_or_else(Failure::outcome, |(_, outcome)| *outcome);
    metrics::operation(kind, outcome);
    begun.map(|(begun, _)| begun)
}

async fn attempt(
    streams: &Streams,
    identity: &Arc<Identity>,
    asked: Asked,
    kind: &mut Kind,
) -> Result<(Begun, Outcome), Failure> {
    let (gateway, id) = (&streams.gateway, &identity.id);
    let caller = identity.caller().await?;
    let prepared = gateway.prepare(asked.parameters, asked.way, caller, id, kind).await?;
    if !prepared.is_subscription() {
        let answer = gateway.execute(prepared).await?;
        let outcome = answer.outcome();
        return Ok((Begun::Answered(answer.into_json(gateway.public_url(), id)?), outcome));
    }
    let slot = streams.followed.take(identity.client)?;
    let source = Source::begin(&prepared.run, asked.last).await?;
    let following = Following {
        gateway: gateway.clone(),
        identity: Arc::clone(identity),
        run: prepared.run,
        source,
        tally: super::follow::Tally::of(asked.transport, slot),
    };
    Ok((Begun::Following(Box::new(following)), Outcome::Ok))
}

/// Sends everything that the operation has to say, to its end.
pub(super) async fn carry(begun: Result<Begun, Failure>, outlet: &Outlet) -> Result<(), Gone> {
    match begun {
        Ok(Begun::Answered(body)) => {
            outlet.send(Outgoing::Next { body, cursor: None }).await?;
            outlet.send(Outgoing::Complete).await
        }
        Ok(Begun::Following(following)) => match following.follow(outlet).await {
            End::Failed(error) if is_of_token(&error) => outlet.send(Outgoing::Ended(error)).await,
            End::Failed(error) => outlet.send(Outgoing::Error(error.into())).await,
            End::Complete => outlet.send(Outgoing::Complete).await,
            End::Stopping | End::Gone => Err(Gone),
        },
        Err(failure) => outlet.send(Outgoing::Error(failure)).await,
    }
}
