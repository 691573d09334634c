//! Runs of the matching.

use async_graphql::Enum;
use entity::{
    id::MatchRunId,
    match_run::{self, Column, Entity},
};

use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums,
    matching::rules::priority::Priority,
    object, order,
    roster::types::District,
    tracked,
};

/// How far a run of the matching has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "match_run::MatchRunState")]
pub enum MatchRunState {
    /// It waits for a coordinator, and changes nothing until then.
    Proposed,
    /// Its placements were made.
    Confirmed,
    /// Nothing comes of it.
    Discarded,
}

/// What comes before the lottery where more students want a seat than there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Priority")]
pub enum MatchPriority {
    /// Who has had no placement, and has none, comes first.
    FirstPlacement,
    /// Who is in a higher grade comes first; a grade that is no number comes last.
    HigherGrade,
}

leaf_enums!(MatchRunState, MatchPriority);
enum_filter!(pub MatchRunStateFilter of MatchRunState as match_run::MatchRunState);

filter! {
    pub MatchRunWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of MatchRunId,
        /// How far it has come.
        state: MatchRunStateFilter => State,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub MatchRunOrder, MatchRunOrderField on Entity as Column {
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A proposal of who gets which seat, for all students with a list of wishes. It assigns by
    /// student-proposing deferred acceptance (Gale and Shapley 1962): no student and opportunity
    /// would both rather have each other, every student gets the best of what is possible under
    /// that condition, and no student gains by another list than the true one.
    pub MatchRun(Entity) is MatchRunId, needs Scope::PlacementsRead, by MatchRunWhere, MatchRunOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let run = graph.node::<MatchRun>();
    run.column("id", |row| Key(row.id), "The global id.");
    run.column("name", |row| row.name.clone(), "What the coordinator calls it.");
    run.column("state", |row| MatchRunState::from(row.state), "How far it has come.");
    terms(run);
    counts(run);
    run.column("settledAt", |row| row.settled_at, "When it was confirmed or discarded.");
    run.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    tracked!(run);
}

fn terms(run: &mut Declaration<MatchRun>) {
    run.column(
        "seed",
        |row| row.seed.clone(),
        "What the lottery is drawn from: the ticket of a student is the first eight bytes of the \
         SHA-256 of the seed, a line feed and the student's UUID, without the two highest bits.",
    );
    run.column(
        "priorities",
        |row| {
            let priorities: Vec<Priority> =
                serde_json::from_str(&row.priorities).unwrap_or_default();
            priorities.into_iter().map(MatchPriority::from).collect::<Vec<_>>()
        },
        "What comes before the lottery, the most important first.",
    );
    run.column("startsOn", |row| row.starts_on, "The first day of what has none of its own.");
    run.column("endsOn", |row| row.ends_on, "The last day of what has none of its own.");
}

fn counts(run: &mut Declaration<MatchRun>) {
    run.column("students", |row| row.students, "Students with a list of wishes.");
    run.column("opportunities", |row| row.opportunities, "Opportunities on their lists.");
    run.column("seats", |row| row.seats, "Seats that were free there.");
    run.column("assigned", |row| row.assigned, "Students who get a seat.");
}
