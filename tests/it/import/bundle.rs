//! Bundles to import: the fixtures as they are, or copies with something wrong in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use entity::id::DistrictId;
use pathbridge::bulk::import::{
    self, ImportError, ImportOptions, ImportReport, Kind, KindCount, Silent,
};
use tempfile::TempDir;

use crate::support::TestApp;

/// A fixture's folder.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/oneroster").join(name)
}

/// A copy of a fixture, to be changed.
pub struct Copy(TempDir);

impl Copy {
    pub fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn of(name: &str) -> Self {
        let copy = Self::empty();
        for file in fs::read_dir(fixture(name)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        copy
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Replaces a text that must be there.
    pub fn replace(self, file: &str, old: &str, new: &str) -> Self {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, text.replace(old, new).as_bytes())
    }

    /// Leaves out the rows that begin with one of these.
    pub fn without(self, file: &str, starts: &[&str]) -> Self {
        let text = self.read(file);
        let keep = |line: &&str| !starts.iter().any(|start| line.starts_with(start));
        let kept: Vec<_> = text.lines().filter(keep).collect();
        assert!(kept.len() < text.lines().count(), "{file} has none of {starts:?}");
        self.write(file, (kept.join("\n") + "\n").as_bytes())
    }

    /// Adds rows at the end.
    pub fn append(self, file: &str, rows: &str) -> Self {
        let text = self.read(file) + rows;
        self.write(file, text.as_bytes())
    }

    /// Leaves only the header.
    pub fn headers_only(self, file: &str) -> Self {
        let text = self.read(file);
        let header = text.lines().next().unwrap().to_owned() + "\n";
        self.write(file, header.as_bytes())
    }

    pub fn remove(self, file: &str) -> Self {
        fs::remove_file(self.path().join(file)).unwrap();
        self
    }

    pub fn write(self, file: &str, bytes: &[u8]) -> Self {
        fs::write(self.path().join(file), bytes).unwrap();
        self
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }
}

/// Imports with these options.
pub async fn import_with(
    app: &TestApp,
    district: DistrictId,
    path: &Path,
    options: &ImportOptions,
) -> Result<ImportReport, ImportError> {
    import::oneroster(&app.app, district, path, options, &Silent).await
}

/// Imports as an operator would by default; the import as a whole must succeed.
pub async fn import(app: &TestApp, district: DistrictId, path: &Path) -> ImportReport {
    import_with(app, district, path, &ImportOptions::default()).await.unwrap()
}

/// Created, updated, unchanged, retired and refused, of the kinds of which any were.
pub fn counts(report: &ImportReport) -> Vec<(Kind, [u64; 5])> {
    let numbers = |count: &KindCount| {
        [count.created, count.updated, count.unchanged, count.retired, count.refused]
    };
    let pairs = report.kinds.iter().map(|count| (count.kind, numbers(count)));
    pairs.filter(|(_, numbers)| *numbers != [0; 5]).collect()
}

/// File, line, column and code of every refusal.
pub fn refusals(report: &ImportReport) -> Vec<(&str, u64, &str, &str)> {
    report
        .refusals
        .iter()
        .map(|refusal| {
            let column = refusal.column.as_deref().unwrap_or("");
            (refusal.file.as_str(), refusal.line.unwrap_or(0), column, refusal.code)
        })
        .collect()
}
