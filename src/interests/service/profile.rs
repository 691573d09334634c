//! The profiles of many students at once.
//!
//! Six statements whatever the number of students: which release is current, and the signals of
//! each kind; the occupations themselves are in memory. Nothing is kept between two questions: a
//! cache would have to hear of every signal in every replica, to save what takes no longer than to
//! ask whether it still holds.

mod signals;

use std::sync::Arc;

use chrono::{Months, NaiveDate};
use entity::id::{CareerClusterId, StudentId};

pub use signals::{From, signals};

use crate::{
    app::App,
    error::Result,
    interests::rules::{
        fit::Shapes,
        profile::{Profile, Six},
    },
    reference::{rules::catalogue::Catalogue, service::catalogue},
};

/// Occupations and clusters as profiles are compared with them.
#[derive(Debug)]
pub struct Release {
    /// The occupations and clusters.
    pub catalogue: Arc<Catalogue>,
    /// Their six scores.
    pub shapes: Shapes,
}

impl Release {
    /// What is current now.
    pub async fn current(app: &App) -> Result<Arc<Self>> {
        let catalogue = catalogue::current(app).await?;
        let shapes = Shapes::of(&catalogue);
        Ok(Arc::new(Self { catalogue, shapes }))
    }

    /// The six scores of what a signal is about.
    fn shape(&self, code: Option<&str>, cluster: Option<CareerClusterId>) -> Option<Six> {
        if let Some(code) = code {
            let at = self.catalogue.place_of(code)?;
            return self.shapes.occupations[at];
        }
        self.shapes.clusters[self.catalogue.cluster_of(cluster?)?]
    }
}

/// A student's profile on a day, and what it was a year before.
#[derive(Debug, Clone)]
pub struct Known {
    /// The profile.
    pub profile: Profile,
    /// What it was a year before.
    pub before: Profile,
    /// What it is compared with.
    pub release: Arc<Release>,
}

/// The profiles of these students at the end of a day, in their order.
pub async fn of(
    app: &App,
    from: From<'_>,
    students: &[StudentId],
    as_of: NaiveDate,
) -> Result<Vec<Known>> {
    let release = Release::current(app).await?;
    let signals = signals(from, &release, students).await?;
    let year_before = as_of.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    let known = |student: &StudentId| {
        let signals = signals.get(student).map_or(&[][..], Vec::as_slice);
        Known {
            profile: Profile::of(as_of, signals),
            before: Profile::of(year_before, signals),
            release: release.clone(),
        }
    };
    Ok(students.iter().map(known).collect())
}
