//! Holland's six areas of interest, and a score in each.

use sea_orm::entity::prelude::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// An area of interest, in the order in which Holland names them: R, I, A, S, E, C.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InterestArea {
    /// Working with things, tools and machines.
    #[default]
    Realistic,
    /// Finding out and understanding.
    Investigative,
    /// Creating and expressing.
    Artistic,
    /// Helping and teaching people.
    Social,
    /// Leading and persuading people.
    Enterprising,
    /// Keeping things in order and to rule.
    Conventional,
}

impl InterestArea {
    /// All six, in their order.
    pub const ALL: [Self; 6] = [
        Self::Realistic,
        Self::Investigative,
        Self::Artistic,
        Self::Social,
        Self::Enterprising,
        Self::Conventional,
    ];

    /// The letter that stands for it in a Holland code.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Realistic => 'R',
            Self::Investigative => 'I',
            Self::Artistic => 'A',
            Self::Social => 'S',
            Self::Enterprising => 'E',
            Self::Conventional => 'C',
        }
    }
}

/// A score in each area, in hundredths, in the order of [`InterestArea::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Riasec(pub [i32; 6]);

impl Riasec {
    /// The score in an area, in hundredths.
    #[must_use]
    pub const fn of(self, area: InterestArea) -> i32 {
        self.0[area as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{InterestArea, Riasec};

    #[test]
    fn areas_stand_in_the_order_of_their_letters() {
        let letters: String = InterestArea::ALL.into_iter().map(InterestArea::letter).collect();
        assert_eq!(letters, "RIASEC");
        let scores = Riasec([1, 2, 3, 4, 5, 6]);
        let read: Vec<_> = InterestArea::ALL.into_iter().map(|area| scores.of(area)).collect();
        assert_eq!(read, [1, 2, 3, 4, 5, 6]);
    }
}
