//! Guardians, and what they are to students.

use async_graphql::Enum;
use entity::{
    guardian, guardianship,
    id::{GuardianId, GuardianshipId, StudentId},
};

use super::{District, PersonStatus, PersonStatusFilter, Student};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order, tracked,
};

/// What an adult is to a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guardianship::Relationship")]
pub enum Relationship {
    /// Mother or father.
    Parent,
    /// Legal guardian.
    Guardian,
    /// Other kin.
    Relative,
    /// Anyone else.
    Other,
}

leaf_enums!(Relationship);

filter! {
    pub GuardianWhere on guardian::Entity as guardian::Column {
        /// The global id.
        id: IdFilter => Id of GuardianId,
        /// The family name.
        family_name: StringFilter => FamilyName,
        /// Whether they still take part.
        status: PersonStatusFilter => Status,
        /// When the record last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub GuardianOrder, GuardianOrderField on guardian::Entity as guardian::Column {
        /// By family name.
        FamilyName,
        /// By the last change.
        UpdatedAt,
    }
}

filter! {
    pub GuardianshipWhere on guardianship::Entity as guardianship::Column {
        /// The global id.
        id: IdFilter => Id of GuardianshipId,
        /// The student.
        student: IdFilter => StudentId of StudentId,
        /// The adult.
        guardian: IdFilter => GuardianId of GuardianId,
    }
}

order! {
    pub GuardianshipOrder, GuardianshipOrderField on guardianship::Entity as guardianship::Column {
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A parent, guardian or other adult who answers for students.
    pub Guardian(guardian::Entity) is GuardianId, needs Scope::GuardiansRead, by GuardianWhere, GuardianOrder
}

object! {
    /// The tie between a student and an adult who answers for them.
    pub Guardianship(guardianship::Entity) is GuardianshipId, needs Scope::GuardiansRead, by GuardianshipWhere, GuardianshipOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let guardian = graph.node::<Guardian>();
    guardian.column("id", |row| Key(row.id), "The global id.");
    guardian.column("givenName", |row| row.given_name.clone(), "The first name.").pii(Class::Name);
    guardian
        .column("familyName", |row| row.family_name.clone(), "The family name.")
        .pii(Class::Name);
    guardian.column("email", |row| row.email.clone(), "The e-mail address.").pii(Class::Contact);
    guardian.column("phone", |row| row.phone.clone(), "The telephone number.").pii(Class::Contact);
    guardian.column(
        "status",
        |row| PersonStatus::from(row.status),
        "Whether the adult still takes part.",
    );
    guardian.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district.",
    );
    guardian.external_ids();
    tracked!(guardian);
    guardianships(graph);
}

fn guardianships(graph: &mut Graph) {
    let tie = graph.node::<Guardianship>();
    tie.column("id", |row| Key(row.id), "The global id.");
    tie.column(
        "relationship",
        |row| Relationship::from(row.relationship),
        "What the adult is to the student.",
    );
    tie.belongs_to::<Student>("student", |row| Some(row.student_id.into()), "The student.");
    tie.belongs_to::<Guardian>("guardian", |row| Some(row.guardian_id.into()), "The adult.");
    tie.external_ids();
    tracked!(tie);
    graph.object::<Student>().has_many::<Guardianship>(
        "guardians",
        guardianship::Column::StudentId,
        |row| row.id.into(),
        "The adults who answer for the student, each with what they are to the student.",
    );
    graph.object::<Guardian>().has_many::<Guardianship>(
        "students",
        guardianship::Column::GuardianId,
        |row| row.id.into(),
        "The students whom the adult answers for, each with what the adult is to them.",
    );
}
