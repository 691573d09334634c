//! The definition that a level was told by.

use std::sync::Arc;

use super::PathwayDefinition;
use crate::{
    graphql::{
        object::{Declaration, Graph},
        scalars::Decimal,
    },
    pathways::rules::levels::Definition,
    value_object,
};

value_object! {
    /// What makes a participant, a concentrator and a completer on the day asked for: a definition of
    /// the district, or that of the Perkins Act while the district has none in force.
    pub PathwayCriteria(Arc<Definition>)
}

pub(super) fn declare(graph: &mut Graph) {
    let criteria = graph.object::<PathwayCriteria>();
    criteria.column(
        "jurisdiction",
        |row| row.jurisdiction.clone(),
        "Whose definition it is, as `US` or `US-CO`.",
    );
    criteria.column("citation", |row| row.citation.clone(), "Where it is written.");
    criteria.column(
        "effectiveFrom",
        |row| row.effective_from,
        "The first day on which it is in force.",
    );
    criteria.column(
        "effectiveTo",
        |row| row.effective_to,
        "The last day on which it is in force; null while no end is known.",
    );
    numbers(criteria);
    criteria.belongs_to::<PathwayDefinition>(
        "definition",
        |row| row.row.map(Into::into),
        "The district's own definition; null for that of the Perkins Act, which is built in.",
    );
}

fn numbers(criteria: &mut Declaration<PathwayCriteria>) {
    criteria.column(
        "participantCourses",
        |row| row.participant_courses,
        "Completed courses of the pathway that make a participant.",
    );
    criteria.column(
        "concentratorCourses",
        |row| row.concentrator_courses,
        "Completed courses of the pathway that make a concentrator; null when only credits do.",
    );
    criteria.column(
        "concentratorCredits",
        |row| row.concentrator_credits.map(|credits| Decimal { hundredths: credits.into() }),
        "Credits earned in the pathway that make a concentrator; null when only courses do.",
    );
    criteria.column(
        "completerCourses",
        |row| row.completer_courses,
        "Completed courses that a completer needs besides having all required ones; null for no \
         such number.",
    );
}
