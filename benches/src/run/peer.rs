//! Who is measured.

/// A server on a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Peer {
    /// The limit, on PostgreSQL.
    Handwritten,
    /// Pathbridge on PostgreSQL.
    Postgres,
    /// Pathbridge on the embedded SQLite.
    Sqlite,
    /// PostGraphile with its amber preset.
    PostGraphile,
}

/// A set of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Base {
    /// The full set.
    Full,
    /// A hundredth of its students, placements and hours.
    Small,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    /// The sync page, every full page of the district in mixed order.
    Pages,
    /// Its first page again and again.
    FirstPage,
    /// Its last full page again and again.
    LastPage,
    /// One student at a glance, one after the other.
    Student,
    /// One student's telephone number changed under a key, each time another's.
    Write,
}

/// One thing to measure.
pub(super) type Work = (Peer, Base, Question);

impl Peer {
    /// As the tables name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Handwritten => "hand-written, PostgreSQL",
            Self::Postgres => "Pathbridge, PostgreSQL",
            Self::Sqlite => "Pathbridge, SQLite",
            Self::PostGraphile => "PostGraphile, PostgreSQL",
        }
    }
}

impl Base {
    /// The name of its databases.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}

impl Question {
    /// As the progress and the tables name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pages => "sync page, all pages",
            Self::FirstPage => "sync page, first page",
            Self::LastPage => "sync page, last page",
            Self::Student => "student at a glance",
            Self::Write => "single mutation",
        }
    }
}

/// Everything that is measured, in the order of a round.
pub(super) fn works(with_postgraphile: bool) -> Vec<Work> {
    use Base::{Full, Small};
    use Peer::{Handwritten, PostGraphile, Postgres, Sqlite};
    use Question::{FirstPage, LastPage, Pages, Student, Write};
    let mut all = vec![
        (Handwritten, Full, Pages),
        (Postgres, Full, Pages),
        (Sqlite, Full, Pages),
        (PostGraphile, Full, Pages),
        (Postgres, Full, Student),
        (Sqlite, Full, Student),
        (PostGraphile, Full, Student),
        (Handwritten, Full, Write),
        (Postgres, Full, Write),
        (Sqlite, Full, Write),
    ];
    for peer in [Postgres, Sqlite] {
        all.extend([(peer, Small, Pages), (peer, Full, FirstPage), (peer, Full, LastPage)]);
    }
    all.retain(|(peer, ..)| with_postgraphile || *peer != PostGraphile);
    all
}
