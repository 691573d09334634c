//! Asking where a code leads, in the newest edition or in one that is named.

use entity::{
    career_cluster::ClusterFramework,
    reference_release::{Model, ReferenceDataset},
};

use super::{bridge, catalogue, release};
use crate::{
    app::App,
    error::{Code as ErrorCode, Error, Result},
    reference::rules::crosswalk::{Crosswalk, Framework, Maps},
};

/// A code to begin from.
#[derive(Debug, Clone)]
pub struct Start {
    /// Its framework.
    pub framework: Framework,
    /// The code.
    pub code: String,
    /// The edition of the framework; the newest that is loaded when it is not told.
    pub version: Option<String>,
}

/// Where the code leads in the other framework.
pub async fn find(app: &App, start: &Start, to: Framework) -> Result<Crosswalk> {
    let mut current = release::current(app).await?;
    if let Some(version) = &start.version {
        match start.framework {
            Framework::OnetSoc => {
                let named = |one: &Model| one.name == *version;
                current.onet = Some(edition(app, version, ReferenceDataset::Onet, named).await?);
            }
            Framework::Cip => {
                let named = |one: &Model| one.cip_version.as_ref() == Some(version);
                let found = edition(app, version, ReferenceDataset::CipSoc, named).await?;
                current.cip_soc = Some(found);
            }
            Framework::Soc => {
                let named = |one: &Model| one.soc_version.as_ref() == Some(version);
                let found = edition(app, version, ReferenceDataset::CipSoc, named).await?;
                current.cip_soc = Some(found);
            }
            Framework::Clusters(framework) => only_edition(framework, version)?,
        }
    }
    let catalogue = catalogue::of(app, current.onet, current.clusters).await?;
    let bridge = bridge::of(app, current.cip_soc).await?;
    let maps = Maps { catalogue: &catalogue, bridge: bridge.as_deref() };
    Ok(maps.crosswalk(start.framework, &start.code, to))
}

/// The newest release that has this edition of the framework.
async fn edition(
    app: &App,
    version: &str,
    dataset: ReferenceDataset,
    is_it: impl Fn(&Model) -> bool,
) -> Result<Model> {
    let found = release::all_of(app, dataset).await?.into_iter().find(is_it);
    found.ok_or_else(|| unknown(version, "ask `referenceReleases` for what is loaded"))
}

/// A framework of clusters is an edition by itself.
fn only_edition(framework: ClusterFramework, version: &str) -> Result<()> {
    let only = framework.version();
    if version == only {
        return Ok(());
    }
    Err(unknown(version, &format!("this framework is the edition `{only}`")))
}

fn unknown(version: &str, hint: &str) -> Error {
    let message = format!("`from.version`: there is no edition `{version}`; {hint}");
    Error::argument(ErrorCode::BadUserInput, message)
}
