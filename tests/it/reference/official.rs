//! The publishers' own files, when they lie beside the project.

use std::path::{Path, PathBuf};

use entity::reference_release::ReferenceDataset;
use pathbridge::{
    bulk::{
        import::Silent,
        reference::{LoadOutcome, load},
    },
    reference::service::catalogue,
};

use super::files::options;
use crate::support::both;

/// The folder of the files; says so when it is not there.
fn beside() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("PATHBRIDGE_SHARED_DATA").map_or(beside, PathBuf::from);
    if !data.join("onet").is_dir() {
        println!("left out: there are no reference data beside the project");
        return None;
    }
    Some(data)
}

both! {
    async fn the_official_files_are_loaded(app: TestApp) {
        let Some(folder) = beside() else { return };
        let mut counts = Vec::new();
        for (dataset, name) in [
            (ReferenceDataset::Onet, "onet"),
            (ReferenceDataset::CareerClusters, "career-clusters"),
            (ReferenceDataset::CipSoc, "cip-soc"),
        ] {
            let options = options(&folder.join(name), dataset);
            let report = load(&app.app, &options, &Silent).await.unwrap();
            assert_eq!(report.outcome, LoadOutcome::Loaded, "{report}");
            let again = load(&app.app, &options, &Silent).await.unwrap();
            assert_eq!(again.outcome, LoadOutcome::Unchanged, "{again}");
            counts.push(report);
        }
        let known = catalogue::current(&app.app).await.unwrap();
        let number = |at: usize, what| counts[at].count(what).unwrap();
        assert_eq!(number(0, "occupations"), known.occupations.len() as u64);
        assert_eq!(number(0, "with interest scores"), known.scored().count() as u64);
        assert!(known.scored().count() > 800, "a release scores most occupations");
        assert_eq!((number(1, "clusters of 2002"), number(1, "clusters of 2024")), (16, 14));
        assert!(number(2, "pairs") > 5_000);
    }
}
