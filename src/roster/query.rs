//! What can be asked of the roster.

use super::types::{
    AcademicSession, Class, Course, District, Enrollment, Guardian, Guardianship, School, Staff,
    Student,
};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    places(query);
    people(query);
    teaching(query);
}

fn places(query: &mut Declaration<Query>) {
    query.get::<District>("district", "A district by its global id.");
    query.list::<District>("districts", "The districts that you may see.");
    query.get::<School>("school", "A school by its global id.");
    query.by_key::<School>("schoolByKey", "A school by your own system's key.");
    query.list::<School>("schools", "The schools that you may see.");
    query.get::<AcademicSession>(
        "academicSession",
        "A session of a school calendar by its global id.",
    );
    query.by_key::<AcademicSession>(
        "academicSessionByKey",
        "A session of a school calendar by your own system's key.",
    );
    query.list::<AcademicSession>(
        "academicSessions",
        "The sessions of school calendars that you may see.",
    );
}

fn people(query: &mut Declaration<Query>) {
    query.get::<Student>("student", "A student by the global id.");
    query.by_key::<Student>("studentByKey", "A student by your own system's key.");
    query.list::<Student>("students", "The students that you may see.");
    query.get::<Guardian>("guardian", "A guardian by the global id.");
    query.by_key::<Guardian>("guardianByKey", "A guardian by your own system's key.");
    query.list::<Guardian>("guardians", "The guardians that you may see.");
    query.get::<Guardianship>(
        "guardianship",
        "A tie between a student and a guardian by its global id.",
    );
    query.by_key::<Guardianship>(
        "guardianshipByKey",
        "A tie between a student and a guardian by your own system's key.",
    );
    query.get::<Staff>("staffMember", "A member of staff by the global id.");
    query.by_key::<Staff>("staffMemberByKey", "A member of staff by your own system's key.");
    query.list::<Staff>("staff", "The members of staff that you may see.");
}

fn teaching(query: &mut Declaration<Query>) {
    query.get::<Course>("course", "A course by its global id.");
    query.by_key::<Course>("courseByKey", "A course by your own system's key.");
    query.list::<Course>("courses", "The courses that you may see.");
    query.get::<Class>("class", "A class by its global id.");
    query.by_key::<Class>("classByKey", "A class by your own system's key.");
    query.list::<Class>("classes", "The classes that you may see.");
    query.get::<Enrollment>("enrollment", "An enrollment by its global id.");
    query.by_key::<Enrollment>("enrollmentByKey", "An enrollment by your own system's key.");
    query.list::<Enrollment>("enrollments", "The enrollments that you may see.");
}
