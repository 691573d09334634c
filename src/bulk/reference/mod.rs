//! Loading reference data from the files in which their publishers give them out.
//!
//! A folder is read as a whole and checked as a whole: everything that is wrong is told with file
//! and line, and then nothing is loaded at all. What is in order goes to
//! [`crate::reference::service::load`], which writes it in one transaction, once. Then students'
//! standings are worked out anew against the newer release, some hundred at a time; a load that is
//! repeated goes on with that.
//!
//! | dataset | files |
//! |---|---|
//! | `onet` | `Occupation Data.txt`, `Interests.txt`, and `Job Zones.txt` when it is there, of any text release of the O*NET database |
//! | `clusters` | `clusters.tsv` (the clusters of 2024), `legacy16_to_14.tsv` (where those of 2002 went), and `onet_16_clusters_by_soc.csv` (O*NET's list of occupations by cluster) when it is there |
//! | `cip-soc` | the crosswalk of the NCES, `CIP2020_SOC2018_Crosswalk.csv` by name, and its list of CIP codes, `CIPCode2020.csv`, when it is there |
//!
//! The program brings a small compilation of its own along, so that there is something to look at
//! without any download ([`sample`]).

mod cip_soc;
mod clusters;
pub mod command;
mod folder;
mod onet;
mod release;
mod report;
pub mod sample;
mod sheet;
mod title;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use entity::reference_release::ReferenceDataset;

pub use report::{LoadOutcome, LoadReport};

use self::{folder::Folder, report::Findings};
use crate::{
    app::App,
    auth::Caller,
    bulk::import::Progress,
    error::{Error, Result},
    interests::service::standing,
    reference::service::load,
};

/// What to load, and under which name.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// What the folder holds.
    pub dataset: ReferenceDataset,
    /// The folder.
    pub folder: PathBuf,
    /// What its publisher calls the release, when the files do not tell.
    pub name: Option<String>,
    /// The day of the publication, when the files do not tell.
    pub released_on: Option<NaiveDate>,
}

/// Loads a folder.
pub async fn load(
    app: &App,
    options: &LoadOptions,
    progress: &(dyn Progress + 'static),
) -> Result<LoadReport> {
    let begun = app.clock.now();
    let mut findings = Findings::default();
    let loaded = read_and_load(app, options, &mut findings, progress).await;
    progress.end();
    if let Ok(Some(_)) = &loaded {
        findings.renewed(follow(app).await?);
    }
    let taken = (app.clock.now() - begun).to_std().unwrap_or_default();
    match loaded {
        Ok(loaded) => Ok(LoadReport::new(options.dataset, loaded, findings, taken)),
        // A name that is taken is for the operator to mend, as any row is.
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                findings.refuse_name(problem.message);
            }
            Ok(LoadReport::new(options.dataset, None, findings, taken))
        }
        Err(error) => Err(error),
    }
}

/// Works out anew what was derived from older releases; tells for how many students.
///
/// It is done also when nothing was loaded: whoever was broken off in the middle repeats the load.
async fn follow(app: &App) -> Result<usize> {
    standing::renew(app, &Caller::house(app.clock.now())).await
}

async fn read_and_load(
    app: &App,
    options: &LoadOptions,
    findings: &mut Findings,
    progress: &(dyn Progress + 'static),
) -> Result<Option<load::Loaded>> {
    let wanted = match options.dataset {
        ReferenceDataset::Onet => &onet::FILES[..],
        ReferenceDataset::CareerClusters => &clusters::FILES[..],
        ReferenceDataset::CipSoc => &cip_soc::FILES[..],
    };
    let Some(folder) = open(&options.folder, wanted, findings).await? else { return Ok(None) };
    progress.begin(folder.bytes());
    let loaded = match options.dataset {
        ReferenceDataset::Onet => {
            let read = onet::read(&folder, options, findings, progress);
            let Some((release, rows)) = read.filter(|_| findings.are_clean()) else {
                return Ok(None);
            };
            load::onet(app, &release, &rows).await?
        }
        ReferenceDataset::CareerClusters => {
            let read = clusters::read(&folder, options, findings, progress);
            let Some((release, rows)) = read.filter(|_| findings.are_clean()) else {
                return Ok(None);
            };
            load::clusters(app, &release, &rows).await?
        }
        ReferenceDataset::CipSoc => {
            let read = cip_soc::read(&folder, options, findings, progress);
            let Some((release, rows)) = read.filter(|_| findings.are_clean()) else {
                return Ok(None);
            };
            load::cip_soc(app, &release, &rows).await?
        }
    };
    Ok(Some(loaded))
}

/// Reads the files of a folder, away from the threads that serve.
async fn open(
    path: &Path,
    wanted: &'static [folder::Wanted],
    findings: &mut Findings,
) -> Result<Option<Folder>> {
    let path = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || Folder::read(&path, wanted));
    match reading.await.map_err(Error::internal)? {
        Ok(folder) => Ok(Some(folder)),
        Err(refusals) => {
            for refusal in refusals {
                findings.refuse(refusal);
            }
            Ok(None)
        }
    }
}
