//! What a later bundle changes, what it may not, and what stays.

use chrono::TimeDelta;
use entity::{
    class_teacher, enrollment, guardianship, school,
    status::{PersonStatus, RecordStatus},
    student,
};
use pathbridge::bulk::import::{ImportError, ImportOptions, Kind};

use super::{
    bundle::{Copy, counts, fixture, import, import_with},
    snapshot::{rows, snapshot, student_of},
};
use crate::support::both;

const SIX: [&str; 6] =
    ["usr-s-voss", "usr-s-tran", "usr-s-diaz", "usr-s-haddad", "usr-s-oneill", "usr-s-park"];

/// All but one student gone, with the seats and birth dates of the others.
fn almost_empty() -> Copy {
    let seats = [
        "enr-weld-a-s-v",
        "enr-weld-a-s-h",
        "enr-weld-a-s-o",
        "enr-care-a-s",
        "enr-web-a-s",
        "enr-eng-a-s",
        "enr-home-a-s",
    ];
    Copy::of("v1p1-bulk")
        .without("users.csv", &SIX)
        .without("demographics.csv", &SIX)
        .without("enrollments.csv", &seats)
        .replace("users.csv", "usr-s-voss", "")
        .replace("users.csv", "\"usr-s-tran-a,usr-s-tran-b\"", "")
        .replace("users.csv", "usr-s-diaz", "")
}

