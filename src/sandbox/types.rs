//! Sandboxes as their owners see them.

use std::collections::HashMap;

use async_graphql::{Enum, ID};
use entity::{
    api_client::ApiClientState,
    id::SandboxId,
    sandbox::{self, Model},
};
use uuid::Uuid;

use super::service::{self, idle};
use crate::{
    auth::{Client, Scope, Tenant, client},
    enum_filter,
    error::Result,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph, Loaded, Parents},
        viewer::{ClientKind, Viewer},
    },
    leaf_enums, object, order, tracked, typeid, value_object,
};

/// How far a sandbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "sandbox::SandboxState")]
pub enum SandboxState {
    /// It is being emptied and filled: wait until it is READY.
    Preparing,
    /// It can be used.
    Ready,
    /// Its clients are revoked, and its rows go. It will be gone within the hour.
    Deleting,
}

leaf_enums!(SandboxState);
enum_filter!(pub SandboxStateFilter of SandboxState as sandbox::SandboxState);

filter! {
    pub SandboxWhere on sandbox::Entity as sandbox::Column {
        /// The global id.
        id: IdFilter => Id of SandboxId,
        /// How far it is.
        state: SandboxStateFilter => State,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub SandboxOrder, SandboxOrderField on sandbox::Entity as sandbox::Column {
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A throw-away district of yours with made-up people: students, classes, partners, agreements,
    /// placements and two years of hours. It has clients of its own, for the district or for one of
    /// its partners, which work as real ones do, under the same limits. What happens in it stays in
    /// it: it sees no real district or partner, and none sees it.
    pub Sandbox(sandbox::Entity) is SandboxId, needs Scope::SandboxesManage, by SandboxWhere, SandboxOrder
}

value_object! {
    /// A client that calls for a district or a partner of a sandbox.
    pub SandboxClient(Client)
}

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    let sandbox = graph.node::<Sandbox>();
    sandbox.column("id", |row| Key(row.id), "The global id.");
    sandbox.column("name", |row| row.name.clone(), "What you call it.");
    sandbox.column("state", |row| SandboxState::from(row.state), "How far it is.");
    declare_story(sandbox);
    sandbox
        .column(
            "expiresAt",
            idle::expires_at,
            "It is thrown away then, unless one of its clients asks for a token in the thirty days \
             before.",
        )
        .reads([sandbox::Column::UsedAt]);
    sandbox
        .many::<SandboxClient, ()>(
            "clients",
            |parents, ()| Box::pin(clients(parents)),
            "Its clients that may call; their secrets were shown when they were made.",
        )
        .reads([sandbox::Column::DistrictId, sandbox::Column::Partners]);
    tracked!(sandbox);
    declare_client(graph);
    declare_viewer(graph);
    super::query::declare(graph.query());
}

fn declare_story(sandbox: &mut Declaration<Sandbox>) {
    sandbox
        .column(
            "districtId",
            |row| Key(row.district_id),
            "The district, which its own clients see and no other.",
        )
        .reads([sandbox::Column::DistrictId]);
    sandbox
        .column(
            "partnerIds",
            |row| service::cast(row).unwrap_or_default().into_iter().map(Key).collect::<Vec<_>>(),
            "The partners that it began with; a PARTNER client calls for the first.",
        )
        .reads([sandbox::Column::Partners]);
    sandbox.column(
        "students",
        |row| row.students,
        "About how many students it has; everything else follows from them.",
    );
    sandbox.column(
        "seed",
        |row| row.seed,
        "What all chance comes from: the same seed makes the same people.",
    );
    sandbox.column(
        "readyAt",
        |row| row.ready_at,
        "When it last became READY; null when it has not been yet.",
    );
}

fn declare_client(graph: &mut Graph) {
    let client = graph.object::<SandboxClient>();
    client.column(
        "clientId",
        |client| ID(client.client_id()),
        "What it calls itself at `/oauth/token`.",
    );
    client.column("kind", |client| kind(client.tenant), "On whose behalf it calls.");
    client.column(
        "tenantId",
        |client| tenant(client.tenant),
        "The district or partner of the sandbox that it calls for.",
    );
    client.column("scopes", |client| scopes(client.scopes), "What it may ask for.");
    client.column(
        "lastUsedAt",
        |client| client.last_used_at,
        "When it last got a token, to the minute; null when it never did.",
    );
}

fn declare_viewer(graph: &mut Graph) {
    graph.object::<Viewer>().value::<bool>(
        "isSandbox",
        |parents| {
            Box::pin(
                async move { service::is_within(parents.cx.reader()?, parents.cx.caller()?).await },
            )
        },
        "Whether it calls for a district or a partner of a sandbox, where nothing is real.",
    );
}

/// The side for which a client calls.
pub(super) fn kind(tenant: Tenant) -> ClientKind {
    match tenant {
        Tenant::District(_) => ClientKind::District,
        Tenant::Partner(_) => ClientKind::Partner,
        Tenant::Platform => ClientKind::Platform,
    }
}

/// The tenant for which a client calls.
pub(super) fn tenant(tenant: Tenant) -> Option<ID> {
    key(tenant).map(|(prefix, key)| ID(typeid::with_prefix(prefix, key)))
}

/// The names of scopes.
pub(super) fn scopes(scopes: crate::auth::Scopes) -> Vec<String> {
    scopes.iter().map(|scope| scope.name().to_owned()).collect()
}

fn key(tenant: Tenant) -> Option<(&'static str, Uuid)> {
    use entity::id::{DistrictId, PartnerId, TypedId};
    match tenant {
        Tenant::District(id) => Some((DistrictId::PREFIX, id.into())),
        Tenant::Partner(id) => Some((PartnerId::PREFIX, id.into())),
        Tenant::Platform => None,
    }
}

/// The clients of all sandboxes of the level, in one statement.
async fn clients(parents: &Parents<'_, Sandbox>) -> Result<Loaded<Client, Vec<usize>>> {
    let mut owners = HashMap::new();
    for (at, row) in parents.rows.iter().enumerate() {
        for tenant in tenants(row)? {
            owners.insert(tenant, at);
        }
    }
    let asked: Vec<Uuid> = owners.keys().copied().collect();
    let mut found = client::shown(parents.cx.reader()?, &asked).await?;
    found.retain(|client| client.state == ApiClientState::Active);
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); parents.rows.len()];
    for (place, client) in found.iter().enumerate() {
        let owner = key(client.tenant).and_then(|(_, key)| owners.get(&key).copied());
        if let Some(list) = owner.and_then(|at| of.get_mut(at)) {
            list.push(place);
        }
    }
    Ok(Loaded { rows: found, of: of.into_iter().map(Ok).collect() })
}

fn tenants(row: &Model) -> Result<Vec<Uuid>> {
    let partners = service::cast(row)?.into_iter().map(Into::into);
    Ok([row.district_id.into()].into_iter().chain(partners).collect())
}
