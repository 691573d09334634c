//! Where the files of a bundle lie: in a folder or in a zip file.

use super::archive::{self, Packed};
use super::limits::Limits;
use super::refusal::{BundleError, Code, Refusal};
use super::screen::Fault;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of the bundle, by its bare name.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub name: String,
    pub bytes: u64,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Folder(PathBuf),
    Zip { archive: PathBuf, packed: Packed },
}

/// The files found, in the order of their names; what an operating system adds is left out.
#[derive(Debug)]
pub(super) struct Source {
    /// The bundle's own name, for problems that belong to no single file.
    pub name: String,
    pub entries: Vec<Entry>,
}

impl Source {
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, BundleError> {
        let name = path
            .file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let mut entries = match fs::metadata(path) {
            Ok(found) if found.is_dir() => in_folder(path, &name)?,
            Ok(_) => in_zip(path, &name, limits)?,
            Err(error) => return Err(not_there(&error, &name).into()),
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { name, entries })
    }

    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

impl Entry {
    /// Opens the file anew and hands its bytes to `with`.
    pub fn read<T>(
        &self,
        with: impl FnOnce(&mut dyn Read) -> Result<T, Fault>,
    ) -> Result<T, Refusal> {
        let result = match &self.place {
            Place::Folder(path) => match File::open(path) {
                Ok(mut file) => with(&mut file),
                Err(error) => Err(Fault::of(&error)),
            },
            Place::Zip { archive: path, packed } => {
                let mut archive = archive::open(path, &self.name)?;
                archive::read(&mut archive, packed, with).flatten()
            }
        };
        result.map_err(|fault| fault.in_file(&self.name))
    }
}

fn not_there(error: &std::io::Error, name: &str) -> Refusal {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Refusal::of_file(name, Code::NotFound, "does not exist");
    }
    Fault::of(error).in_file(name)
}

fn in_folder(path: &Path, name: &str) -> Result<Vec<Entry>, Refusal> {
    let unreadable = |error: std::io::Error| Fault::of(&error).in_file(name);
    let mut entries = Vec::new();
    for found in fs::read_dir(path).map_err(unreadable)? {
        let found = found.map_err(unreadable)?;
        let bare = found.file_name().to_string_lossy().into_owned();
        let metadata = fs::metadata(found.path()).map_err(unreadable)?;
        if metadata.is_file() && !is_litter(&bare) {
            let place = Place::Folder(found.path());
            entries.push(Entry { name: bare, bytes: metadata.len(), place });
        }
    }
    Ok(entries)
}

fn in_zip(path: &Path, name: &str, limits: &Limits) -> Result<Vec<Entry>, Refusal> {
    let mut archive = archive::open(path, name)?;
    let mut packed = archive::list(&mut archive, name, limits)?;
    packed.retain(|entry| !is_litter(&entry.path));
    let top = common_folder(&packed);
    let mut entries = Vec::new();
    for entry in packed {
        let bare = entry.path.strip_prefix(&top).unwrap_or(&entry.path).to_owned();
        if bare.contains('/') {
            let reason = "has files in folders; put the CSV files at the root of the zip file";
            return Err(Refusal::of_file(name, Code::ZipFolder, reason));
        }
        let bytes = entry.bytes;
        let place = Place::Zip { archive: path.to_owned(), packed: entry };
        entries.push(Entry { name: bare, bytes, place });
    }
    Ok(entries)
}

/// The one folder that all files stand in, with its slash; empty when they stand at the root.
fn common_folder(packed: &[Packed]) -> String {
    let mut tops = packed.iter().map(|entry| match entry.path.split_once('/') {
        Some((top, _)) => format!("{top}/"),
        None => String::new(),
    });
    let first = tops.next().unwrap_or_default();
    if tops.all(|top| top == first) { first } else { String::new() }
}

/// What file managers leave behind: hidden files and the resource forks of macOS.
fn is_litter(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}
