//! Making sandboxes, and new secrets for their clients.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::api_client::ApiClientKind;

use super::which;
use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        input::{actors, tenant_named},
        object::One,
        payload::{UserError, settle},
        scalars::Long,
        scope::{cost, scope},
        viewer::ClientKind,
    },
    sandbox::{
        rules,
        service::{
            create::{self as service, Credential, SandboxDraft},
            secret,
        },
        types::{self, Sandbox},
    },
};

/// For which side a client of a sandbox calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SandboxClientKind {
    /// For its district, as a student information system does.
    District,
    /// For one of its partners, as an employer's portal does.
    Partner,
}

impl From<SandboxClientKind> for ApiClientKind {
    fn from(kind: SandboxClientKind) -> Self {
        match kind {
            SandboxClientKind::District => Self::District,
            SandboxClientKind::Partner => Self::Partner,
        }
    }
}

/// A sandbox to be made.
#[derive(Debug, InputObject)]
pub struct SandboxCreateInput {
    /// What you call it, in at most 100 characters.
    name: String,
    /// For which sides it gets a client; for both when absent.
    client_kinds: Option<Vec<SandboxClientKind>>,
    /// About how many students it has, 1 to 500; 50 when absent.
    students: Option<i32>,
    /// What all chance comes from, 0 or more; 1 when absent. The same seed makes the same people.
    seed: Option<i32>,
    /// The district or partner whose it is, when a platform client makes it for somebody; else leave
    /// it out.
    tenant_id: Option<ID>,
}

/// A client of a new sandbox, with its secret.
#[derive(Debug, SimpleObject)]
pub struct SandboxCredential {
    /// What it calls itself at `/oauth/token`.
    client_id: ID,
    /// What it proves itself with, as `pbs_…`: shown now and never again.
    client_secret: String,
    /// On whose behalf it calls.
    kind: ClientKind,
    /// The district or partner of the sandbox that it calls for.
    tenant_id: Option<ID>,
    /// What it may ask for: what its kind may, as far as your own token goes.
    scopes: Vec<String>,
}

/// The new sandbox and its clients.
#[derive(Debug, SimpleObject)]
pub struct SandboxCreatePayload {
    /// The sandbox, which is PREPARING and will soon be READY; null when it was refused.
    sandbox: Option<One<Sandbox>>,
    /// Its clients and their secrets: shown now and never again. Empty when the mutation is sent
    /// again under its idempotency key: then ask for `sandbox { clients }`, and give the client that
    /// you need a new secret with `sandboxClientRotate`.
    credentials: Vec<SandboxCredential>,
    /// Why it was refused, all reasons at once; when there is any, nothing was written.
    #[graphql(directive = cost::apply(0))]
    user_errors: Vec<UserError>,
}

/// The sandbox and the new secret.
#[derive(Debug, SimpleObject)]
pub struct SandboxClientRotatePayload {
    /// The sandbox; null when it was refused.
    sandbox: Option<One<Sandbox>>,
    /// The new secret, as `pbs_…`: shown now and never again, also not when the mutation is sent
    /// again under its idempotency key.
    client_secret: Option<String>,
    /// Why it was refused, all reasons at once; when there is any, nothing was written.
    #[graphql(directive = cost::apply(0))]
    user_errors: Vec<UserError>,
}

impl SandboxCreateInput {
    fn draft(self) -> Result<SandboxDraft> {
        let both = || vec![SandboxClientKind::District, SandboxClientKind::Partner];
        let kinds = self.client_kinds.unwrap_or_else(both).into_iter().map(Into::into).collect();
        Ok(SandboxDraft {
            name: self.name,
            kinds,
            students: self.students.unwrap_or(rules::USUAL_STUDENTS),
            seed: self.seed.unwrap_or(1),
            owner: self.tenant_id.as_ref().map(tenant_named).transpose()?,
        })
    }
}

impl From<Credential> for SandboxCredential {
    fn from(made: Credential) -> Self {
        Self {
            client_id: ID(made.client_id),
            client_secret: made.secret.reveal().to_owned(),
            kind: types::kind(made.tenant),
            tenant_id: types::tenant(made.tenant),
            scopes: types::scopes(made.scopes),
        }
    }
}

/// Mutations that hand out secrets.
#[derive(Debug, Default)]
pub struct CreateMutation;

#[Object]
impl CreateMutation {
    /// Makes a sandbox: a throw-away district with made-up people, partners and two years of what
    /// happened between them, and clients that call for it. Keep the secrets of the answer: they are
    /// shown only once. The data comes within seconds: wait until the sandbox is READY. A tenant has
    /// at most 5 sandboxes.
    #[graphql(directive = scope::apply(Scope::SandboxesManage.name().to_owned()))]
    async fn sandbox_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it should be.")] input: SandboxCreateInput,
    ) -> Result<SandboxCreatePayload> {
        let (app, caller) = actors(ctx)?;
        let made = service::create(app, caller, &input.draft()?).await;
        let (row, credentials) = match made {
            Ok((row, credentials)) => (Ok(row), credentials),
            Err(error) => (Err(error), Vec::new()),
        };
        let (sandbox, user_errors) = settle(row)?;
        let credentials = credentials.into_iter().map(Into::into).collect();
        Ok(SandboxCreatePayload { sandbox, credentials, user_errors })
    }

    /// Gives a client of a sandbox a new secret; the old one stops working at once, and tokens that
    /// it earned live out their ten minutes.
    #[graphql(directive = scope::apply(Scope::SandboxesManage.name().to_owned()))]
    async fn sandbox_client_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sandbox.")] id: ID,
        #[graphql(desc = "Which of its clients.")] client_id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<SandboxClientRotatePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let (row, client_secret) = match secret::rotate(app, caller, which, &client_id).await {
            Ok((row, secret)) => (Ok(row), Some(secret.reveal().to_owned())),
            Err(error) => (Err(error), None),
        };
        let (sandbox, user_errors) = settle(row)?;
        Ok(SandboxClientRotatePayload { sandbox, client_secret, user_errors })
    }
}
