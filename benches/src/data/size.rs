//! How many rows there are.

/// How many rows of each kind; the full set is that of two years of ten districts.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Students.
    pub students: u64,
    /// Placements: two for each student.
    pub placements: u64,
    /// Days of hours: five for each placement.
    pub time_entries: u64,
}

impl Size {
    /// Schools: fifty for each district.
    pub const SCHOOLS: u64 = 500;
    /// Partners.
    pub const PARTNERS: u64 = 2_000;
    /// Mentors: five for each partner.
    pub const CONTACTS: u64 = 10_000;
    /// Agreements: each partner has two.
    pub const AGREEMENTS: u64 = 4_000;
    /// Placements whose hours were written down in the same weeks.
    pub const TERM: u64 = 1_000;

    /// A share of the full set, in whole terms, at least one.
    pub fn scaled(share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to what fits"
        )]
        let terms = (share * 400.0).round().clamp(1.0, 10_000.0) as u64;
        let placements = terms * Self::TERM;
        Self { students: placements / 2, placements, time_entries: placements * 5 }
    }
}
