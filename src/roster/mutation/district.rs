//! Mutations of districts.

use async_graphql::{Context, InputObject, Object};
use entity::district::Model;

use crate::{
    app::App,
    auth::{Caller, Scope},
    error::Result,
    graphql::{input::actors, scope::scope},
    payload,
    roster::{
        service::district::{self, DistrictDraft},
        types::{District, DistrictKind},
    },
    store::{Write, settled},
};

/// A new district.
#[derive(Debug, InputObject)]
pub struct DistrictCreateInput {
    /// The short name in addresses and commands: 2 to 40 of a to z, digits and hyphens; unique.
    slug: String,
    /// The full name.
    name: String,
    /// What kind of institution it is.
    kind: DistrictKind,
    /// The number under which the NCES knows it.
    identifier: Option<String>,
    /// The IANA time zone of its calendar, as `America/Denver`.
    time_zone: String,
}

payload! {
    /// The new district.
    DistrictCreatePayload { district: District }
}

impl From<DistrictCreateInput> for DistrictDraft {
    fn from(input: DistrictCreateInput) -> Self {
        Self {
            slug: input.slug,
            name: input.name,
            kind: input.kind.into(),
            identifier: input.identifier,
            time_zone: input.time_zone,
            is_sandbox: false,
        }
    }
}

/// Mutations of districts.
#[derive(Debug, Default)]
pub struct DistrictMutation;

#[Object]
impl DistrictMutation {
    /// Makes a district; for clients of the platform only.
    #[graphql(directive = scope::apply(Scope::RosterWrite.name().to_owned()))]
    async fn district_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new district.")] input: DistrictCreateInput,
    ) -> Result<DistrictCreatePayload> {
        let (app, caller) = actors(ctx)?;
        let created = create(app, caller, input.into()).await;
        DistrictCreatePayload::of(created.map_err(|error| error.under(&["input"])))
    }
}

async fn create(app: &App, caller: &Caller, draft: DistrictDraft) -> Result<Model> {
    settled(|| async {
        let write = Write::begin(app, caller).await?;
        let row = district::create(&write, draft.clone()).await?;
        write.commit_row(row).await
    })
    .await
}
