//! The real samples that others published, when they lie beside the project.

use super::collect;
use crate::bulk::oneroster::{
    Bundle, Class, Code, Course, Demographics, Enrollment, Format, Org, PersonKind, Relationship,
    Role, Session, User,
};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The folder of a sample; says so when it is not there.
fn sample(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("PATHBRIDGE_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = data.join("oneroster").join(name);
    if !folder.is_dir() {
        println!("left out: there is no sample {name} beside the project");
        return None;
    }
    Some(folder)
}

#[test]
fn school_data_sync_2p1() {
    let Some(path) = sample("sds-v2.1") else { return };
    let bundle = Bundle::open(&path).unwrap();
    assert_eq!(bundle.plan().format, Format::SdsV2p1);
    let users = collect::<User>(&bundle);
    assert!(!format!("{users:?}").contains("P@ssword"));
    assert_eq!((users.0.len(), users.1.len()), (8, 0));
    assert_eq!(collect::<Org>(&bundle).0.len(), 4);
    assert_eq!(collect::<Session>(&bundle).0.len(), 2);
    assert_eq!(collect::<Course>(&bundle).0.len(), 3);
    assert_eq!(collect::<Class>(&bundle).0.len(), 2);
    assert_eq!(collect::<Role>(&bundle).0.len(), 7);
    assert_eq!(collect::<Enrollment>(&bundle).0.len(), 6);
    assert_eq!(collect::<Relationship>(&bundle).0.len(), 3);
    assert_eq!(collect::<Demographics>(&bundle).0.len(), 6);
}

#[test]
fn school_data_sync_2() {
    let Some(path) = sample("sds-v2") else { return };
    let bundle = Bundle::open(&path).unwrap();
    assert_eq!(bundle.plan().format, Format::SdsV2);
    let (users, refusals) = collect::<User>(&bundle);
    assert_eq!(refusals, []);
    let students = users.iter().filter_map(|user| user.inline_role.as_ref());
    assert_eq!(students.filter(|role| role.role.person == PersonKind::Student).count(), 22);
    assert_eq!(collect::<Enrollment>(&bundle).0.len(), 29);
    assert_eq!(collect::<Enrollment>(&bundle).1, []);
}

#[test]
fn two_thousand_users_of_1p1() {
    let Some(path) = sample("v1p1-1999-users") else { return };
    let bundle = Bundle::open(&path).unwrap();
    assert_eq!(bundle.plan().format, Format::OneRoster1p1);
    assert!(bundle.plan().notes.iter().any(|note| note.code == Code::NoManifest));
    let report = bundle.read::<User>(|_| ControlFlow::Continue(())).unwrap();
    assert_eq!((report.rows, report.refused), (4, 0));
    let notes: Vec<_> = report.notes.iter().map(|note| (note.code, note.count)).collect();
    assert_eq!(notes, [(Code::ActiveInBulk, 4), (Code::BareUserId, 4), (Code::NewerRole, 1)]);

    let long = std::fs::read(path.join("test-csv.csv")).unwrap();
    let folder = super::folder(&[("users.csv", &long)]);
    let bundle = Bundle::open(folder.path()).unwrap();
    let (users, refusals) = collect::<User>(&bundle);
    assert_eq!((users.len(), refusals.len()), (1999, 0));
    let known: HashSet<_> = users.iter().map(|user| &user.sourced_id).collect();
    let agents: Vec<_> = users.iter().flat_map(|user| &user.agents).collect();
    assert!(agents.len() > 1_187 && agents.iter().all(|agent| known.contains(agent)));
}

#[test]
fn headers_only_end_with_nothing_to_import() {
    let Some(path) = sample("v1p1-headers-only") else { return };
    let bundle = Bundle::open(&path).unwrap();
    assert!(bundle.plan().is_empty());
    let count = |code| bundle.plan().notes.iter().filter(|note| note.code == code).count();
    assert_eq!((count(Code::HeaderOnly), count(Code::FileUnlisted)), (6, 1));
    assert_eq!(collect::<User>(&bundle).0, []);
    let strict = super::strictly(&path).unwrap_err();
    assert!(strict.refusals.iter().any(|refusal| refusal.code == Code::HeaderOnly));
}
