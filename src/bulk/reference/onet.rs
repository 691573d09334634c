//! O*NET's occupations with their interest scores.
//!
//! `Interests.txt` has two scales: `OI` are the six scores, which are read, and `IH` the codes of the
//! three highest areas, which follow from them and are left out. A release lists occupations without
//! scores; those with scores in some areas only are refused. What `Occupation Data.txt` describes in
//! sentences is not read.

mod value;

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use entity::riasec::{InterestArea, Riasec};

use super::{
    LoadOptions,
    folder::{Folder, Wanted, of_file},
    release::in_folder_name,
    report::Findings,
    sheet::{Form, Row, Sheet},
    title,
};
use crate::{
    bulk::import::{Progress, Refusal},
    reference::{
        rules::codes::is_onet_soc,
        service::load::{NewOccupation, NewRelease},
    },
};
pub use value::hundredths;
use value::month;

const TITLES: &str = "titles";
const INTERESTS: &str = "interests";
const ZONES: &str = "job zones";

/// The files of a text release.
pub const FILES: [Wanted; 3] = [
    Wanted {
        role: TITLES,
        is_named: |name| name == "occupation data.txt",
        name: "Occupation Data.txt",
        is_required: true,
    },
    Wanted {
        role: INTERESTS,
        is_named: |name| name == "interests.txt",
        name: "Interests.txt",
        is_required: true,
    },
    Wanted {
        role: ZONES,
        is_named: |name| name == "job zones.txt",
        name: "Job Zones.txt",
        is_required: false,
    },
];

const CODE: &str = "O*NET-SOC Code";
const TITLE: &str = "Title";
const ELEMENT: &str = "Element ID";
const SCALE: &str = "Scale ID";
const VALUE: &str = "Data Value";
const DATE: &str = "Date";
const ZONE: &str = "Job Zone";

/// The elements of the six areas, in their order.
const ELEMENTS: [&str; 6] = ["1.B.1.a", "1.B.1.b", "1.B.1.c", "1.B.1.d", "1.B.1.e", "1.B.1.f"];

/// What an occupation's rows came to so far.
struct Draft {
    title: String,
    zone: Option<i32>,
    scores: [Option<i32>; 6],
    /// The line of its first score.
    line: u64,
    /// Whether one of its scores was refused already.
    has_refused: bool,
}

/// The occupations of a release on their way out of its files.
struct Reading<'r> {
    drafts: BTreeMap<String, Draft>,
    newest: Option<NaiveDate>,
    left_out: HashMap<String, usize>,
    findings: &'r mut Findings,
}

