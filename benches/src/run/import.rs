//! Rosters on their way in: the first import, and the same bundle once more.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use tokio::process::Command;

use super::{
    cluster::Cluster,
    load::{float, median},
    usage::{self, Cpu},
};
use crate::{data, import, pathbridge::Pathbridge};

/// The database that every import starts from: tables, a district and no student.
const EMPTY: &str = "empty";
/// The one that an import works on.
const FILLED: &str = "imported";
/// How often a running import is asked what it has used.
const GLANCE: Duration = Duration::from_millis(10);

/// Who imports, and where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Importer {
    /// By hand into PostgreSQL.
    HandPostgres,
    /// Pathbridge into PostgreSQL.
    Postgres,
    /// By hand into SQLite.
    HandSqlite,
    /// Pathbridge into SQLite.
    Sqlite,
}

/// What one import took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// Seconds from start to end of the process.
    pub(super) seconds: f64,
    /// Processor seconds of the process.
    pub(super) process: f64,
    /// Processor seconds of the database server.
    pub(super) database: f64,
    /// The most memory that the process held, in megabytes.
    pub(super) memory: f64,
}

/// The first import and the same again.
pub(super) type Twice = [Taken; 2];

/// What imports start from.
#[derive(Debug)]
pub(super) struct Imports {
    binary: PathBuf,
    bundle: PathBuf,
    folder: PathBuf,
    /// How many students the bundle has.
    pub(super) students: u64,
}

impl Importer {
    /// All, in the order of a round.
    pub(super) const ALL: [Self; 4] =
        [Self::HandPostgres, Self::Postgres, Self::HandSqlite, Self::Sqlite];

    /// As the tables name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::HandPostgres => "hand-written, PostgreSQL",
            Self::Postgres => "Pathbridge, PostgreSQL",
            Self::HandSqlite => "hand-written, SQLite",
            Self::Sqlite => "Pathbridge, SQLite",
        }
    }

    /// The hand-written one on the same database.
    pub(super) fn by_hand(self) -> Self {
        if self.is_sqlite() { Self::HandSqlite } else { Self::HandPostgres }
    }

    fn is_sqlite(self) -> bool {
        matches!(self, Self::HandSqlite | Self::Sqlite)
    }
}

impl Imports {
    /// Writes the bundle and makes the empty databases.
    pub(super) async fn prepare(
        binary: &Path,
        cluster: &Cluster,
        folder: &Path,
        students: u64,
    ) -> anyhow::Result<Self> {
        eprintln!("bench: writing a bundle of {students} students");
        let bundle = folder.join("bundle");
        import::write(&bundle, students)?;
        let (binary, folder) = (binary.to_owned(), folder.to_owned());
        let imports = Self { binary, bundle, folder, students };
        cluster.create(EMPTY).await?;
        for address in [cluster.url(EMPTY), data::sqlite_url(&imports.file(EMPTY))] {
            let pathbridge = imports.pathbridge(address);
            pathbridge.migrate().await?;
            pathbridge.found(import::DISTRICT).await?;
        }
        data::settle(&imports.file(EMPTY))?;
        Ok(imports)
    }

    /// Imports twice into a database without students.
    pub(super) async fn twice(
        &self,
        importer: Importer,
        cluster: &Cluster,
    ) -> anyhow::Result<Twice> {
        let address = if importer.is_sqlite() {
            for end in ["-wal", "-shm"] {
                drop(fs::remove_file(self.folder.join(format!("{FILLED}.sqlite{end}"))));
            }
            fs::copy(self.file(EMPTY), self.file(FILLED))?;
            data::sqlite_url(&self.file(FILLED))
        } else {
            cluster.copy(EMPTY, FILLED).await?;
            cluster.url(FILLED)
        };
        let first = self.once(importer, &address, cluster.pid()).await?;
        Ok([first, self.once(importer, &address, cluster.pid()).await?])
    }

    async fn once(
        &self,
        importer: Importer,
        address: &str,
        postmaster: u32,
    ) -> anyhow::Result<Taken> {
        let mut command = match importer {
            Importer::Postgres | Importer::Sqlite => {
                let mut command = self.pathbridge(address.to_owned()).command();
                command.args(["import", "oneroster", "--json", "--district", import::DISTRICT]);
                command
            }
            Importer::HandPostgres | Importer::HandSqlite => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["import", "--database", address]).kill_on_drop(true);
                command
            }
        };
        command.arg(&self.bundle).stdin(Stdio::null()).stdout(Stdio::null());
        let before = Cpu::of_family(postmaster)?;
        let begun = Instant::now();
        let mut child = command.spawn()?;
        let pid = child.id().context("it ended at once")?;
        let (mut process, mut memory) = (Cpu(0), 0);
        let status = loop {
            if let Ok(used) = Cpu::of(pid) {
                process = used;
            }
            memory = usage::peak_memory(pid).unwrap_or(0).max(memory);
            if let Ok(ended) = tokio::time::timeout(GLANCE, child.wait()).await {
                break ended?;
            }
        };
        let seconds = begun.elapsed().as_secs_f64();
        ensure!(status.success(), "{}: the import ended with {status}", importer.name());
        let database = Cpu::of_family(postmaster)? - before;
        let (process, database) = (float(process.0) / 1e3, float(database.0) / 1e3);
        Ok(Taken { seconds, process, database, memory: float(memory) / 1024.0 })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension("sqlite")
    }

    fn pathbridge(&self, database: String) -> Pathbridge {
        Pathbridge { binary: self.binary.clone(), database }
    }
}

impl Taken {
    /// The median of each figure by itself.
    fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure));
        Self {
            seconds: of(|one| one.seconds),
            process: of(|one| one.process),
            database: of(|one| one.database),
            memory: of(|one| one.memory),
        }
    }
}

/// The medians of the rounds.
pub(super) fn medians(rounds: &[Twice]) -> Twice {
    [0, 1].map(|run| Taken::median(&rounds.iter().map(|twice| twice[run]).collect::<Vec<_>>()))
}
