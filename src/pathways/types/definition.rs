//! Definitions of participants, concentrators and completers.

use entity::{
    id::PathwayDefinitionId,
    pathway_definition::{Column, Entity},
};

use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
        scalars::Decimal,
    },
    object, order,
    roster::types::{District, RecordStatus},
    tracked,
};

filter! {
    pub PathwayDefinitionWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PathwayDefinitionId,
        /// The first day on which it is in force.
        effective_from: DateFilter => EffectiveFrom,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PathwayDefinitionOrder, PathwayDefinitionOrderField on Entity as Column {
        /// By the first day on which it is in force.
        EffectiveFrom,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// What a district calls a participant, a concentrator and a completer of a pathway, for a time.
    /// While none of a district is in force, the definition of the Perkins Act holds: one completed
    /// course, two completed courses of one pathway, and all of its required courses.
    pub PathwayDefinition(Entity) is PathwayDefinitionId, needs Scope::PathwaysRead, by PathwayDefinitionWhere, PathwayDefinitionOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let definition = graph.node::<PathwayDefinition>();
    definition.column("id", |row| Key(row.id), "The global id.");
    definition.column(
        "jurisdiction",
        |row| row.jurisdiction.clone(),
        "Whose definition it is, as `US` or `US-CO`.",
    );
    definition.column("citation", |row| row.citation.clone(), "Where it is written.");
    definition.column(
        "effectiveFrom",
        |row| row.effective_from,
        "The first day on which it is in force.",
    );
    definition.column(
        "effectiveTo",
        |row| row.effective_to,
        "The last day on which it is in force; null while no end is known.",
    );
    numbers(definition);
    definition.column("status", |row| RecordStatus::from(row.status), "Whether it counts.");
    definition.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district that goes by it.",
    );
    definition.external_ids();
    tracked!(definition);
}

fn numbers(definition: &mut Declaration<PathwayDefinition>) {
    definition.column(
        "participantCourses",
        |row| row.participant_courses,
        "Completed courses of one pathway that make a participant.",
    );
    definition.column(
        "concentratorCourses",
        |row| row.concentrator_courses,
        "Completed courses of one pathway that make a concentrator; null when only credits do.",
    );
    definition
        .column(
            "concentratorCredits",
            |row| {
                let credits = row.concentrator_credits_hundredths;
                credits.map(|credits| Decimal { hundredths: credits.into() })
            },
            "Credits earned in one pathway that make a concentrator; null when only courses do.",
        )
        .reads([Column::ConcentratorCreditsHundredths]);
    definition.column(
        "completerCourses",
        |row| row.completer_courses,
        "Completed courses that a completer needs besides having all required ones; null for no \
         such number.",
    );
}
