//! `pathbridge demo`: from nothing to a server with something to look at.

mod files;

use std::{
    io::{self, IsTerminal},
    net::SocketAddr,
    path::PathBuf,
};

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pathbridge::{
    app::App,
    auth::Keys,
    clock::Clock,
    config::Config,
    demo::{self, Demo, Options},
};

use super::{open, output, problem::explain, serve};
use files::Folder;

/// What to make, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// How many students there are; placements and hours follow from them.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    students: u32,
    /// What all chance comes from: the same seed gives the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder that keeps the data for the next start; without it, nothing is kept.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The file to write the clients and their secrets to, for you alone to read.
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
}

/// Makes the data unless it is there, says how to use it, and serves it.
pub async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let folder = Folder::open(arguments.data_dir.as_deref())?;
    let config = Config {
        database_url: folder.database_url(),
        database_read_url: None,
        keys: folder.keys(),
        log_filter: config.log_filter,
        ..Config::at(arguments.bind)
    };
    // The address first: who cannot have it should not wait for the data.
    let (listener, config) = serve::listen(config).await?;
    let db = open::database(&config).await?;
    migration::up(db.writer()).await.context("the database cannot be set up")?;
    let clock = Clock::system();
    let keys = Keys::load_or_create(&config.keys, &clock).context("the keys cannot be used")?;
    let app = App::new(db, config, clock, keys);
    if folder.is_complete() {
        welcome_back(&app, &folder, &arguments)?;
    } else {
        let demo = build(&app, &arguments).await?;
        folder.complete()?;
        welcome(&app, &demo, &arguments)?;
    }
    serve::listen_and_serve(app, listener).await
}

async fn build(app: &App, arguments: &Arguments) -> anyhow::Result<Demo> {
    let students = usize::try_from(arguments.students).context("too many students")?;
    let bar = bar();
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let demo = demo::build(app, Options { students, seed: arguments.seed }, &progress).await;
    bar.finish_and_clear();
    demo.map_err(explain).context("the demo could not be made")
}

/// On a terminal only; a log has no use for it.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(1);
    if !io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("telling two years of history {wide_bar} {percent}%");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn welcome(app: &App, demo: &Demo, arguments: &Arguments) -> anyhow::Result<()> {
    let url = &app.config.public_url;
    let Demo { students, placements, hours, credentials } = demo;
    output::line(&format!("{students} students, {placements} placements, {hours} days of hours"))?;
    output::line(&format!("\n{}\n", demo::table(credentials)))?;
    if let Some(file) = &arguments.credentials {
        files::write_private(file, &demo::to_json(url, credentials))?;
        output::line(&format!("the same is in {}\n", file.display()))?;
    }
    // The student information system of the first district: it sees the most that a tenant sees.
    let first = credentials.iter().find(|client| client.kind_name() == "district");
    if let Some(client) = first {
        output::line(&format!("a first query:\n\n{}\n", demo::curl(url, client)))?;
    }
    Ok(())
}

fn welcome_back(app: &App, folder: &Folder, arguments: &Arguments) -> anyhow::Result<()> {
    output::line(&format!("serving what is in {}", folder.path().display()))?;
    let kept = arguments.credentials.as_deref().filter(|file| file.is_file());
    let told = match kept {
        Some(file) => {
            files::move_credentials(file, &app.config.public_url)?;
            format!("the clients and their secrets are in {}", file.display())
        }
        None => "secrets are shown once, when the data is made; get a new one with \
                 `pathbridge client list` and `pathbridge client rotate`, or delete the folder"
            .to_owned(),
    };
    Ok(output::line(&format!("{told}\n"))?)
}
