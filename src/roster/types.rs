//! The objects of the roster.

mod academic_session;
mod class;
mod course;
mod district;
mod enrollment;
mod guardian;
mod school;
mod staff;
mod status;
mod student;

pub use academic_session::{AcademicSession, AcademicSessionKind};
pub use class::{Class, ClassKind};
pub use course::Course;
pub use district::{District, DistrictKind};
pub use enrollment::Enrollment;
pub use guardian::{Guardian, Guardianship, Relationship};
pub use school::School;
pub use staff::{Staff, StaffKind};
pub use status::{PersonStatus, PersonStatusFilter, RecordStatus, RecordStatusFilter};
pub use student::Student;

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    district::declare(graph);
    school::declare(graph);
    academic_session::declare(graph);
    student::declare(graph);
    guardian::declare(graph);
    staff::declare(graph);
    course::declare(graph);
    class::declare(graph);
    enrollment::declare(graph);
    super::query::declare(graph.query());
}
