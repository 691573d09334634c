//! The rows of a district.

use entity::{
    academic_session::{self, AcademicSessionKind},
    class::{self, ClassKind},
    class_session, class_teacher, course,
    district::{self, DistrictKind},
    enrollment, guardian,
    guardianship::{self, Relationship},
    id::{
        AcademicSessionId, ClassId, CourseId, DistrictId, EnrollmentId, GuardianId, GuardianshipId,
        SchoolId, StaffId, StudentId,
    },
    school,
    staff::{self, StaffKind},
    status::{PersonStatus, RecordStatus},
    student,
};

use super::{Seed, day};

/// What placements point to.
pub(super) struct Roster {
    pub district: DistrictId,
    pub student: StudentId,
    pub coordinator: StaffId,
    pub course: CourseId,
}

pub(super) async fn write(seed: &mut Seed<'_>) -> Roster {
    let district = write_district(seed).await;
    let school = write_school(seed, district).await;
    let year = write_session(seed, district, None).await;
    let term = write_session(seed, district, Some(year)).await;
    let student = write_student(seed, district, school).await;
    write_guardian(seed, district, student).await;
    let unplaced = write_student(seed, district, school).await;
    write_guardian(seed, district, unplaced).await;
    let coordinator = write_staff(seed, district, school, StaffKind::Coordinator).await;
    let teacher = write_staff(seed, district, school, StaffKind::Teacher).await;
    let course = write_course(seed, district, school, year).await;
    let class = write_class(seed, district, school, course).await;
    seed.put(class_session::Model { class_id: class, academic_session_id: term }).await;
    seed.put(class_teacher::Model { class_id: class, staff_id: teacher, is_primary: true }).await;
    write_enrollment(seed, district, class, student).await;
    Roster { district, student, coordinator, course }
}

async fn write_district(seed: &mut Seed<'_>) -> DistrictId {
    let (id, marker) = seed.next();
    seed.put(district::Model {
        id,
        slug: marker.clone(),
        name: format!("{marker} name"),
        kind: DistrictKind::District,
        identifier: Some(marker),
        time_zone: "America/Chicago".to_owned(),
        is_sandbox: false,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_school(seed: &mut Seed<'_>, district_id: DistrictId) -> SchoolId {
    let (id, marker) = seed.next();
    seed.put(school::Model {
        id,
        district_id,
        name: format!("{marker} name"),
        identifier: Some(marker),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_session(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    parent_id: Option<AcademicSessionId>,
) -> AcademicSessionId {
    let (id, marker) = seed.next();
    let is_year = parent_id.is_none();
    seed.put(academic_session::Model {
        id,
        district_id,
        title: marker,
        kind: if is_year { AcademicSessionKind::SchoolYear } else { AcademicSessionKind::Term },
        start_date: day(8, 1),
        end_date: day(12, 20),
        school_year: 2027,
        parent_id,
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_student(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    school: SchoolId,
) -> StudentId {
    let (id, marker) = seed.next();
    seed.put(student::Model {
        id,
        district_id,
        school_id: Some(school),
        given_name: format!("{marker} given"),
        family_name: format!("{marker} family"),
        middle_name: Some(format!("{marker} middle")),
        preferred_given_name: Some(format!("{marker} preferred")),
        birth_date: Some(day(1, 2)),
        grade_level: Some("11".to_owned()),
        email: Some(format!("{marker}@example.org")),
        phone: Some(format!("{marker} phone")),
        student_number: Some(format!("{marker} number")),
        status: PersonStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_guardian(seed: &mut Seed<'_>, district_id: DistrictId, student_id: StudentId) {
    let (guardian_id, marker) = seed.next::<GuardianId>();
    seed.put(guardian::Model {
        id: guardian_id,
        district_id,
        given_name: format!("{marker} given"),
        family_name: format!("{marker} family"),
        email: Some(format!("{marker}@example.org")),
        phone: Some(format!("{marker} phone")),
        status: PersonStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    let (id, _) = seed.next::<GuardianshipId>();
    seed.put(guardianship::Model {
        id,
        district_id,
        student_id,
        guardian_id,
        relationship: Relationship::Parent,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_staff(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    school: SchoolId,
    kind: StaffKind,
) -> StaffId {
    let (id, marker) = seed.next();
    seed.put(staff::Model {
        id,
        district_id,
        school_id: Some(school),
        given_name: format!("{marker} given"),
        family_name: format!("{marker} family"),
        email: Some(format!("{marker}@example.org")),
        kind,
        status: PersonStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_course(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    school: SchoolId,
    year: AcademicSessionId,
) -> CourseId {
    let (id, marker) = seed.next();
    seed.put(course::Model {
        id,
        district_id,
        school_id: Some(school),
        title: format!("{marker} title"),
        course_code: Some(marker.clone()),
        subject: Some(format!("{marker} subject")),
        grade_levels: Some("11".to_owned()),
        school_year_id: Some(year),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_class(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    school_id: SchoolId,
    course_id: CourseId,
) -> ClassId {
    let (id, marker) = seed.next();
    seed.put(class::Model {
        id,
        district_id,
        school_id,
        course_id,
        title: format!("{marker} title"),
        class_code: Some(marker.clone()),
        kind: ClassKind::Scheduled,
        location: Some(format!("{marker} room")),
        period: Some("2".to_owned()),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_enrollment(
    seed: &mut Seed<'_>,
    district_id: DistrictId,
    class_id: ClassId,
    student_id: StudentId,
) {
    let (id, marker) = seed.next::<EnrollmentId>();
    seed.put(enrollment::Model {
        id,
        district_id,
        class_id,
        student_id,
        begin_date: Some(day(8, 1)),
        end_date: Some(day(12, 20)),
        is_primary: true,
        result_grade: Some(marker),
        credits_hundredths: Some(50),
        completed_on: None,
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}
