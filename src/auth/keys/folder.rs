//! The folder of the keys: read when it is complete, filled under a lock when it is not.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::SystemTime,
};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::SigningKey;
use crate::clock::Clock;

const CURSOR: &str = "cursor.key";
const LOCK: &str = ".lock";
/// The bits of a mode that let in anybody but the owner.
const OTHERS: u32 = 0o077;

/// Why the service has no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file or the folder cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        cause: io::Error,
    },
    /// A key that others can read is a secret no longer.
    #[error(
        "{} can be read by others than its owner (mode {mode:04o}): run `chmod 600` on it, or \
         delete it to get a new one at the next start",
        path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The content of a file is no key.
    #[error("{} holds no key: {expected}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        expected: &'static str,
    },
    /// The cryptographic library refused to make a key.
    #[error("no key pair could be generated")]
    Generate,
}

type Found = (Option<[u8; 32]>, Vec<SigningKey>);

/// The secret of the cursors and the signing keys, youngest first.
pub(super) fn load_or_create(
    folder: &Path,
    clock: &Clock,
) -> Result<([u8; 32], Vec<SigningKey>), KeyError> {
    // A complete folder is only read, so that it may be mounted read-only.
    if folder.is_dir()
        && let (Some(cursor), signing) = load(folder)?
        && !signing.is_empty()
    {
        return Ok((cursor, signing));
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
    let _lock = lock(folder)?;
    let (cursor, mut signing) = load(folder)?;
    if signing.is_empty() {
        let key = SigningKey::generate()?;
        write_new(&folder.join(format!("signing-{}.pem", key.kid())), key.to_pem().as_bytes())?;
        signing.push(key);
    }
    let cursor = cursor.map_or_else(|| create_cursor(folder, clock), Ok)?;
    Ok((cursor, signing))
}

fn create_cursor(folder: &Path, clock: &Clock) -> Result<[u8; 32], KeyError> {
    let mut secret = [0; 32];
    clock.fill(&mut secret);
    write_new(&folder.join(CURSOR), format!("{}\n", STANDARD.encode(secret)).as_bytes())?;
    Ok(secret)
}

/// Waits until this process alone may add to the folder; the lock goes with the file.
fn lock(folder: &Path) -> Result<File, KeyError> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(at(&path))?;
    file.lock().map_err(at(&path))?;
    Ok(file)
}

fn load(folder: &Path) -> Result<Found, KeyError> {
    let mut cursor = None;
    let mut signing: Vec<(SystemTime, SigningKey)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name == CURSOR {
            cursor = Some(parse_cursor(&path, &read(&path)?.1)?);
        } else if name.starts_with("signing-") && path.extension().is_some_and(|end| end == "pem") {
            let (modified, text) = read(&path)?;
            let expected = "a P-256 private key in PKCS#8 form is expected";
            let key = SigningKey::from_pem(&text);
            signing.push((modified, key.ok_or(KeyError::Malformed { path, expected })?));
        }
    }
    // Files of one instant are put in the order of their ids, the same in every process.
    signing.sort_by(|(a, key_a), (b, key_b)| (b, key_b.kid()).cmp(&(a, key_a.kid())));
    Ok((cursor, signing.into_iter().map(|(_, key)| key).collect()))
}

fn parse_cursor(path: &Path, text: &str) -> Result<[u8; 32], KeyError> {
    let secret = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    let expected = "32 bytes in base64 are expected";
    secret.ok_or_else(|| KeyError::Malformed { path: path.to_owned(), expected })
}

/// The content of a key file and when it was written; the mode is that of the file that is read.
fn read(path: &Path) -> Result<(SystemTime, String), KeyError> {
    let mut file = File::open(path).map_err(at(path))?;
    let metadata = file.metadata().map_err(at(path))?;
    let mode = metadata.mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(KeyError::Exposed { path: path.to_owned(), mode });
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(at(path))?;
    Ok((metadata.modified().map_err(at(path))?, text))
}

/// Writes a file that appears whole or not at all, and never in the place of another.
pub(super) fn write_new(path: &Path, content: &[u8]) -> Result<(), KeyError> {
    let unfinished = path.with_extension("unfinished");
    // A process that died here left one behind; the lock says that nobody is writing it now.
    match fs::remove_file(&unfinished) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            return Err(at(&unfinished)(cause));
        }
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished);
    let mut file = file.map_err(at(&unfinished))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(at(&unfinished))?;
    fs::hard_link(&unfinished, path).map_err(at(path))?;
    fs::remove_file(&unfinished).map_err(at(&unfinished))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> KeyError {
    let path = path.to_owned();
    move |cause| KeyError::Io { path, cause }
}
