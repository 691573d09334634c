//! A PostgreSQL for one run, with the settings of a small server rather than of a test.

use std::{
    fs::{self, File},
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// What differs from the settings that PostgreSQL comes with.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "max_connections=100",
    "shared_buffers=512MB",
    "max_wal_size=4GB",
    "checkpoint_timeout=30min",
    "jit=off",
];

/// A running PostgreSQL; gone with its data when dropped.
#[derive(Debug)]
pub(super) struct Cluster {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Cluster {
    /// Makes one and waits until it answers.
    pub(super) async fn start(programs: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("pathbridge-bench-postgres.").tempdir()?;
        let owner = owner()?;
        if let Some((user, group)) = owner {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let program = |name: &str| {
            let mut command = Command::new(programs.join(name));
            if let Some((user, group)) = owner {
                command.uid(user).gid(group);
            }
            command.arg("-D").arg(folder.path().join("data")).current_dir(folder.path());
            command.stdin(Stdio::null());
            command
        };
        let made = program("initdb")
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"])
            .output()
            .context("initdb does not start")?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let log = File::create(folder.path().join("log"))?;
        let port = super::free_port()?;
        let mut server = program("postgres");
        server.arg("-k").arg(folder.path()).args(["-p", &port.to_string()]);
        server.args(SETTINGS.iter().flat_map(|setting| ["-c", *setting]));
        let process = server.stdout(Stdio::null()).stderr(log).spawn()?;
        let mut cluster = Self { process, port, folder };
        cluster.wait().await?;
        Ok(cluster)
    }

    /// The process under which all others of the server run.
    pub(super) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// The address of a database.
    pub(super) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database.
    pub(super) async fn create(&self, database: &str) -> anyhow::Result<()> {
        self.execute(&format!("CREATE DATABASE \"{database}\"")).await
    }

    /// Makes a database anew as another one is.
    pub(super) async fn copy(&self, from: &str, to: &str) -> anyhow::Result<()> {
        self.execute(&format!("DROP DATABASE IF EXISTS \"{to}\"")).await?;
        self.execute(&format!("CREATE DATABASE \"{to}\" TEMPLATE \"{from}\"")).await?;
        // What was copied is written out now and not while something is measured.
        self.execute("CHECKPOINT").await
    }

    async fn execute(&self, statement: &str) -> anyhow::Result<()> {
        let (client, connection) = tokio_postgres::connect(&self.url("postgres"), NoTls).await?;
        let speaking = tokio::spawn(connection);
        client.batch_execute(statement).await?;
        drop(client);
        Ok(speaking.await??)
    }

    async fn wait(&mut self) -> anyhow::Result<()> {
        for _ in 0..300 {
            if let Some(status) = self.process.try_wait()? {
                let log = fs::read_to_string(self.folder.path().join("log"))?;
                bail!("PostgreSQL ended with {status}: {log}");
            }
            if tokio_postgres::connect(&self.url("postgres"), NoTls).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("PostgreSQL did not answer within 30 seconds")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A kill would leave its shared memory behind; an interrupt ends it in order.
        let pid = self.process.id().to_string();
        let told = Command::new("kill").args(["-INT", &pid]).status();
        for _ in 0..100 {
            if told.is_err() || !matches!(self.process.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Who runs it: PostgreSQL refuses to run as root, and Debian made a user for it.
fn owner() -> anyhow::Result<Option<(u32, u32)>> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut fields = line.context("there is no user postgres")?.split(':').skip(2);
    let mut number = || fields.next().and_then(|field| field.parse().ok());
    let user = number().context("the user postgres has no number")?;
    Ok(Some((user, number().context("the user postgres has no group")?)))
}

/// The programs of the highest version that is installed.
pub(super) fn programs() -> anyhow::Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max();
    Ok(newest.context("PostgreSQL is not installed; scripts/bench installs it")?.1)
}
