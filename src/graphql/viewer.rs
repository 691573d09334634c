//! `viewer`: what the server makes of the calling client.

use async_graphql::{Enum, ID};

use super::{
    bulk::LARGEST_BATCH,
    guard::Limits,
    object::{Graph, Loaded},
    page::LARGEST_PAGE,
};
use crate::{
    auth::{Caller, Scope, Tenant},
    typeid,
};

/// On whose behalf a client calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ClientKind {
    /// One district, college or consortium.
    District,
    /// One partner.
    Partner,
    /// The operator of the service.
    Platform,
}

crate::leaf_enums!(ClientKind);

crate::value_object! {
    /// The calling client: who it is for the server, what it may do, and how much at once.
    pub Viewer(Caller)
}

crate::value_object! {
    /// How much one request may ask.
    pub ViewerLimits(Limits)
}

pub(super) fn declare(graph: &mut Graph) {
    let viewer = graph.object::<Viewer>();
    viewer.column(
        "clientId",
        |caller| ID(typeid::encode(caller.client)),
        "The id under which the client is registered.",
    );
    viewer.column("kind", |caller| kind(caller.tenant), "On whose behalf the client calls.");
    viewer.column(
        "tenantId",
        |caller| tenant(caller.tenant),
        "The district or partner it calls for; null for the platform.",
    );
    let scopes = |caller: &Caller| {
        caller.scopes.iter().map(|scope| scope.name().to_owned()).collect::<Vec<_>>()
    };
    viewer.column("scopes", scopes, "What its access token allows.");
    viewer.one::<ViewerLimits, ()>(
        "limits",
        |parents, ()| {
            let each = parents.rows.iter().map(|_| Some(Limits::default())).collect();
            Box::pin(async move { Ok(Loaded::each(each)) })
        },
        "How much one request may ask.",
    );
    declare_limits(graph);
    graph
        .query()
        .one::<Viewer, ()>(
            "viewer",
            |parents, ()| {
                Box::pin(async move { Ok(Loaded::each(vec![Some(parents.cx.caller()?.clone())])) })
            },
            "The calling client: scopes, tenant, limits.",
        )
        .needs(Scope::Any);
}

fn declare_limits(graph: &mut Graph) {
    let limits = graph.object::<ViewerLimits>();
    limits.column("largestPage", |_| LARGEST_PAGE, "The most objects of one page.");
    limits.column("largestBatch", |_| whole(LARGEST_BATCH), "The most rows of one bulk mutation.");
    limits.column("cost", |limits| whole(limits.cost), "The most that one operation may cost.");
    limits.column("depth", |limits| whole(limits.depth), "How deep a document may nest fields.");
    limits.column(
        "aliases",
        |limits| whole(limits.aliases),
        "How many aliases a document may use.",
    );
    limits.column(
        "rootFields",
        |limits| whole(limits.root_fields),
        "How many root fields an operation may select.",
    );
}

fn whole(amount: impl TryInto<i32>) -> i32 {
    amount.try_into().unwrap_or(i32::MAX)
}

fn kind(tenant: Tenant) -> ClientKind {
    match tenant {
        Tenant::District(_) => ClientKind::District,
        Tenant::Partner(_) => ClientKind::Partner,
        Tenant::Platform => ClientKind::Platform,
    }
}

fn tenant(tenant: Tenant) -> Option<ID> {
    match tenant {
        Tenant::District(id) => Some(ID(typeid::encode(id))),
        Tenant::Partner(id) => Some(ID(typeid::encode(id))),
        Tenant::Platform => None,
    }
}
