//! What a load came to.

use std::{fmt, time::Duration};

use chrono::NaiveDate;
use entity::reference_release::ReferenceDataset;
use serde::{Serialize, Serializer};

use super::folder::of_file;
use crate::{
    bulk::import::{FileCount, Refusal, Tail},
    reference::service::load::Loaded,
    typeid,
};

/// Refusals that are kept word by word; all are counted.
const KEPT: usize = 1_000;

/// What was found while files were read.
#[derive(Debug, Default)]
pub struct Findings {
    files: Vec<FileCount>,
    refused: u64,
    refusals: Vec<Refusal>,
    notes: Vec<String>,
    counts: Vec<(&'static str, u64)>,
    bytes: u64,
}

impl Findings {
    /// Takes down why a row or a file cannot be taken.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refused += 1;
        if let Some(file) = self.files.iter_mut().find(|file| file.file == refusal.file) {
            file.refused += 1;
        }
        if self.refusals.len() < KEPT {
            self.refusals.push(refusal);
        }
    }

    /// Takes down why the release cannot go by its name.
    pub fn refuse_name(&mut self, reason: String) {
        self.refuse(of_file("release", "ALREADY_EXISTS", reason));
    }

    /// Whether nothing was refused so far.
    pub fn are_clean(&self) -> bool {
        self.refused == 0
    }

    /// Takes down that a file was read, and tells how much of all files is behind.
    pub fn read(&mut self, file: &str, rows: usize, bytes: usize) -> u64 {
        let refused = self.refusals.iter().filter(|one| one.file == file).count() as u64;
        let rows = rows as u64 + refused;
        self.files.push(FileCount { file: file.to_owned(), rows, refused });
        self.bytes += bytes as u64;
        self.bytes
    }

    /// Takes down how many there are of something.
    pub fn count(&mut self, what: &'static str, number: usize) {
        self.counts.push((what, number as u64));
    }

    /// Takes down for how many students something was worked out anew.
    pub fn renewed(&mut self, students: usize) {
        if students > 0 {
            self.count("students worked out anew", students);
        }
    }

    /// Takes down something that is worth a word without being wrong.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

/// What became of the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LoadOutcome {
    /// It was loaded.
    Loaded,
    /// It was there before: nothing was written.
    Unchanged,
    /// Something was wrong with it: nothing was written.
    Refused,
}

/// What a load came to.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadReport {
    /// What the release is of.
    pub dataset: &'static str,
    /// What became of it.
    pub outcome: LoadOutcome,
    /// Its global id, when it is loaded.
    pub id: Option<String>,
    /// Its name, when it is loaded.
    pub release: Option<String>,
    /// The day of its publication, when it is loaded.
    pub released_on: Option<NaiveDate>,
    /// Whether it is the newest of the dataset.
    pub is_current: bool,
    /// What each file held.
    pub files: Vec<FileCount>,
    /// How many there are of what.
    #[serde(serialize_with = "by_name")]
    pub counts: Vec<(&'static str, u64)>,
    /// How many reasons there were to refuse it.
    pub refused: u64,
    /// The first of these reasons.
    pub refusals: Vec<Refusal>,
    /// What was let pass or left out.
    pub notes: Vec<String>,
    /// How long it took.
    pub seconds: f64,
}

impl LoadReport {
    /// How many there are of something; none when it was not counted.
    #[must_use]
    pub fn count(&self, what: &str) -> Option<u64> {
        self.counts.iter().find(|(counted, _)| *counted == what).map(|(_, number)| *number)
    }

    pub(super) fn new(
        dataset: ReferenceDataset,
        loaded: Option<Loaded>,
        findings: Findings,
        taken: Duration,
    ) -> Self {
        let outcome = match &loaded {
            Some(loaded) if loaded.is_new => LoadOutcome::Loaded,
            Some(_) => LoadOutcome::Unchanged,
            None => LoadOutcome::Refused,
        };
        let release = loaded.map(|loaded| loaded.release);
        Self {
            dataset: label(dataset),
            outcome,
            id: release.as_ref().map(|release| typeid::encode(release.id)),
            release: release.as_ref().map(|release| release.name.clone()),
            released_on: release.as_ref().map(|release| release.released_on),
            is_current: release.is_some_and(|release| release.is_current),
            files: findings.files,
            counts: findings.counts,
            refused: findings.refused,
            refusals: findings.refusals,
            notes: findings.notes,
            seconds: taken.as_secs_f64(),
        }
    }
}

/// `with interest scores` is `withInterestScores` to a program.
fn by_name<S: Serializer>(counts: &[(&str, u64)], to: S) -> Result<S::Ok, S::Error> {
    let name = |words: &str| {
        let mut words = words.split(' ').map(str::to_lowercase);
        let first = words.next().unwrap_or_default();
        words.fold(first, |name, word| {
            let mut letters = word.chars();
            let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
            name + &initial.into_iter().chain(letters).collect::<String>()
        })
    };
    to.collect_map(counts.iter().map(|(words, number)| (name(words), number)))
}

/// The dataset as the command line names it.
fn label(dataset: ReferenceDataset) -> &'static str {
    match dataset {
        ReferenceDataset::Onet => "onet",
        ReferenceDataset::CareerClusters => "clusters",
        ReferenceDataset::CipSoc => "cip-soc",
    }
}

impl fmt::Display for LoadReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.release.as_deref().unwrap_or_default();
        match self.outcome {
            LoadOutcome::Loaded => writeln!(out, "{} {name}: loaded", self.dataset)?,
            LoadOutcome::Unchanged => {
                writeln!(out, "{} {name}: was loaded before, nothing changed", self.dataset)?;
            }
            LoadOutcome::Refused => writeln!(out, "{}: refused, nothing was loaded", self.dataset)?,
        }
        if self.release.is_some() && !self.is_current {
            writeln!(out, "a newer release is current")?;
        }
        for (what, number) in &self.counts {
            writeln!(out, "{number:>10}  {what}")?;
        }
        let Self { files, refused, refusals, notes, seconds, .. } = self;
        Tail { files, refused: *refused, refusals, notes, seconds: *seconds }.fmt(out)
    }
}
