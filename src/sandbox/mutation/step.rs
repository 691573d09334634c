//! Resetting sandboxes, and throwing them away.

use async_graphql::{Context, ID, Object};

use super::which;
use crate::{
    auth::Scope,
    error::Result,
    graphql::{input::actors, scalars::Long, scope::scope},
    payload,
    sandbox::{service::step as service, types::Sandbox},
};

payload! {
    /// The sandbox, which is PREPARING.
    SandboxResetPayload { sandbox: Sandbox }
    /// The sandbox, which is DELETING.
    SandboxDeletePayload { sandbox: Sandbox }
}

/// Mutations that move sandboxes through their states.
#[derive(Debug, Default)]
pub struct StepMutation;

#[Object]
impl StepMutation {
    /// Makes a sandbox as fresh as on its first day. Its district, its first partners, its clients
    /// with their secrets and its webhook endpoints stay; everything else goes, as `changes` tells
    /// it, and comes anew under new ids. Wait until it is READY.
    #[graphql(directive = scope::apply(Scope::SandboxesManage.name().to_owned()))]
    async fn sandbox_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sandbox.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<SandboxResetPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        SandboxResetPayload::of(service::reset(app, caller, which).await)
    }

    /// Throws a sandbox away with everything in it. Its clients are revoked at once; within the hour
    /// nothing is left of it.
    #[graphql(directive = scope::apply(Scope::SandboxesManage.name().to_owned()))]
    async fn sandbox_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sandbox.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<SandboxDeletePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        SandboxDeletePayload::of(service::delete(app, caller, which).await)
    }
}
