//! The files of a folder, as clean text.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use crate::bulk::import::Refusal;

/// The largest files that publishers give out have a few megabytes.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A file that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// What it is for, to the reader of the others.
    pub role: &'static str,
    /// Its name, in small letters.
    pub is_named: fn(&str) -> bool,
    /// The name to tell when it is missing.
    pub name: &'static str,
    /// Whether nothing can be loaded without it.
    pub is_required: bool,
}

/// A file that was read.
#[derive(Debug)]
pub struct File {
    role: &'static str,
    /// Its name.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// A folder that was read.
#[derive(Debug)]
pub struct Folder {
    /// Its own name, which may tell of the release.
    pub name: String,
    files: Vec<File>,
}

impl Folder {
    /// Reads what is looked for.
    pub fn read(path: &Path, wanted: &[Wanted]) -> Result<Self, Vec<Refusal>> {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let listed = list(path).map_err(|error| vec![unreadable(&name, &error)])?;
        let mut files = Vec::new();
        let mut refusals = Vec::new();
        for one in wanted {
            let mut fitting = listed.iter().filter(|name| (one.is_named)(&name.to_lowercase()));
            match (fitting.next(), fitting.next()) {
                (Some(found), None) => match read(path, found) {
                    Ok(text) => files.push(File { role: one.role, name: found.clone(), text }),
                    Err(refusal) => refusals.push(refusal),
                },
                (Some(_), Some(_)) => {
                    let reason = "several files of the folder could be this one";
                    refusals.push(of_file(one.name, "FILE_DUPLICATE", reason));
                }
                (None, _) if one.is_required => {
                    refusals.push(of_file(one.name, "FILE_MISSING", "is not in the folder"));
                }
                (None, _) => {}
            }
        }
        if refusals.is_empty() { Ok(Self { name, files }) } else { Err(refusals) }
    }

    /// The file of this role, when it is there.
    pub fn file(&self, role: &str) -> Option<&File> {
        self.files.iter().find(|file| file.role == role)
    }

    /// How much text there is.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.text.len() as u64).sum()
    }
}

fn list(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn read(folder: &Path, name: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    let file = fs::File::open(folder.join(name)).map_err(|error| unreadable(name, &error))?;
    let read = file.take(LARGEST_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(of_file(name, "FILE_TOO_LARGE", "is larger than 64 MiB"));
    }
    clean(name, bytes)
}

/// UTF-8 without a byte order mark and NUL bytes.
fn clean(name: &str, mut bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(of_file(name, "UTF16", "is UTF-16; export as UTF-8"));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = line_at(error.as_bytes(), error.utf8_error().valid_up_to());
        let refusal = of_file(name, "NOT_UTF8", "is not UTF-8; export as UTF-8");
        Refusal { line: Some(line), ..refusal }
    })?;
    if let Some(at) = text.find('\0') {
        let refusal = of_file(name, "NUL_BYTE", "has a NUL byte");
        return Err(Refusal { line: Some(line_at(text.as_bytes(), at)), ..refusal });
    }
    Ok(text)
}

/// The line, from 1, on which the byte at this place stands.
fn line_at(bytes: &[u8], at: usize) -> u64 {
    1 + bytes[..at].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>()
}

fn unreadable(name: &str, error: &io::Error) -> Refusal {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        io::ErrorKind::NotADirectory => "is not a folder".to_owned(),
        kind => format!("cannot be read: {kind}"),
    };
    let code = if error.kind() == io::ErrorKind::NotFound { "NOT_FOUND" } else { "UNREADABLE" };
    of_file(name, code, reason)
}

/// A refusal of a whole file.
pub fn of_file(file: &str, code: &'static str, reason: impl Into<String>) -> Refusal {
    Refusal { file: file.to_owned(), line: None, column: None, code, reason: reason.into() }
}
