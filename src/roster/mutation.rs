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

/// The roster's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct RosterMutation(
    district::DistrictMutation,
    school::SchoolMutation,
    academic_session::AcademicSessionMutation,
    student::StudentMutation,
    guardian::GuardianMutation,
    guardianship::GuardianshipMutation,
    guardianship::GuardianshipSyncMutation,
    staff::StaffMutation,
    course::CourseMutation,
    class::ClassMutation,
    enrollment::EnrollmentMutation,
);
