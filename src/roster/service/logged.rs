//! Whose rows the roster's are, for the log of changes.

use entity::id::{
    AcademicSessionId, ClassId, CourseId, DistrictId, EnrollmentId, GuardianId, GuardianshipId,
    SchoolId, StaffId, StudentId,
};

use crate::{logged, store::Owners};

logged! {
    district is DistrictId, of |row| Owners::district(row.id);
    school is SchoolId, of |row| Owners::district(row.district_id);
    academic_session is AcademicSessionId, of |row| Owners::district(row.district_id);
    student is StudentId, of |row| Owners::district(row.district_id);
    guardian is GuardianId, of |row| Owners::district(row.district_id);
    guardianship is GuardianshipId, of |row| Owners::district(row.district_id), without ["district_id"];
    staff is StaffId, of |row| Owners::district(row.district_id);
    course is CourseId, of |row| Owners::district(row.district_id);
    class is ClassId, of |row| Owners::district(row.district_id);
    enrollment is EnrollmentId, of |row| Owners::district(row.district_id);
}
