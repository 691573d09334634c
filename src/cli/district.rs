//! `pathbridge district`: the tenants that own students.

use clap::{Args, Subcommand, ValueEnum};
use entity::district::DistrictKind;
use pathbridge::{
    app::App,
    config::Config,
    roster::service::district::{self, DistrictDraft, operator},
    store::Write,
    typeid,
};

use super::{open, output, problem::explain};

/// What is done with districts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a district, college or consortium.
    Create(New),
    /// List them.
    List,
}

/// The new district.
#[derive(Debug, Args)]
pub struct New {
    /// The short name in addresses and commands.
    #[arg(long)]
    slug: String,
    /// The full name.
    #[arg(long)]
    name: String,
    /// What kind of institution it is.
    #[arg(long, default_value = "district")]
    kind: Kind,
    /// The number under which the NCES knows it.
    #[arg(long)]
    identifier: Option<String>,
    /// The IANA time zone of its calendar.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// A school district.
    District,
    /// A college or university.
    College,
    /// Several districts that run programmes together.
    Consortium,
}

impl Command {
    /// Does what was asked for.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = open::app(config).await?;
        match self {
            Self::Create(new) => create(&app, new).await,
            Self::List => list(&app).await,
        }
    }
}

async fn create(app: &App, new: New) -> anyhow::Result<()> {
    let caller = operator(app);
    let draft = DistrictDraft {
        is_sandbox: false,
        slug: new.slug,
        name: new.name,
        kind: match new.kind {
            Kind::District => DistrictKind::District,
            Kind::College => DistrictKind::College,
            Kind::Consortium => DistrictKind::Consortium,
        },
        identifier: new.identifier,
        time_zone: new.time_zone,
    };
    let write = Write::begin(app, &caller).await.map_err(explain)?;
    let row = district::create(&write, draft).await.map_err(explain)?;
    write.commit().await.map_err(explain)?;
    Ok(output::line(&typeid::encode(row.id))?)
}

async fn list(app: &App) -> anyhow::Result<()> {
    for row in district::list(app, &operator(app)).await.map_err(explain)? {
        output::line(&format!("{:<24} {}  {}", row.slug, typeid::encode(row.id), row.name))?;
    }
    Ok(())
}
