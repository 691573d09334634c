//! Zip files from strangers: what is checked before an entry is read, and while it is.
//!
//! Nothing is ever unpacked to disk, so a hostile name can do no harm by itself; it is refused all
//! the same, because such a file was not made by an honest export. Sizes are first checked as the
//! directory states them; while reading, the real bytes may never exceed the stated ones.

use super::limits::Limits;
use super::refusal::{Code, Refusal};
use super::screen::Fault;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use zip::ZipArchive;
use zip::read::ZipFileEntry;
use zip::result::ZipError;

pub(super) type Archive = ZipArchive<BufReader<File>>;

/// An entry that may be read: a plain file under a harmless name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub index: usize,
    /// The name inside the zip file, folders included.
    pub path: String,
    pub bytes: u64,
}

pub(super) fn open(path: &Path, bundle: &str) -> Result<Archive, Refusal> {
    let refuse = |code, reason: String| Refusal::of_file(bundle, code, reason);
    let mut file = File::open(path)
        .map_err(|error| refuse(Code::Unreadable, format!("cannot be read: {}", error.kind())))?;
    let mut magic = [0; 2];
    if file.read_exact(&mut magic).is_err() || &magic != b"PK" {
        let reason = "is neither a folder nor a zip file".to_owned();
        return Err(refuse(Code::NotAZip, reason));
    }
    ZipArchive::new(BufReader::new(file)).map_err(|error| of_zip(&error).in_file(bundle))
}

/// The entries of an archive, or why it is not to be trusted.
pub(super) fn list(
    archive: &mut Archive,
    bundle: &str,
    limits: &Limits,
) -> Result<Vec<Packed>, Refusal> {
    if archive.len() > limits.entries {
        let reason = format!("lists {} entries; at most {}", archive.len(), limits.entries);
        return Err(Refusal::of_file(bundle, Code::ZipTooManyEntries, reason));
    }
    if archive.has_duplicate_names() {
        let reason = "lists two entries of the same name";
        return Err(Refusal::of_file(bundle, Code::FileDuplicate, reason));
    }
    let (mut packed, mut total) = (Vec::new(), 0_u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|e| of_zip(&e).in_file(bundle))?;
        let path = entry.name().map_err(|e| of_zip(&e).in_file(bundle))?.into_owned();
        check_entry(&entry, &path, limits).map_err(|fault| fault.in_file(bundle))?;
        total = total.saturating_add(entry.size());
        if !entry.is_dir() {
            packed.push(Packed { index, path, bytes: entry.size() });
        }
    }
    if total > limits.total_bytes {
        let reason = format!("unfolds to {total} bytes; at most {}", limits.total_bytes);
        return Err(Refusal::of_file(bundle, Code::ZipTooLarge, reason));
    }
    if archive.has_overlapping_files().map_err(|e| of_zip(&e).in_file(bundle))? {
        let reason = "has entries that share the same bytes";
        return Err(Refusal::of_file(bundle, Code::ZipOverlap, reason));
    }
    Ok(packed)
}

fn check_entry(entry: &ZipFileEntry<'_>, path: &str, limits: &Limits) -> Result<(), Fault> {
    if !is_harmless(path) {
        let reason = "has an entry whose name leads out of the bundle or is no plain path";
        return Err(Fault::new(Code::ZipUnsafePath, reason));
    }
    let refuse = |code, reason: String| Err(Fault::new(code, format!("entry {path} {reason}")));
    if entry.is_symlink() {
        return refuse(Code::ZipSymlink, "is a symbolic link".to_owned());
    }
    if entry.encrypted() {
        return refuse(Code::ZipEncrypted, "is encrypted; send it without a password".to_owned());
    }
    if is_archive(path) {
        return refuse(Code::ZipNested, "is an archive inside the archive".to_owned());
    }
    if entry.size() > limits.entry_bytes {
        let reason = format!("unfolds to {} bytes; at most {}", entry.size(), limits.entry_bytes);
        return refuse(Code::ZipEntryTooLarge, reason);
    }
    let believable = entry.compressed_size().saturating_mul(limits.ratio);
    if entry.size() > limits.ratio_free_bytes && entry.size() > believable {
        let reason = format!("is packed more tightly than {} to 1", limits.ratio);
        return refuse(Code::ZipBomb, reason);
    }
    Ok(())
}

/// A relative path of plain names: no parent, no root, no drive, no backslash.
fn is_harmless(path: &str) -> bool {
    let plain = |part: &str| part != "." && part != "..";
    let path = path.strip_suffix('/').unwrap_or(path);
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && !path.chars().any(char::is_control)
        && path.split('/').all(|part| !part.is_empty() && plain(part))
}

fn is_archive(path: &str) -> bool {
    const ARCHIVES: [&str; 8] = ["zip", "gz", "tgz", "7z", "rar", "tar", "bz2", "xz"];
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|found| ARCHIVES.iter().any(|known| known.eq_ignore_ascii_case(found)))
}

/// Opens one entry of a freshly opened archive and hands its bytes, counted, to `with`.
pub(super) fn read<T>(
    archive: &mut Archive,
    packed: &Packed,
    with: impl FnOnce(&mut dyn Read) -> T,
) -> Result<T, Fault> {
    let entry = archive.by_index(packed.index).map_err(|error| of_zip(&error))?;
    let path = entry.name().map_err(|error| of_zip(&error))?;
    if path != packed.path || entry.size() != packed.bytes {
        return Err(Fault::new(Code::BundleChanged, "changed while it was being read"));
    }
    drop(path);
    Ok(with(&mut Unpacked(entry)))
}

/// The bytes of an entry. The zip library checks their sum and ends the reading as soon as more
/// come out than the directory states; its errors are named here.
struct Unpacked<R>(R);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            let reason = format!("is damaged inside the zip file: {error}");
            io::Error::other(Fault::new(Code::ZipDamaged, reason))
        })
    }
}

fn of_zip(error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            let reason = "is packed in a way we do not read; use plain zip (deflate)";
            Fault::new(Code::ZipUnsupported, reason)
        }
        other => Fault::new(Code::ZipDamaged, format!("is not a sound zip file: {other}")),
    }
}
