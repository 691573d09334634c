//! What students mean to become.

use async_graphql::Enum;
use entity::{
    career_goal::{CareerGoalKind as Stored, Column, Entity},
    id::{CareerGoalId, StudentId},
};

use super::shared::{declare_signal, declare_tag};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order,
    roster::types::Student,
};

/// By which road a student means to get there after school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Stored")]
pub enum CareerGoalKind {
    /// To work.
    Employment,
    /// A registered apprenticeship.
    Apprenticeship,
    /// A certificate or licence.
    TechnicalTraining,
    /// An associate degree.
    TwoYearCollege,
    /// A bachelor's degree or more.
    FourYearCollege,
    /// To serve.
    Military,
    /// Not known yet.
    Undecided,
}

leaf_enums!(CareerGoalKind);

filter! {
    pub CareerGoalWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of CareerGoalId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The day on which it was set.
        set_on: DateFilter => SetOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerGoalOrder, CareerGoalOrderField on Entity as Column {
        /// By the day on which it was set.
        SetOn,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// What a student means to become. When the student thinks again, a new goal supersedes the
    /// older one, and both stay.
    pub CareerGoal(Entity) is CareerGoalId, needs Scope::InterestsRead, by CareerGoalWhere, CareerGoalOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let goal = graph.node::<CareerGoal>();
    goal.column("id", |row| Key(row.id), "The global id.");
    goal.column("kind", |row| CareerGoalKind::from(row.kind), "By which road.")
        .pii(Class::Interest);
    goal.column("statement", |row| row.statement.clone(), "The goal in the student's words.")
        .pii(Class::Interest);
    goal.column("setOn", |row| row.set_on, "The day on which it was set.").pii(Class::Interest);
    goal.belongs_to::<CareerGoal>(
        "supersedes",
        |row| row.supersedes_id.map(Into::into),
        "The older goal whose place it takes.",
    );
    declare_tag!(goal of career_goal);
    declare_signal!(goal);
    graph.object::<Student>().has_many::<CareerGoal>(
        "careerGoals",
        Column::StudentId,
        |row| row.id.into(),
        "What the student means to become, older goals included.",
    );
}
