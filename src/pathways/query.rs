//! What can be asked of career pathways.

use super::types::{
    Pathway, PathwayCourse, PathwayCredential, PathwayDefinition, PathwayEnrollment,
};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    programmes(query);
    people(query);
}

fn programmes(query: &mut Declaration<Query>) {
    query.get::<Pathway>("pathway", "A career pathway by its global id.");
    query.by_key::<Pathway>("pathwayByKey", "A career pathway by your own system's key.");
    query.list::<Pathway>("pathways", "The career pathways that you may see.");
    query.get::<PathwayCourse>("pathwayCourse", "A course of a pathway by its global id.");
    query.by_key::<PathwayCourse>(
        "pathwayCourseByKey",
        "A course of a pathway by your own system's key.",
    );
    query.list::<PathwayCourse>("pathwayCourses", "The courses of pathways that you may see.");
    query.get::<PathwayCredential>(
        "pathwayCredential",
        "A credential that a pathway leads to by its global id.",
    );
    query.by_key::<PathwayCredential>(
        "pathwayCredentialByKey",
        "A credential that a pathway leads to by your own system's key.",
    );
    query.list::<PathwayCredential>(
        "pathwayCredentials",
        "The credentials that pathways lead to that you may see.",
    );
}

fn people(query: &mut Declaration<Query>) {
    query.get::<PathwayEnrollment>(
        "pathwayEnrollment",
        "A student's time on a pathway by its global id.",
    );
    query.by_key::<PathwayEnrollment>(
        "pathwayEnrollmentByKey",
        "A student's time on a pathway by your own system's key.",
    );
    query.list::<PathwayEnrollment>(
        "pathwayEnrollments",
        "The students' times on pathways that you may see.",
    );
    query.get::<PathwayDefinition>(
        "pathwayDefinition",
        "A definition of participants, concentrators and completers by its global id.",
    );
    query.by_key::<PathwayDefinition>(
        "pathwayDefinitionByKey",
        "A definition of participants, concentrators and completers by your own system's key.",
    );
    query.list::<PathwayDefinition>(
        "pathwayDefinitions",
        "The definitions of participants, concentrators and completers that you may see.",
    );
}
