//! Our own little districts, complete and referentially closed, in every format.

use super::{collect, fixture, folder, strictly, zip_file, zipped};
use crate::bulk::oneroster::{
    Bundle, Class, Code, Course, Demographics, Enrollment, FileKind, Format, Mode, Org, PersonKind,
    Record, Relationship, Role, Session, StaffKind, Status, User,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

fn all<R: Record>(bundle: &Bundle) -> Vec<R> {
    let (records, refusals) = collect(bundle);
    assert_eq!(refusals, []);
    records
}

fn ids<R>(records: &[R], id: impl Fn(&R) -> &str) -> BTreeSet<String> {
    let ids: BTreeSet<_> = records.iter().map(|record| id(record).to_owned()).collect();
    assert_eq!(ids.len(), records.len());
    ids
}

/// Checks that whatever a row refers to is in the bundle.
fn is_closed(bundle: &Bundle) {
    let orgs = ids(&all::<Org>(bundle), |org| &org.sourced_id);
    let sessions = ids(&all::<Session>(bundle), |session| &session.sourced_id);
    let users = ids(&all::<User>(bundle), |user| &user.sourced_id);
    let courses = all::<Course>(bundle);
    assert!(courses.iter().all(|course| orgs.contains(&course.org)));
    let courses = ids(&courses, |course| &course.sourced_id);
    let classes = all::<Class>(bundle);
    for class in &classes {
        assert!(orgs.contains(&class.school));
        assert!(class.course.iter().all(|course| courses.contains(course)));
        assert!(class.terms.iter().all(|term| sessions.contains(term)));
    }
    let classes = ids(&classes, |class| &class.sourced_id);
    for enrollment in all::<Enrollment>(bundle) {
        assert!(classes.contains(&enrollment.class) && users.contains(&enrollment.user));
    }
    for user in all::<User>(bundle) {
        assert!(user.agents.iter().all(|agent| users.contains(agent)));
    }
    for role in all::<Role>(bundle) {
        assert!(users.contains(&role.user) && orgs.contains(&role.org));
    }
    assert!(all::<Demographics>(bundle).iter().all(|row| users.contains(&row.user)));
}

#[test]
fn one_roster_1p1_in_bulk() {
    let bundle = strictly(&fixture("v1p1-bulk")).unwrap();
    assert_eq!(bundle.plan().format, Format::OneRoster1p1);
    assert_eq!(bundle.plan().source_system.as_deref(), Some("Alder Valley SIS"));
    assert_eq!(bundle.plan().notes, []);
    is_closed(&bundle);
    let users = all::<User>(&bundle);
    let students = users.iter().filter_map(|user| user.inline_role.as_ref());
    assert_eq!(students.filter(|role| role.role.person == PersonKind::Student).count(), 8);
}

#[test]
fn one_roster_1p2_in_bulk() {
    let bundle = strictly(&fixture("v1p2-bulk")).unwrap();
    assert_eq!(bundle.plan().format, Format::OneRoster1p2);
    is_closed(&bundle);
    let roles = all::<Role>(&bundle);
    let counselor = PersonKind::Staff(StaffKind::Counselor);
    assert_eq!(roles.iter().filter(|role| role.role.person == counselor).count(), 2);
    assert!(roles.iter().any(|role| !role.primary));
    let users = all::<User>(&bundle);
    let annie = users.iter().find(|user| user.sourced_id == "usr-s-tran-a").unwrap();
    assert_eq!(annie.preferred_given_name.as_deref(), Some("Annie"));
    assert_eq!(annie.primary_org.as_deref(), Some("org-north"));
    assert_eq!(annie.inline_role, None);
}

#[test]
fn one_roster_1p2_as_delta() {
    let bundle = strictly(&fixture("v1p2-delta")).unwrap();
    assert!(bundle.plan().files.iter().all(|file| file.mode == Mode::Delta));
    let users = all::<User>(&bundle);
    let deleted: Vec<_> = users.iter().filter(|user| user.status == Status::ToBeDeleted).collect();
    assert_eq!((users.len(), deleted.len()), (3, 1));
    assert_eq!(all::<Enrollment>(&bundle).len(), 2);
    assert_eq!(all::<Org>(&bundle), []);
}

#[test]
fn school_data_sync_2p1() {
    let bundle = strictly(&fixture("sds-v2p1")).unwrap();
    assert_eq!(bundle.plan().format, Format::SdsV2p1);
    assert_eq!(bundle.plan().notes[0].file, "userFlags.csv");
    is_closed(&bundle);
    let users = ids(&all::<User>(&bundle), |user| &user.sourced_id);
    for relationship in all::<Relationship>(&bundle) {
        assert!(users.contains(&relationship.student) && users.contains(&relationship.contact));
    }
    let roles = all::<Role>(&bundle);
    assert_eq!(roles[0].sourced_id, "usr-t-okafor/org-south/teacher");
    assert_eq!(ids(&roles, |role| &role.sourced_id).len(), roles.len());
}

#[test]
fn unknown_columns_of_school_data_sync_are_noted() {
    let orgs = "sourcedId,name,type,parentSourcedId,colour\nd-1,Alder,skating rink,,red\n";
    let folder = folder(&[("orgs.csv", orgs.as_bytes())]);
    let bundle = Bundle::open(folder.path()).unwrap();
    assert_eq!(bundle.plan().notes[0].code, Code::ColumnIgnored);
    let report = bundle.read::<Org>(|_| ControlFlow::Continue(())).unwrap();
    assert_eq!((report.refused, report.notes[0].code), (0, Code::UnknownOrgType));
}

/// The same files in a folder and in a zip file are the same bundle.
#[test]
fn a_zip_file_reads_as_its_folder_does() {
    let path = fixture("v1p2-bulk");
    let unpacked = Bundle::open(&path).unwrap();
    let files: Vec<_> = std::fs::read_dir(&path)
        .unwrap()
        .map(|found| found.unwrap())
        .map(|found| (found.file_name().into_string().unwrap(), std::fs::read(found.path())))
        .map(|(name, content)| (name, content.unwrap()))
        .collect();
    let entries: Vec<_> =
        files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let (_folder, zip) = zip_file(&zipped(&entries));
    let packed = Bundle::open(&zip).unwrap();
    assert_eq!(packed.plan(), unpacked.plan());
    assert_eq!(all::<User>(&packed), all::<User>(&unpacked));
    assert_eq!(all::<Role>(&packed), all::<Role>(&unpacked));
}

#[test]
fn a_check_goes_through_every_file_in_writing_order() {
    let bundle = Bundle::open(&fixture("v1p2-bulk")).unwrap();
    let mut seen = Vec::new();
    let reports = bundle
        .check(|kind, row| {
            assert_eq!(row.record, Ok(()));
            seen.push(kind);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(seen.is_sorted());
    seen.dedup();
    assert_eq!(seen.len(), 8);
    let users = reports.iter().find(|(kind, _)| *kind == FileKind::Users).unwrap();
    assert_eq!(users.1.rows, 14);
}
