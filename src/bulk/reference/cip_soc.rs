//! The crosswalk of the NCES between programmes of study and occupations.
//!
//! The editions stand in the names of its columns, as `CIP2020Code`. The codes `99.9999` and
//! `99-9999` stand for "no match": what is only paired with them is known, and leads nowhere. Its
//! list of CIP codes, which names families and groups too, guards each code as `="01.0102"`; codes
//! that were moved away or deleted are left out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::reference_release::ReferenceDataset;

use super::{
    LoadOptions,
    folder::{File, Folder, Wanted, of_file},
    report::Findings,
    sheet::{Form, Row, Sheet},
    title,
};
use crate::{
    bulk::import::Progress,
    reference::{
        rules::codes::{is_cip, is_cip_program, is_soc},
        service::load::{NewCipSoc, NewRelease},
    },
};

const PAIRS: &str = "pairs";
const CODES: &str = "codes";

/// The files of a release.
pub const FILES: [Wanted; 2] = [
    Wanted {
        role: PAIRS,
        is_named: |name| {
            let stem = name.strip_suffix(".csv").unwrap_or_default();
            stem.starts_with("cip") && stem.contains("_soc") && stem.contains("crosswalk")
        },
        name: "CIP2020_SOC2018_Crosswalk.csv",
        is_required: true,
    },
    Wanted {
        role: CODES,
        is_named: |name| name.strip_suffix(".csv").is_some_and(|stem| stem.starts_with("cipcode")),
        name: "CIPCode2020.csv",
        is_required: false,
    },
];

/// "No match", in both codes.
const NO_PROGRAM: &str = "99.9999";
const NO_OCCUPATION: &str = "99-9999";

/// The editions that we know the columns of.
const EDITIONS: [Edition; 2] = [
    Edition {
        cip: "2020",
        soc: "2018",
        columns: ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"],
    },
    Edition {
        cip: "2010",
        soc: "2010",
        columns: ["CIP2010Code", "CIP2010Title", "SOC2010Code", "SOC2010Title"],
    },
];

/// A pair of editions, and what the columns are called that hold their codes and titles.
struct Edition {
    cip: &'static str,
    soc: &'static str,
    columns: [&'static str; 4],
}

/// The crosswalk on its way out of its files.
struct Reading<'r> {
    programs: BTreeMap<String, String>,
    occupations: BTreeMap<String, String>,
    pairs: BTreeSet<(String, String)>,
    findings: &'r mut Findings,
    progress: &'r dyn Progress,
}

/// Reads a release.
pub fn read(
    folder: &Folder,
    options: &LoadOptions,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Option<(NewRelease, NewCipSoc)> {
    let mut reading = Reading {
        programs: BTreeMap::new(),
        occupations: BTreeMap::new(),
        pairs: BTreeSet::new(),
        findings,
        progress,
    };
    let edition = reading.pairs(folder.file(PAIRS)?)?;
    if let Some(file) = folder.file(CODES) {
        reading.codes(file);
    }
    let day = NaiveDate::from_ymd_opt(edition.cip.parse().ok()?, 1, 1)?;
    let name = format!("CIP {} to SOC {}", edition.cip, edition.soc);
    let release = NewRelease {
        cip_version: Some(edition.cip.to_owned()),
        soc_version: Some(edition.soc.to_owned()),
        ..options.release(name, day)
    };
    debug_assert_eq!(release.dataset, ReferenceDataset::CipSoc);
    Some((release, reading.finish()))
}

impl Reading<'_> {
    fn pairs(&mut self, file: &File) -> Option<&'static Edition> {
        let header = file.text.lines().next().unwrap_or_default();
        let edition = EDITIONS.iter().find(|edition| header.contains(edition.columns[0]));
        // Without an edition that we know, the columns of the newest are asked for.
        let edition = edition.unwrap_or(&EDITIONS[0]);
        let (name, text) = (&file.name, &file.text);
        let columns = &edition.columns;
        let sheet =
            Sheet::read(name, text, Form::Commas, columns, &[], self.findings, self.progress)?;
        let mut seen = BTreeSet::new();
        for row in sheet.rows() {
            let [cip_column, cip_title, soc_column, soc_title] = *columns;
            let cip =
                row.formed(cip_column, is_cip_program, "a CIP code as 51.3801", self.findings);
            let soc = row.formed(soc_column, is_soc, "a SOC code as 29-1141", self.findings);
            let (Some(cip), Some(soc)) = (cip, soc) else { continue };
            if !seen.insert((cip.to_owned(), soc.to_owned())) {
                let reason = "an earlier row has this pair";
                self.findings.refuse(row.refusal(cip_column, "DUPLICATE", reason));
                continue;
            }
            if cip != NO_PROGRAM {
                name_code(&mut self.programs, cip, &row, cip_title, self.findings);
            }
            if soc != NO_OCCUPATION {
                name_code(&mut self.occupations, soc, &row, soc_title, self.findings);
            }
            if cip != NO_PROGRAM && soc != NO_OCCUPATION {
                self.pairs.insert((cip.to_owned(), soc.to_owned()));
            }
        }
        if seen.is_empty() && self.findings.are_clean() {
            self.findings.refuse(of_file(name, "HEADER_ONLY", "has no rows"));
        }
        Some(edition)
    }

    fn codes(&mut self, file: &File) {
        let (name, text) = (&file.name, &file.text);
        let required = ["CIPCode", "Action", "CIPTitle"];
        let (findings, progress) = (&mut *self.findings, self.progress);
        let sheet = Sheet::read(name, text, Form::Commas, &required, &[], findings, progress);
        let mut gone = 0;
        for row in sheet.iter().flat_map(Sheet::rows) {
            let written = row.get("CIPCode");
            let guarded = written.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
            let code = guarded.unwrap_or(written);
            if !is_cip(code) {
                let reason = "a CIP code as 51.3801, 51.38 or 51 is expected";
                self.findings.refuse(row.refusal("CIPCode", "INVALID_FORMAT", reason));
            } else if matches!(row.get("Action"), "Deleted" | "Moved from") {
                gone += 1;
            } else {
                name_code(&mut self.programs, code, &row, "CIPTitle", self.findings);
            }
        }
        if gone > 0 {
            self.findings.note(format!("{gone} CIP codes were moved or deleted: left out"));
        }
    }

    fn finish(self) -> NewCipSoc {
        let Self { programs, occupations, pairs, findings, .. } = self;
        let from: BTreeSet<_> = pairs.iter().map(|(cip, _)| cip).collect();
        let to: BTreeSet<_> = pairs.iter().map(|(_, soc)| soc).collect();
        let of_programs = programs.keys().filter(|code| is_cip_program(code)).count();
        findings.count("CIP codes", programs.len());
        findings.count("CIP programmes that lead to no SOC", of_programs - from.len());
        findings.count("SOC codes", occupations.len());
        findings.count("SOC codes that no CIP leads to", occupations.len() - to.len());
        findings.count("pairs", pairs.len());
        NewCipSoc {
            programs: programs.into_iter().collect(),
            occupations: occupations.into_iter().collect(),
            pairs: pairs.into_iter().collect(),
        }
    }
}

/// Keeps the first title of a code.
fn name_code(
    titles: &mut BTreeMap<String, String>,
    code: &str,
    row: &Row<'_>,
    column: &str,
    findings: &mut Findings,
) {
    if !titles.contains_key(code)
        && let Some(title) = title::of(row, column, findings)
    {
        titles.insert(code.to_owned(), title);
    }
}
