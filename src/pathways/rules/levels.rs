//! What makes a participant, a concentrator and a completer: data, picked by the day.
//!
//! A district goes by its own definition while it has one in force. Otherwise that of the Strengthening
//! Career and Technical Education for the 21st Century Act (Perkins V) holds, which is listed below
//! like any other row: a participant has completed a course of a programme, a concentrator of a
//! secondary school two courses of *one* programme. What a completer is the Act leaves to the states;
//! here it is whoever has completed all required courses. A college that counts credits, or a state
//! with other numbers, writes a definition of its own.

use chrono::NaiveDate;
use entity::{
    id::{DistrictId, PathwayDefinitionId},
    pathway_definition,
};

/// How far a student has come on a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// On it, without a completed course.
    None,
    /// Has completed some of it.
    Participant,
    /// Has completed enough of it to be counted as learning for its field.
    Concentrator,
    /// Has completed it.
    Completer,
}

/// What makes each level, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The row that says so; none when it is built in.
    pub row: Option<PathwayDefinitionId>,
    /// Whose definition it is.
    pub jurisdiction: String,
    /// Where it is written.
    pub citation: String,
    /// The first day on which it is in force.
    pub effective_from: NaiveDate,
    /// The last day on which it is in force.
    pub effective_to: Option<NaiveDate>,
    /// Completed courses that make a participant.
    pub participant_courses: i32,
    /// Completed courses that make a concentrator.
    pub concentrator_courses: Option<i32>,
    /// Credits earned that make a concentrator, in hundredths.
    pub concentrator_credits: Option<i32>,
    /// Completed courses that a completer needs besides all required ones.
    pub completer_courses: Option<i32>,
}

/// A definition that the program brings along.
struct BuiltIn {
    jurisdiction: &'static str,
    citation: &'static str,
    /// Year, month and day.
    effective_from: (i32, u32, u32),
    participant_courses: i32,
    concentrator_courses: Option<i32>,
    concentrator_credits: Option<i32>,
    completer_courses: Option<i32>,
}

/// The oldest first; it holds for the time before it, too.
const BUILT_IN: [BuiltIn; 1] = [BuiltIn {
    jurisdiction: "US",
    citation: "Perkins V, Sec. 3(12)(A) and (13), 20 U.S.C. 2302",
    effective_from: (2019, 7, 1),
    participant_courses: 1,
    concentrator_courses: Some(2),
    concentrator_credits: None,
    completer_courses: None,
}];

impl BuiltIn {
    fn first_day(&self) -> NaiveDate {
        let (year, month, day) = self.effective_from;
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    fn definition(&self) -> Definition {
        Definition {
            row: None,
            jurisdiction: self.jurisdiction.to_owned(),
            citation: self.citation.to_owned(),
            effective_from: self.first_day(),
            effective_to: None,
            participant_courses: self.participant_courses,
            concentrator_courses: self.concentrator_courses,
            concentrator_credits: self.concentrator_credits,
            completer_courses: self.completer_courses,
        }
    }
}

impl Definition {
    /// The definition that the program brings along for a day.
    #[must_use]
    pub fn built_in(on: NaiveDate) -> Self {
        let in_force = BUILT_IN.iter().rev().find(|one| one.first_day() <= on);
        in_force.unwrap_or(&BUILT_IN[0]).definition()
    }

    /// What a district goes by on a day, given the definitions that count.
    #[must_use]
    pub fn in_force(
        rows: &[pathway_definition::Model],
        district: DistrictId,
        on: NaiveDate,
    ) -> Self {
        let is_in_force = |row: &&pathway_definition::Model| {
            row.district_id == district
                && row.effective_from <= on
                && row.effective_to.is_none_or(|last| on <= last)
        };
        let newest =
            rows.iter().filter(is_in_force).max_by_key(|row| (row.effective_from, row.id.0));
        newest.map_or_else(|| Self::built_in(on), Self::of_row)
    }

    fn of_row(row: &pathway_definition::Model) -> Self {
        Self {
            row: Some(row.id),
            jurisdiction: row.jurisdiction.clone(),
            citation: row.citation.clone(),
            effective_from: row.effective_from,
            effective_to: row.effective_to,
            participant_courses: row.participant_courses,
            concentrator_courses: row.concentrator_courses,
            concentrator_credits: row.concentrator_credits_hundredths,
            completer_courses: row.completer_courses,
        }
    }
}