/// Reads a release.
pub fn read(
    folder: &Folder,
    options: &LoadOptions,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Option<(NewRelease, Vec<NewOccupation>)> {
    let mut reading =
        Reading { drafts: BTreeMap::new(), newest: None, left_out: HashMap::new(), findings };
    reading.titles(folder, progress)?;
    reading.interests(folder, progress)?;
    reading.zones(folder, progress);
    let release = reading.release(folder, options)?;
    Some((release, reading.finish(folder)))
}

impl Reading<'_> {
    fn titles(&mut self, folder: &Folder, progress: &dyn Progress) -> Option<()> {
        let file = folder.file(TITLES)?;
        let (name, text) = (&file.name, &file.text);
        let required = [CODE, TITLE];
        let sheet = Sheet::read(name, text, Form::Tabs, &required, &[], self.findings, progress)?;
        for row in sheet.rows() {
            let code = self.code(&row);
            let title = title::of(&row, TITLE, self.findings);
            let (Some(code), Some(title)) = (code, title) else { continue };
            if self.drafts.contains_key(code) {
                let reason = "an earlier row has this code";
                self.findings.refuse(row.refusal(CODE, "DUPLICATE", reason));
                continue;
            }
            let draft = Draft { title, zone: None, scores: [None; 6], line: 0, has_refused: false };
            self.drafts.insert(code.to_owned(), draft);
        }
        Some(())
    }

    fn code<'s>(&mut self, row: &Row<'s>) -> Option<&'s str> {
        row.formed(CODE, is_onet_soc, "an O*NET-SOC code as 29-1141.00", self.findings)
    }

    fn interests(&mut self, folder: &Folder, progress: &dyn Progress) -> Option<()> {
        let file = folder.file(INTERESTS)?;
        let (name, text) = (&file.name, &file.text);
        let required = [CODE, ELEMENT, SCALE, VALUE];
        let sheet =
            Sheet::read(name, text, Form::Tabs, &required, &[DATE], self.findings, progress)?;
        for row in sheet.rows() {
            self.date(&row);
            let Some(code) = self.code(&row) else { continue };
            let area = ELEMENTS.iter().position(|element| *element == row.get(ELEMENT));
            match (row.get(SCALE), area) {
                ("OI", Some(area)) => self.score(&row, code, area),
                ("", _) => {
                    self.findings.refuse(row.refusal(SCALE, "REQUIRED", "a scale is expected"));
                }
                (scale, _) => *self.left_out.entry(scale.to_owned()).or_default() += 1,
            }
        }
        Some(())
    }

    fn date(&mut self, row: &Row<'_>) {
        let written = row.get(DATE);
        if written.is_empty() {
            return;
        }
        let month = month(written);
        if month.is_none() {
            let reason = "a month as 02/2026 is expected";
            self.findings.refuse(row.refusal(DATE, "INVALID_FORMAT", reason));
        }
        self.newest = self.newest.max(month);
    }

    fn score(&mut self, row: &Row<'_>, code: &str, area: usize) {
        let refusal = match (self.drafts.get_mut(code), hundredths(row.get(VALUE))) {
            (None, _) => {
                row.refusal(CODE, "REFERENCE_NOT_FOUND", "no such code in Occupation Data.txt")
            }
            (Some(draft), None) => {
                draft.has_refused = true;
                row.refusal(VALUE, "INVALID_FORMAT", "a score as 3.05 is expected")
            }
            (Some(draft), Some(score)) if !(100..=700).contains(&score) => {
                draft.has_refused = true;
                row.refusal(VALUE, "OUT_OF_RANGE", "a score lies between 1.00 and 7.00")
            }
            (Some(draft), _) if draft.scores[area].is_some() => {
                row.refusal(ELEMENT, "DUPLICATE", "an earlier row scores this code in this area")
            }
            (Some(draft), Some(score)) => {
                if draft.scores == [None; 6] {
                    draft.line = row.line;
                }
                draft.scores[area] = Some(score);
                return;
            }
        };
        self.findings.refuse(refusal);
    }

    fn zones(&mut self, folder: &Folder, progress: &dyn Progress) {
        let Some(file) = folder.file(ZONES) else { return };
        let (name, text) = (&file.name, &file.text);
        let required = [CODE, ZONE];
        let sheet = Sheet::read(name, text, Form::Tabs, &required, &[], self.findings, progress);
        for row in sheet.iter().flat_map(Sheet::rows) {
            let Some(code) = self.code(&row) else { continue };
            let zone = row.get(ZONE).parse().ok().filter(|zone| (1..=5).contains(zone));
            let refusal = match (self.drafts.get_mut(code), zone) {
                (None, _) => {
                    row.refusal(CODE, "REFERENCE_NOT_FOUND", "no such code in Occupation Data.txt")
                }
                (_, None) => {
                    row.refusal(ZONE, "OUT_OF_RANGE", "a job zone from 1 to 5 is expected")
                }
                (Some(draft), _) if draft.zone.is_some() => {
                    row.refusal(CODE, "DUPLICATE", "an earlier row has this code")
                }
                (Some(draft), zone) => {
                    draft.zone = zone;
                    continue;
                }
            };
            self.findings.refuse(refusal);
        }
    }

    /// Named by the operator, by the folder, or by the month of the newest scores.
    fn release(&mut self, folder: &Folder, options: &LoadOptions) -> Option<NewRelease> {
        let Some(day) = options.released_on.or(self.newest) else {
            let reason = "the file does not tell a date: give one with --date";
            let name = folder.file(INTERESTS).map_or("", |file| &file.name);
            self.findings.refuse(of_file(name, "REQUIRED", reason));
            return None;
        };
        let month = || format!("{:04}-{:02}", day.year(), day.month());
        Some(options.release(in_folder_name(&folder.name).unwrap_or_else(month), day))
    }

    fn finish(self, folder: &Folder) -> Vec<NewOccupation> {
        let Self { drafts, left_out, findings, .. } = self;
        let interests = folder.file(INTERESTS).map_or("", |file| &file.name);
        let mut occupations = Vec::with_capacity(drafts.len());
        for (code, draft) in drafts {
            let is_short = draft.line > 0 && draft.scores.contains(&None);
            if is_short && !draft.has_refused {
                let reason = format!("{code} has no score for {}", missing(&draft.scores));
                let refusal = of_file(interests, "AREA_MISSING", reason);
                findings.refuse(Refusal {
                    line: Some(draft.line),
                    column: Some(ELEMENT.to_owned()),
                    ..refusal
                });
            }
            let interests = whole(draft.scores);
            let Draft { title, zone, .. } = draft;
            occupations.push(NewOccupation { code, title, job_zone: zone, interests });
        }
        let scored = occupations.iter().filter(|one| one.interests.is_some()).count();
        findings.count("occupations", occupations.len());
        findings.count("with interest scores", scored);
        findings.count("without interest scores", occupations.len() - scored);
        let mut left_out: Vec<_> = left_out.into_iter().collect();
        left_out.sort_unstable();
        for (scale, rows) in left_out {
            findings.note(format!("{rows} rows of the scale {scale} are no scores: left out"));
        }
        if occupations.is_empty() {
            let name = folder.file(TITLES).map_or("", |file| &file.name);
            findings.refuse(of_file(name, "HEADER_ONLY", "has no occupations"));
        }
        occupations
    }
}

fn whole(scores: [Option<i32>; 6]) -> Option<Riasec> {
    let scores: Option<Vec<i32>> = scores.into_iter().collect();
    scores?.try_into().ok().map(Riasec)
}

fn missing(scores: &[Option<i32>; 6]) -> String {
    let areas = InterestArea::ALL.into_iter().zip(scores);
    let areas = areas.filter(|(_, score)| score.is_none());
    areas.map(|(area, _)| format!("{area:?}")).collect::<Vec<_>>().join(", ")
}
