//! What a run says of each student.

use async_graphql::Enum;
use entity::{
    id::{MatchResultId, MatchRunId, OpportunityId, StudentId},
    match_result::{Column, Entity},
};

use super::MatchRun;
use crate::{
    auth::{Class, Scope},
    error::{Error, Result},
    filter,
    graphql::{
        filter::IdFilter,
        leaf::Key,
        object::{Declaration, Graph, Loaded, Parents},
    },
    leaf_enums,
    matching::{rules::eligible::Refusal, service::PassedOver},
    object, order,
    partners::types::Opportunity,
    placements::types::Placement,
    roster::types::Student,
    value_object,
};

/// Why a student does not get what was wanted more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Refusal")]
pub enum MatchRefusal {
    /// All seats went to students who come first by the priorities, or drew a lower ticket.
    Full,
    /// It was not open.
    Closed,
    /// No affiliation agreement covered its days.
    NoAffiliation,
    /// The student no longer took part.
    StudentInactive,
    /// The student is younger on the first day than it asks.
    TooYoung,
    /// It asks for an age, and the student's date of birth is not known.
    AgeUnknown,
    /// The student had a placement of it already.
    HasPlacement,
}

leaf_enums!(MatchRefusal);

filter! {
    pub MatchResultWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of MatchResultId,
        /// The run.
        run: IdFilter => RunId of MatchRunId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The opportunity that the student gets.
        opportunity: IdFilter => OpportunityId of OpportunityId,
    }
}

order! {
    pub MatchResultOrder, MatchResultOrderField on Entity as Column {
        /// By what the student drew.
        Ticket,
    }
}

object! {
    /// What a run of the matching says of one student.
    pub MatchResult(Entity) is MatchResultId, needs Scope::PlacementsRead, by MatchResultWhere, MatchResultOrder
}

value_object! {
    /// Something that a student wanted more than what they get.
    pub MatchPassedOver(PassedOver)
}

pub(super) fn declare(graph: &mut Graph) {
    passed_over(graph);
    let result = graph.node::<MatchResult>();
    result.column("id", |row| Key(row.id), "The global id.");
    result
        .column("rank", |row| row.rank, "The place on the student's list of what they get.")
        .pii(Class::Interest);
    result
        .column(
            "level",
            |row| row.level,
            "How many levels of the priorities stand before the student's.",
        )
        .pii(Class::Education);
    result.column("ticket", |row| row.ticket, "What the student drew: the lowest comes first.");
    result.belongs_to::<MatchRun>("run", |row| Some(row.run_id.into()), "The run.");
    result.belongs_to::<Student>("student", |row| Some(row.student_id.into()), "The student.");
    result.belongs_to::<Opportunity>(
        "opportunity",
        |row| row.opportunity_id.map(Into::into),
        "What the student gets; null when every wish was in vain.",
    );
    result.belongs_to::<Placement>(
        "placement",
        |row| row.placement_id.map(Into::into),
        "The placement that was made of it, once the run is confirmed.",
    );
    reasons(result);
    edges(graph);
}

fn reasons(result: &mut Declaration<MatchResult>) {
    result
        .many::<MatchPassedOver, ()>(
            "passedOver",
            |parents, ()| {
                let lists = lists(parents);
                Box::pin(async move { lists })
            },
            "What the student wanted more, in the order of their list, and why it is not theirs.",
        )
        .reads([Column::PassedOver]);
}

fn edges(graph: &mut Graph) {
    graph.object::<MatchRun>().has_many::<MatchResult>(
        "results",
        Column::RunId,
        |row| row.id.into(),
        "What it says of each student with a list.",
    );
    graph.object::<Student>().has_many::<MatchResult>(
        "matchResults",
        Column::StudentId,
        |row| row.id.into(),
        "What runs of the matching said of the student.",
    );
}

fn passed_over(graph: &mut Graph) {
    let passed = graph.object::<MatchPassedOver>();
    passed.column("rank", |row| row.rank, "Its place on the student's list.").pii(Class::Interest);
    passed.column(
        "reason",
        |row| MatchRefusal::from(row.reason),
        "Why the student does not get it.",
    );
    passed.belongs_to::<Opportunity>(
        "opportunity",
        |row| Some(row.opportunity.into()),
        "The opportunity.",
    );
}

fn lists(parents: &Parents<'_, MatchResult>) -> Result<Loaded<PassedOver, Vec<usize>>> {
    let read = |text: &String| serde_json::from_str(text).map_err(Error::internal);
    let lists: Result<Vec<Vec<PassedOver>>> =
        parents.rows.iter().map(|row| read(&row.passed_over)).collect();
    Ok(Loaded::lists(lists?))
}
