//! What becomes of the bundles of each format, once and again, and of a delta after them.

use chrono::TimeDelta;
use entity::{
    class_session, class_teacher, enrollment, external_id, guardianship,
    guardianship::Relationship,
    id::{DistrictId, TypedId},
    school, staff,
    staff::StaffKind,
    status::{PersonStatus, RecordStatus},
};
use pathbridge::bulk::import::Kind;

use super::{
    bundle::{counts, fixture, import},
    snapshot::{rows, snapshot, student_of},
};
use crate::support::{TestApp, both};

/// What each of the three whole fixtures holds.
const WHOLE: [(Kind, u64); 8] = [
    (Kind::Schools, 2),
    (Kind::AcademicSessions, 3),
    (Kind::Courses, 4),
    (Kind::Classes, 5),
    (Kind::Students, 8),
    (Kind::Guardians, 3),
    (Kind::Staff, 3),
    (Kind::Enrollments, 12),
];

async fn imports_whole(app: &TestApp, name: &str) -> DistrictId {
    let district = app.district("alder").await;
    let first = import(app, district, &fixture(name)).await;
    assert_eq!(first.refusals, [], "{:?}", first.notes);
    assert_eq!(counts(&first), WHOLE.map(|(kind, count)| (kind, [count, 0, 0, 0, 0])));
    let before = snapshot(app).await;
    assert!(before.iter().all(|row| !row.contains("version: 2")), "each row is written once");
    app.clock.advance(TimeDelta::hours(1));
    let second = import(app, district, &fixture(name)).await;
    assert!(second.is_unchanged());
    assert_eq!(counts(&second), WHOLE.map(|(kind, count)| (kind, [0, 0, count, 0, 0])));
    assert_eq!(snapshot(app).await, before);
    district
}

async fn joins(app: &TestApp) -> (usize, Vec<bool>, Vec<Relationship>) {
    let sessions = rows::<class_session::Entity>(app, class_session::Column::ClassId).await;
    let teachers = rows::<class_teacher::Entity>(app, class_teacher::Column::ClassId).await;
    let ties = rows::<guardianship::Entity>(app, guardianship::Column::Id).await;
    let mut kinds: Vec<_> = ties.iter().map(|tie| tie.relationship).collect();
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    (sessions.len(), teachers.iter().map(|row| row.is_primary).collect(), kinds)
}

both! {
    async fn one_roster_1p1_goes_in_whole(app: TestApp) {
        let district = imports_whole(&app, "v1p1-bulk").await;
        let student = student_of(&app, district, "usr-s-voss").await;
        let said = (student.given_name.as_str(), student.middle_name.as_deref(), student.grade_level.as_deref());
        assert_eq!(said, ("Emil", Some("Jonas"), Some("11")));
        assert_eq!(student.birth_date, "2009-11-03".parse().ok());
        assert_eq!(student.student_number.as_deref(), Some("100201"));
        let schools = rows::<school::Entity>(&app, school::Column::Id).await;
        let school = schools.iter().find(|school| Some(school.id) == student.school_id).unwrap();
        assert_eq!(school.name, "Alder Technical High School");
        let (sessions, teachers, ties) = joins(&app).await;
        assert_eq!((sessions, teachers), (8, vec![true; 5]));
        let [guardian, parent, relative] =
            [Relationship::Guardian, Relationship::Parent, Relationship::Relative];
        assert_eq!(ties, [guardian, guardian, parent, relative]);
        let keys = rows::<external_id::Entity>(&app, external_id::Column::Id).await;
        assert!(keys.iter().all(|key| key.system == "Alder Valley SIS"));
        let own = keys.iter().find(|key| key.kind == DistrictId::PREFIX).unwrap();
        assert_eq!((own.value.as_str(), own.entity_id), ("org-district", district.0));
    }

    async fn one_roster_1p2_goes_in_whole(app: TestApp) {
        let district = imports_whole(&app, "v1p2-bulk").await;
        let student = student_of(&app, district, "usr-s-park").await;
        assert_eq!(student.preferred_given_name.as_deref(), Some("Jay"));
        let staff = rows::<staff::Entity>(&app, staff::Column::FamilyName).await;
        let kinds: Vec<_> = staff.iter().map(|row| (row.family_name.as_str(), row.kind)).collect();
        let expected = [("Abara", StaffKind::Counselor), ("Lindqvist", StaffKind::Teacher), ("Okafor", StaffKind::Teacher)];
        assert_eq!(kinds, expected);
        assert_eq!(joins(&app).await.2.len(), 4);
    }

    async fn school_data_sync_goes_in_whole(app: TestApp) {
        let district = imports_whole(&app, "sds-v2p1").await;
        let student = student_of(&app, district, "usr-s-tran-b").await;
        assert_eq!(student.grade_level.as_deref(), Some("10"));
        let (sessions, teachers, ties) = joins(&app).await;
        assert_eq!((sessions, teachers.len(), ties.len()), (8, 5, 4));
        let keys = rows::<external_id::Entity>(&app, external_id::Column::Id).await;
        assert!(keys.iter().all(|key| key.system == "oneroster"), "no manifest names a system");
    }

    async fn a_delta_changes_what_it_names(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p2-bulk")).await;
        let report = import(&app, district, &fixture("v1p2-delta")).await;
        assert_eq!(report.refusals, []);
        let expected = [(Kind::Students, [1, 1, 0, 1, 0]), (Kind::Enrollments, [1, 0, 0, 1, 0])];
        assert_eq!(counts(&report), expected);
        let diaz = student_of(&app, district, "usr-s-diaz").await;
        assert_eq!(diaz.email.as_deref(), Some("mateo.diaz@aldervalley.example"));
        let quill = student_of(&app, district, "usr-s-quill").await;
        assert_eq!(quill.status, PersonStatus::Inactive);
        let ferreira = student_of(&app, district, "usr-s-ferreira").await;
        assert_eq!(ferreira.birth_date, "2009-10-14".parse().ok());
        let seats = rows::<enrollment::Entity>(&app, enrollment::Column::Id).await;
        let seat = seats.iter().find(|seat| seat.student_id == quill.id).unwrap();
        assert_eq!(seat.status, RecordStatus::Retired);
        assert_eq!(joins(&app).await.2.len(), 4, "nobody lost a guardian");

        let before = snapshot(&app).await;
        app.clock.advance(TimeDelta::hours(1));
        assert!(import(&app, district, &fixture("v1p2-delta")).await.is_unchanged());
        assert_eq!(snapshot(&app).await, before);
    }
}
