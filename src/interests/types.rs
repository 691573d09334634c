//! The objects of students' interests.

mod asked;
mod assessment;
mod evidence;
mod exposure;
mod goal;
mod profile;
mod ranked;
mod shared;
mod summary;
mod survey;

pub use assessment::{InterestAssessment, InterestInstrument};
pub use evidence::{InterestEvidence, InterestSignalKind};
pub use exposure::{CareerExposure, CareerExposureKind};
pub use goal::{CareerGoal, CareerGoalKind};
pub use profile::{InterestProfile, InterestTrend};
pub use ranked::{Ranked, RankedCluster, RankedOccupation};
pub use summary::{InterestAreaCount, InterestClusterCount, InterestSummary};
pub use survey::{CareerSurvey, CareerSurveyQuestion, CareerSurveyResponse};

use async_graphql::Enum;
use entity::riasec;

use crate::{graphql::object::Graph, leaf_enums};

/// One of Holland's six areas of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "riasec::InterestArea")]
pub enum InterestArea {
    /// Working with things, tools and machines.
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

leaf_enums!(InterestArea);

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    assessment::declare(graph);
    survey::declare(graph);
    exposure::declare(graph);
    goal::declare(graph);
    evidence::declare(graph);
    ranked::declare(graph);
    profile::declare(graph);
    asked::declare(graph);
    summary::declare(graph);
    super::query::declare(graph.query());
}
