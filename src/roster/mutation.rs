//! What can be written to the roster.

mod academic_session;
mod class;
mod course;
mod district;
mod enrollment;
mod guardian;
mod guardianship;
mod school;
mod staff;
mod student;

use async_graphql::MergedObject;

pub use self::{
    academic_session::AcademicSessionMutation, class::ClassMutation, course::CourseMutation,
    enrollment::EnrollmentMutation, guardian::GuardianMutation,
    guardianship::GuardianshipSyncMutation, school::SchoolMutation, staff::StaffMutation,
    student::StudentMutation,
};

/// The roster's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct RosterMutation(
    district::DistrictMutation,
    SchoolMutation,
    AcademicSessionMutation,
    StudentMutation,
    GuardianMutation,
    guardianship::GuardianshipMutation,
    GuardianshipSyncMutation,
    StaffMutation,
    CourseMutation,
    ClassMutation,
    EnrollmentMutation,
);
