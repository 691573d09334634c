//! The folder of a demo: its database, its keys, and whether it was ever finished.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use serde_json::Value;
use tempfile::TempDir;

const DATABASE: &str = "pathbridge.db";
/// Says that all the data is there; written last.
const COMPLETE: &str = "demo-is-complete";

/// Where a demo lives: in a folder that stays, or in one that is gone with it.
pub struct Folder {
    path: PathBuf,
    _passing: Option<TempDir>,
}

impl Folder {
    /// The folder that was named, or a passing one.
    pub fn open(named: Option<&Path>) -> anyhow::Result<Self> {
        let Some(named) = named else {
            let passing = tempfile::Builder::new().prefix("pathbridge-demo-").tempdir();
            let passing = passing.context("no temporary folder can be made")?;
            return Ok(Self { path: passing.path().to_owned(), _passing: Some(passing) });
        };
        let folder = Self { path: named.to_owned(), _passing: None };
        fs::create_dir_all(named).with_context(|| format!("{} cannot be made", named.display()))?;
        if folder.path.join(DATABASE).exists() && !folder.is_complete() {
            bail!(
                "{} holds a demo that was never finished; delete the folder and start again",
                named.display()
            );
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The address of its database.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.path.join(DATABASE).display())
    }

    /// The folder of its keys.
    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// Whether all the data is there.
    pub fn is_complete(&self) -> bool {
        self.path.join(COMPLETE).exists()
    }

    /// Notes that all the data is there.
    pub fn complete(&self) -> anyhow::Result<()> {
        let path = self.path.join(COMPLETE);
        fs::write(&path, "").with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// Writes JSON that only its owner may read.
pub fn write_private(path: &Path, value: &Value) -> anyhow::Result<()> {
    let write = || {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(path)?;
        // A file that was there before keeps its mode, whatever the options say.
        file.set_permissions(Permissions::from_mode(0o600))?;
        file.write_all(format!("{value:#}\n").as_bytes())
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

/// Puts the address of this start into the credentials of an earlier one.
pub fn move_credentials(path: &Path, url: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(path);
    let text = text.with_context(|| format!("{} cannot be read", path.display()))?;
    let mut value: Value = serde_json::from_str(&text)
        .with_context(|| format!("{} holds no credentials", path.display()))?;
    if value["url"] == url {
        return Ok(());
    }
    let Some(fields) = value.as_object_mut().filter(|fields| fields.contains_key("clients")) else {
        bail!("{} holds no credentials", path.display());
    };
    fields.insert("url".to_owned(), url.into());
    write_private(path, &value)
}
