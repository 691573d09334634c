//! The real samples that others published, when they lie beside the project.

use std::path::{Path, PathBuf};

use pathbridge::bulk::import::{ImportReport, Kind};

use super::{
    bundle::{Copy, import},
    snapshot::snapshot,
};
use crate::support::{TestApp, both};

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

/// The first report; a second import of the same sample must change nothing.
async fn twice(app: &TestApp, path: &Path) -> ImportReport {
    let district = app.district("sample").await;
    let first = import(app, district, path).await;
    let before = snapshot(app).await;
    assert!(!before.concat().contains("P@ssword"));
    assert!(import(app, district, path).await.is_unchanged());
    assert_eq!(snapshot(app).await, before);
    first
}

fn created(report: &ImportReport, kinds: &[Kind]) -> Vec<u64> {
    kinds.iter().map(|kind| report.of(*kind).created).collect()
}

both! {
    async fn school_data_sync_2p1(app: TestApp) {
        let Some(path) = sample("sds-v2.1") else { return };
        let report = twice(&app, &path).await;
        println!("{report}");
        assert_eq!(created(&report, &[Kind::Schools, Kind::Students, Kind::Guardians, Kind::Staff]), [2, 4, 2, 2]);
    }

    async fn school_data_sync_2(app: TestApp) {
        let Some(path) = sample("sds-v2") else { return };
        let report = twice(&app, &path).await;
        println!("{report}");
        assert_eq!(created(&report, &[Kind::Students, Kind::Classes]), [22, 4]);
    }

    async fn one_roster_1p1_without_a_manifest(app: TestApp) {
        let Some(path) = sample("v1p1-1999-users") else { return };
        let report = twice(&app, &path).await;
        println!("{report}");
        assert_eq!(created(&report, &[Kind::Schools, Kind::Students, Kind::Guardians, Kind::Staff]), [1, 2, 1, 1]);
    }

    async fn two_thousand_users(app: TestApp) {
        let Some(path) = sample("v1p1-1999-users") else { return };
        let bundle = Copy::empty();
        let users = std::fs::read(path.join("test-csv.csv")).unwrap();
        let header = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
        let bundle = bundle
            .write("users.csv", &users)
            .write("orgs.csv", format!("{header}slksldkmlsk49303,,,A School,school,,\n").as_bytes());
        let report = twice(&app, bundle.path()).await;
        println!("{report}");
        let people: u64 = created(&report, &[Kind::Students, Kind::Guardians, Kind::Staff]).iter().sum();
        assert_eq!((people, report.refused), (1999, 0));
    }

    async fn headers_alone_bring_nothing(app: TestApp) {
        let Some(path) = sample("v1p1-headers-only") else { return };
        let report = twice(&app, &path).await;
        assert!(report.is_unchanged());
        assert!(report.notes.iter().any(|note| note.contains("HEADER_ONLY")));
    }
}
