//! Bundles made up for one test each, and the real ones when they are at hand.

mod bad_bundles;
mod bad_rows;
mod bad_text;
mod bad_zips;
mod fixtures;
mod samples;
mod streaming;

use super::{Bundle, BundleError, Code, Options, Record, Refusal, Strictness};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// A header and one good row of OneRoster 1.1's `orgs.csv`.
const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
const ORG: &str = "d-1,,,Alder Valley,district,,\n";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,\
                     userIds,givenName,familyName,middleName,identifier,email,sms,phone,\
                     agentSourcedIds,grades,password\n";
const SESSIONS: &str = "sourcedId,status,dateLastModified,title,type,startDate,endDate,\
                        parentSourcedId,schoolYear\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Writes a zip file that lives as long as the folder handed back with it.
fn zip_file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = folder(&[("district.zip", bytes)]);
    let path = folder.path().join("district.zip");
    (folder, path)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/oneroster").join(name)
}

fn strictly(path: &Path) -> Result<Bundle, BundleError> {
    Bundle::open_with(path, &Options { strictness: Strictness::Strict, ..Options::default() })
}

/// An opened bundle whose folder lives as long as it does.
#[derive(Debug)]
struct Opened {
    bundle: Bundle,
    _folder: TempDir,
}

impl std::ops::Deref for Opened {
    type Target = Bundle;

    fn deref(&self) -> &Bundle {
        &self.bundle
    }
}

fn open_files(files: &[(&str, &str)]) -> Result<Opened, BundleError> {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder(&files);
    Ok(Opened { bundle: Bundle::open(folder.path())?, _folder: folder })
}

/// The codes of everything that keeps these files from being opened.
fn codes(files: &[(&str, &str)]) -> Vec<Code> {
    open_files(files).unwrap_err().refusals.iter().map(|refusal| refusal.code).collect()
}

fn collect<R: Record>(bundle: &Bundle) -> (Vec<R>, Vec<Refusal>) {
    let (mut records, mut refusals) = (Vec::new(), Vec::new());
    bundle
        .read::<R>(|row| {
            match row.record {
                Ok(record) => records.push(record),
                Err(refusal) => refusals.push(refusal),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    (records, refusals)
}

/// A manifest of OneRoster 1.1 with these modes; every other file is absent.
fn manifest(modes: &[(&str, &str)]) -> String {
    let mut text = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n".to_owned();
    for stem in super::columns::manifest_stems(super::Format::OneRoster1p1) {
        let mode = modes.iter().find(|(file, _)| *file == stem).map_or("absent", |found| found.1);
        text.extend(["file.", stem, ",", mode, "\n"]);
    }
    text
}