both! {
    async fn who_is_gone_from_a_bulk_file_is_marked_and_comes_back(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p1-bulk")).await;
        let without = Copy::of("v1p1-bulk")
            .without("users.csv", &["usr-s-quill"])
            .without("demographics.csv", &["usr-s-quill"])
            .without("enrollments.csv", &["enr-weld-a-s-quill", "enr-home-a-t-okafor"]);
        let report = import(&app, district, without.path()).await;
        assert_eq!(report.refusals, []);
        assert_eq!(report.of(Kind::Students).retired, 1);
        assert_eq!(report.of(Kind::Enrollments).retired, 1);
        assert_eq!(report.of(Kind::Classes).updated, 1, "the homeroom lost its teacher");
        assert_eq!(student_of(&app, district, "usr-s-quill").await.status, PersonStatus::Inactive);
        assert_eq!(rows::<class_teacher::Entity>(&app, class_teacher::Column::ClassId).await.len(), 4);

        let report = import(&app, district, &fixture("v1p1-bulk")).await;
        assert_eq!(report.of(Kind::Students).updated, 1);
        assert_eq!(report.of(Kind::Enrollments).updated, 1);
        assert_eq!(student_of(&app, district, "usr-s-quill").await.status, PersonStatus::Active);
    }

    async fn too_much_gone_is_no_export_to_believe(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p1-bulk")).await;
        let before = snapshot(&app).await;
        let bundle = almost_empty();
        let refused = import_with(&app, district, bundle.path(), &ImportOptions::default()).await;
        let Err(ImportError::TooManyGone(gone)) = refused else { panic!("{refused:?}") };
        let numbers: Vec<_> = gone.iter().map(|gone| (gone.kind, gone.gone, gone.active)).collect();
        assert_eq!(numbers, [(Kind::Students, 7, 8), (Kind::Enrollments, 11, 12)]);
        let words = ImportError::TooManyGone(gone).to_string();
        assert!(words.contains("7 of 8 students are not in the bundle, more than 5.0 %"), "{words}");
        assert_eq!(snapshot(&app).await, before);

        let all = ImportOptions { max_delete_fraction: 1.0, ..ImportOptions::default() };
        let report = import_with(&app, district, bundle.path(), &all).await.unwrap();
        assert_eq!((report.of(Kind::Students).retired, report.of(Kind::Enrollments).retired), (7, 11));
        assert_eq!(rows::<guardianship::Entity>(&app, guardianship::Column::Id).await, []);
        assert_eq!(rows::<student::Entity>(&app, student::Column::Id).await.len(), 8, "none is deleted");
    }

    async fn an_empty_bulk_file_takes_nothing_away(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p1-bulk")).await;
        let before = snapshot(&app).await;
        let mut bundle = Copy::of("v1p1-bulk");
        for file in ["orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics"] {
            bundle = bundle.headers_only(&format!("{file}.csv"));
        }
        let report = import(&app, district, bundle.path()).await;
        assert!(report.is_unchanged() && !report.notes.is_empty());
        assert_eq!(snapshot(&app).await, before);
    }

    async fn a_dry_run_tells_and_takes_back(app: TestApp) {
        let district = app.district("alder").await;
        let dry = ImportOptions { dry_run: true, ..ImportOptions::default() };
        let before = snapshot(&app).await;
        let first = import_with(&app, district, &fixture("v1p2-bulk"), &dry).await.unwrap();
        assert!(first.dry_run);
        assert_eq!((first.of(Kind::Students).created, first.of(Kind::Enrollments).created), (8, 12));
        assert_eq!(snapshot(&app).await, before);
        import(&app, district, &fixture("v1p2-bulk")).await;
        let before = snapshot(&app).await;
        let delta = import_with(&app, district, &fixture("v1p2-delta"), &dry).await.unwrap();
        let kept = import(&app, district, &fixture("v1p2-delta")).await;
        assert_eq!(counts(&delta), counts(&kept));
        assert_ne!(snapshot(&app).await, before);
    }

    async fn another_district_is_not_touched(app: TestApp) {
        let (north, south) = (app.district("north").await, app.district("south").await);
        import(&app, north, &fixture("v1p1-bulk")).await;
        let before = snapshot(&app).await;
        app.clock.advance(TimeDelta::hours(1));
        let report = import(&app, south, &fixture("v1p1-bulk")).await;
        assert_eq!(report.of(Kind::Students).created, 8, "the same keys mean other people");
        let all = ImportOptions { max_delete_fraction: 1.0, ..ImportOptions::default() };
        import_with(&app, south, almost_empty().path(), &all).await.unwrap();
        let after = snapshot(&app).await;
        assert!(before.iter().all(|row| after.contains(row)));
        assert!(import(&app, north, &fixture("v1p1-bulk")).await.is_unchanged());
    }

    async fn what_another_system_brought_is_not_missed(app: TestApp) {
        let district = app.district("alder").await;
        let other = ImportOptions { source_system: Some("other".to_owned()), ..ImportOptions::default() };
        import_with(&app, district, &fixture("v1p1-bulk"), &other).await.unwrap();
        let report = import(&app, district, almost_empty().path()).await;
        assert_eq!(report.of(Kind::Students), {
            let mut count = report.of(Kind::Students);
            (count.created, count.retired) = (1, 0);
            count
        });
    }

    async fn a_student_moves_by_a_role_alone(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p2-bulk")).await;
        let modified = "active,2026-10-05T06:30:00.000Z";
        let gone = "tobedeleted,2026-10-05T06:30:00.000Z";
        let mut delta = Copy::of("v1p2-delta");
        for file in ["users", "demographics", "enrollments"] {
            let (bulk, absent) = (format!("\"file.{file}\",\"delta\""), format!("\"file.{file}\",\"absent\""));
            delta = delta.remove(&format!("{file}.csv")).replace("manifest.csv", &bulk, &absent);
        }
        let delta = delta.headers_only("roles.csv").append("roles.csv", &format!(
            "rol-s-park-north,{gone},usr-s-park,primary,student,2026-08-24,2026-10-05,org-north,\n\
             rol-s-park-south,{modified},usr-s-park,primary,student,2026-10-05,,org-south,\n\
             rol-s-voss-south,{gone},usr-s-voss,primary,student,2026-08-24,2026-10-05,org-south,\n\
             rol-nobody,{modified},usr-nobody,primary,student,2026-10-05,,org-south,\n\
             rol-park-teaches,{modified},usr-s-park,primary,teacher,2026-10-05,,org-north,\n"
        ));
        let report = import(&app, district, delta.path()).await;
        let said: Vec<_> = report.refusals.iter().map(|refusal| (refusal.line, refusal.column.as_deref())).collect();
        let user = Some("userSourcedId");
        assert_eq!(said, [(Some(5), user), (Some(6), user)], "{:?}", report.refusals);
        let park = student_of(&app, district, "usr-s-park").await;
        assert_eq!(park.status, PersonStatus::Active);
        let schools = rows::<school::Entity>(&app, school::Column::Id).await;
        let school = schools.iter().find(|school| Some(school.id) == park.school_id).unwrap();
        assert_eq!(school.name, "Alder Technical High School");
        let voss = student_of(&app, district, "usr-s-voss").await;
        assert_eq!(voss.status, PersonStatus::Inactive);
    }

    async fn a_seat_is_kept_when_its_key_changes(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p1-bulk")).await;
        let renamed = Copy::of("v1p1-bulk").replace("enrollments.csv", "enr-weld-a-s-voss", "enr-new");
        let report = import(&app, district, renamed.path()).await;
        assert_eq!(report.refusals, []);
        assert!(report.is_unchanged(), "{report}");
        let seats = rows::<enrollment::Entity>(&app, enrollment::Column::Id).await;
        assert!(seats.len() == 12 && seats.iter().all(|seat| seat.status == RecordStatus::Active));
    }

    async fn a_delta_adds_and_removes_a_teacher(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p2-bulk")).await;
        let delta = Copy::of("v1p2-delta").append("enrollments.csv",
            "enr-co,active,2026-10-05T06:30:00.000Z,cls-weld-a,org-south,usr-t-lindqvist,teacher,false,,\n\
             enr-home-a-t-okafor,tobedeleted,2026-10-05T06:30:00.000Z,cls-home-a,org-south,usr-t-okafor,teacher,true,,\n",
        );
        let report = import(&app, district, delta.path()).await;
        assert_eq!((report.refusals.len(), report.of(Kind::Classes).updated), (0, 2));
        let teachers = rows::<class_teacher::Entity>(&app, class_teacher::Column::ClassId).await;
        let primary = teachers.iter().filter(|row| row.is_primary).count();
        assert_eq!((teachers.len(), primary), (5, 4));
        assert!(import(&app, district, delta.path()).await.is_unchanged());
    }
}
