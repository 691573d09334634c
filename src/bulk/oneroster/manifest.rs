//! `manifest.csv`: which version, which files, and what each means.

use super::bundle::Strictness;
use super::columns;
use super::format::{Format, Mode};
use super::plan::Note;
use super::refusal::{Code, Refusal};
use super::screen::Fault;
use super::source::Entry;
use super::table::Table;
use std::collections::BTreeMap;

/// The manifest's own file name.
pub(super) const FILE: &str = "manifest.csv";

/// What the manifest says, checked.
#[derive(Debug)]
pub(super) struct Manifest {
    pub format: Format,
    pub source_system: Option<String>,
    /// The mode of every file its version knows, by stem; none is `absent`.
    pub modes: BTreeMap<&'static str, Option<Mode>>,
    pub notes: Vec<Note>,
}

/// A manifest of a few dozen rows; more is not a manifest.
const MAX_ROWS: usize = 256;

struct Property {
    line: u64,
    value: String,
}

type Properties = BTreeMap<String, Property>;

pub(super) fn read(entry: &Entry, strictness: Strictness) -> Result<Manifest, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let properties = entry
        .read(|reader| collect(Table::new(reader), &mut refusals))
        .map_err(|refusal| vec![refusal])?;
    let manifest = interpret(&properties, strictness, &mut refusals);
    match manifest {
        Some(manifest) if refusals.is_empty() => Ok(manifest),
        _ => Err(refusals),
    }
}

fn refuse(code: Code, line: Option<u64>, reason: impl Into<String>) -> Refusal {
    Refusal { line, ..Refusal::of_file(FILE, code, reason) }
}

fn collect(
    mut table: Table<&mut dyn std::io::Read>,
    refusals: &mut Vec<Refusal>,
) -> Result<Properties, Fault> {
    let mut properties = Properties::new();
    let header = table.advance()?;
    if header.is_none() || table.values() != ["propertyName", "value"] {
        let reason = "the header must be propertyName,value";
        refusals.push(refuse(Code::ManifestHeader, Some(1), reason));
        return Ok(properties);
    }
    while let Some(line) = table.advance()? {
        let Ok([name, value]) = <[String; 2]>::try_from(table.values()) else {
            let reason = "a row of the manifest is a property and its value";
            refusals.push(refuse(Code::ManifestRow, Some(line), reason));
            continue;
        };
        if properties.len() >= MAX_ROWS {
            let reason = format!("a manifest has at most {MAX_ROWS} rows");
            refusals.push(refuse(Code::ManifestRow, Some(line), reason));
            break;
        }
        if properties.contains_key(&name) {
            let reason = format!("{} stands there twice", columns::quoted(&name));
            refusals.push(refuse(Code::ManifestPropertyDuplicate, Some(line), reason));
        }
        properties.insert(name, Property { line, value });
    }
    Ok(properties)
}

fn interpret(
    properties: &Properties,
    strictness: Strictness,
    refusals: &mut Vec<Refusal>,
) -> Option<Manifest> {
    if !refusals.is_empty() {
        return None;
    }
    version(properties, "manifest.version", Code::ManifestVersion, &["1.0"], refusals);
    let one_roster = "oneroster.version";
    let known = ["1.1", "1.2"];
    let format = match version(properties, one_roster, Code::OneRosterVersion, &known, refusals)? {
        "1.1" => Format::OneRoster1p1,
        _ => Format::OneRoster1p2,
    };
    let source_system = properties.get("source.systemName").map(|found| found.value.clone());
    let source_system = source_system.filter(|name| !name.is_empty());
    let mut manifest =
        Manifest { format, source_system, modes: BTreeMap::new(), notes: Vec::new() };
    for stem in columns::manifest_stems(format) {
        let mode = mode_of(properties, stem, strictness, &mut manifest.notes, refusals);
        manifest.modes.insert(stem, mode);
    }
    note_unknown(properties, &mut manifest, refusals);
    Some(manifest)
}

/// The value of a version property, when it is one of those we know.
fn version<'a>(
    properties: &'a Properties,
    name: &str,
    code: Code,
    known: &[&str],
    refusals: &mut Vec<Refusal>,
) -> Option<&'a str> {
    let Some(found) = properties.get(name) else {
        let reason = format!("{name} is missing");
        refusals.push(refuse(Code::ManifestPropertyMissing, None, reason));
        return None;
    };
    if known.contains(&found.value.as_str()) {
        return Some(&found.value);
    }
    let reason =
        format!("{name} is {}; we read {}", columns::quoted(&found.value), known.join(" and "));
    refusals.push(refuse(code, Some(found.line), reason));
    None
}

fn mode_of(
    properties: &Properties,
    stem: &str,
    strictness: Strictness,
    notes: &mut Vec<Note>,
    refusals: &mut Vec<Refusal>,
) -> Option<Mode> {
    let Some(found) = properties.get(&format!("file.{stem}")) else {
        let reason = format!("file.{stem} is missing; absent, bulk or delta was expected");
        let refusal = refuse(Code::ManifestPropertyMissing, None, reason);
        match strictness {
            Strictness::Strict => refusals.push(refusal),
            Strictness::Lenient => notes.push(refusal.into()),
        }
        return None;
    };
    match found.value.as_str() {
        "absent" => None,
        "bulk" => Some(Mode::Bulk),
        "delta" => Some(Mode::Delta),
        other => {
            let other = columns::quoted(other);
            let reason = format!("file.{stem} is {other}; it must be absent, bulk or delta");
            refusals.push(refuse(Code::ManifestMode, Some(found.line), reason));
            None
        }
    }
}

fn note_unknown(properties: &Properties, manifest: &mut Manifest, refusals: &mut Vec<Refusal>) {
    for (name, property) in properties {
        let Some(stem) = name.strip_prefix("file.") else {
            let known = ["manifest.version", "oneroster.version"].contains(&name.as_str());
            if !known && !name.starts_with("source.") {
                let text = format!("{} is not used", columns::quoted(name));
                manifest.notes.push(Note::new(FILE, Code::ManifestPropertyUnknown, text));
            }
            continue;
        };
        if !manifest.modes.contains_key(stem) {
            let reason = format!("{} is no file of {}", columns::quoted(stem), manifest.format);
            refusals.push(refuse(Code::ManifestFileUnknown, Some(property.line), reason));
        }
    }
}
