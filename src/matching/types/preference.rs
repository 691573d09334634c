//! Lines of students' lists of wishes.

use entity::{
    id::{OpportunityId, PlacementPreferenceId, StudentId},
    placement_preference::{Column, Entity},
};

use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
    },
    object, order,
    partners::types::Opportunity,
    roster::types::{District, RecordStatus, Student},
    tracked,
};

filter! {
    pub PlacementPreferenceWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PlacementPreferenceId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The opportunity.
        opportunity: IdFilter => OpportunityId of OpportunityId,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PlacementPreferenceOrder, PlacementPreferenceOrderField on Entity as Column {
        /// By the place on the list.
        Rank,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A line of a student's list of wishes: an opportunity and the place that it has there. Runs of
    /// the matching go by these lists. Partners do not see them.
    pub PlacementPreference(Entity) is PlacementPreferenceId, needs Scope::PlacementsRead, by PlacementPreferenceWhere, PlacementPreferenceOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let preference = graph.node::<PlacementPreference>();
    preference.column("id", |row| Key(row.id), "The global id.");
    preference
        .column("rank", |row| row.rank, "The place on the list; 1 is wanted most.")
        .pii(Class::Interest);
    preference.column(
        "status",
        |row| RecordStatus::from(row.status),
        "Whether it still holds. A RETIRED line stays and counts no more.",
    );
    preference.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district.",
    );
    preference.belongs_to::<Student>(
        "student",
        |row| Some(row.student_id.into()),
        "Whose list it is on.",
    );
    preference.belongs_to::<Opportunity>(
        "opportunity",
        |row| Some(row.opportunity_id.into()),
        "What is wanted.",
    );
    preference.external_ids();
    tracked!(preference);
    graph.object::<Student>().has_many::<PlacementPreference>(
        "placementPreferences",
        Column::StudentId,
        |row| row.id.into(),
        "The student's list of wishes, lines that no longer hold included.",
    );
    graph.object::<Opportunity>().has_many::<PlacementPreference>(
        "placementPreferences",
        Column::OpportunityId,
        |row| row.id.into(),
        "The lists of your students that it stands on.",
    );
}
