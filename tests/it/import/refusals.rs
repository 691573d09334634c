//! Rows that cannot be taken are named; the others go in. Files that cannot be read leave nothing.

use std::fs;

use chrono::TimeDelta;
use entity::student;
use pathbridge::{
    bulk::import::{ImportError, ImportOptions, Kind},
    store::Backend,
};

use super::{
    bundle::{Copy, fixture, import, import_with, refusals},
    snapshot::{rows, snapshot},
};
use crate::support::{TestApp, both};

const DANGLING: &str = "REFERENCE_NOT_FOUND";

both! {
    async fn what_refers_to_nothing_is_refused_with_its_line(app: TestApp) {
        let district = app.district("alder").await;
        let bundle = Copy::of("v1p1-bulk")
            .replace("academicSessions.csv", "2026-08-24,2027-01-16,sy-2027", "2026-08-24,2027-01-16,sy-none")
            .replace("courses.csv", "org-district", "org-none")
            .replace("users.csv", "true,org-south,student,s27voss", "true,org-none,student,s27voss")
            .replace("users.csv", "usr-g-diaz,11", "usr-g-none,11")
            .append("demographics.csv", "usr-none,,,2009-01-01,,,,,,,,,,,,\n")
            .append("enrollments.csv", "enr-none,,,cls-care-a,org-none,usr-s-diaz,student,,,\n");
        let report = import(&app, district, bundle.path()).await;
        let mut found = refusals(&report);
        found.sort_unstable();
        let expected = [
            ("academicSessions.csv", 3, "parentSourcedId", DANGLING),
            // The sessions of a class whose session was refused, and so on to the seats.
            ("classes.csv", 2, "termSourcedIds", DANGLING),
            ("classes.csv", 3, "termSourcedIds", DANGLING),
            ("classes.csv", 4, "termSourcedIds", DANGLING),
            ("classes.csv", 5, "courseSourcedId", DANGLING),
            ("classes.csv", 6, "courseSourcedId", DANGLING),
            ("courses.csv", 5, "orgSourcedId", DANGLING),
            ("demographics.csv", 2, "sourcedId", DANGLING),
            ("demographics.csv", 10, "sourcedId", DANGLING),
        ];
        assert_eq!(found[..expected.len()], expected);
        let rest: Vec<_> = found[expected.len()..].iter().filter(|row| row.0 != "enrollments.csv").copied().collect();
        assert_eq!(rest, [
            ("users.csv", 5, "agentSourcedIds", DANGLING),
            ("users.csv", 8, "orgSourcedIds", DANGLING),
            ("users.csv", 11, "agentSourcedIds", DANGLING),
        ]);
        let seats = found.iter().filter(|row| row.0 == "enrollments.csv");
        assert!(seats.clone().all(|row| row.3 == DANGLING) && seats.count() == 18);
        assert_eq!(report.of(Kind::Students).created, 7);
        let lines: u64 = report.files.iter().map(|file| file.refused).sum();
        assert_eq!(lines, report.refused);
    }

    async fn a_bad_row_is_named_and_its_old_version_stays(app: TestApp) {
        let district = app.district("alder").await;
        import(&app, district, &fixture("v1p1-bulk")).await;
        app.clock.advance(TimeDelta::hours(1));
        let before = snapshot(&app).await;
        let long = "x".repeat(300);
        let bundle = Copy::of("v1p1-bulk")
            .replace("users.csv", "usr-s-voss,,,true", "usr-s-voss,,,yes")
            .replace("users.csv", "usr-s-park,,,true,org-north,student,s28park,{AVSIS:100207},Ji-woo", &format!("usr-s-park,,,true,org-north,student,s28park,{{AVSIS:100207}},{long}"))
            .replace("demographics.csv", "usr-s-quill,,,2008-06-19", "usr-s-quill,,,2030-06-19")
            .replace("enrollments.csv", "enr-weld-a-s-haddad,,", "enr-weld-a-s-haddad,,2026");
        let report = import(&app, district, bundle.path()).await;
        let mut found = refusals(&report);
        found.sort_unstable();
        assert_eq!(found, [
            // The birth dates of the two whose own rows were refused, and one that lies ahead.
            ("demographics.csv", 2, "sourcedId", DANGLING),
            ("demographics.csv", 8, "sourcedId", DANGLING),
            ("demographics.csv", 9, "birthDate", "OUT_OF_RANGE"),
            ("enrollments.csv", 4, "dateLastModified", "NOT_BLANK_IN_BULK"),
            ("users.csv", 5, "agentSourcedIds", DANGLING),
            ("users.csv", 8, "enabledUser", "INVALID_BOOLEAN"),
            ("users.csv", 14, "givenName", "TOO_LONG"),
        ]);
        assert!(report.is_unchanged(), "{report}");
        assert_eq!(snapshot(&app).await, before);
        let words: Vec<_> = report.refusals.iter().map(ToString::to_string).collect();
        assert!(!words.concat().contains("xxx"), "a reason repeats no data");
    }

    async fn a_second_row_of_one_key_is_refused(app: TestApp) {
        let district = app.district("alder").await;
        let bundle = Copy::of("v1p1-bulk")
            .append("orgs.csv", "org-north,,,Another,school,,org-district\n")
            .append("users.csv", "usr-s-voss,,,true,org-south,student,dup,,Another,Voss,,,,,,,,\n")
            .append("enrollments.csv", "enr-weld-a-s-voss,,,cls-weld-a,org-south,usr-s-quill,student,,,\n")
            .append("enrollments.csv", "enr-other,,,cls-weld-a,org-south,usr-s-voss,student,,,\n");
        let report = import(&app, district, bundle.path()).await;
        assert_eq!(refusals(&report), [
            ("orgs.csv", 5, "sourcedId", "DUPLICATE"),
            ("users.csv", 16, "sourcedId", "DUPLICATE"),
            ("enrollments.csv", 19, "sourcedId", "DUPLICATE"),
            ("enrollments.csv", 20, "userSourcedId", "DUPLICATE"),
        ]);
        assert_eq!(report.of(Kind::Students).created, 8);
        assert!(!snapshot(&app).await.concat().contains("Another"));
    }

    async fn a_second_primary_role_is_refused(app: TestApp) {
        let district = app.district("alder").await;
        let bundle = Copy::of("v1p2-bulk")
            .append("roles.csv", "rol-two,,,usr-t-okafor,primary,principal,2026-08-24,,org-south,\n");
        let report = import(&app, district, bundle.path()).await;
        assert_eq!(refusals(&report), [("roles.csv", 18, "roleType", "DUPLICATE")]);
        assert_eq!(report.of(Kind::Staff).created, 3);
    }

    async fn a_file_that_breaks_off_leaves_nothing(app: TestApp) {
        let district = app.district("alder").await;
        let before = snapshot(&app).await;
        let good = fs::read(fixture("v1p1-bulk").join("enrollments.csv")).unwrap();
        let broken = [&good[..], b"enr-x,,,cls-weld-a,org-south,usr-\xe9,student,,,\n"].concat();
        let bundle = Copy::of("v1p1-bulk").write("enrollments.csv", &broken);
        let refused = import_with(&app, district, bundle.path(), &ImportOptions::default()).await;
        let Err(ImportError::Bundle(error)) = refused else { panic!("{refused:?}") };
        let refusal = &error.refusals[0];
        assert_eq!((refusal.file.as_str(), refusal.line), ("enrollments.csv", Some(19)));
        assert_eq!(snapshot(&app).await, before);
        // The connection is as good as before.
        assert_eq!(import(&app, district, &fixture("v1p1-bulk")).await.refused, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_written_nowhere() {
    let app = TestApp::new(Backend::Sqlite).await;
    let district = app.district("alder").await;
    let secret = "hunter2-Zebra";
    let bundle = Copy::of("v1p1-bulk").replace("users.csv", ",11,\n", &format!(",11,{secret}\n"));
    let report = import(&app, district, bundle.path()).await;
    assert_eq!(report.refused, 0);
    assert_eq!(rows::<student::Entity>(&app, student::Column::Id).await.len(), 8);
    let file = app.database.url().trim_start_matches("sqlite://").split('?').next().unwrap();
    let folder = std::path::Path::new(file).parent().unwrap();
    let mut bytes = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        bytes.extend(fs::read(file.unwrap().path()).unwrap());
    }
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("s27voss@aldervalley.example") && !holds(secret));
    assert!(!serde_json::to_string(&report).unwrap().contains(secret));
}
