//! `pathbridge reference`: occupations, career clusters and crosswalks, as their publishers give
//! them out.

use std::{io, path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use entity::reference_release::ReferenceDataset;
use pathbridge::{
    bulk::reference::{
        LoadOptions,
        command::{run, run_sample},
    },
    config::Config,
};

use super::open;

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load a release; older ones stay for what was derived from them.
    #[command(subcommand)]
    Load(Load),
}

/// What is loaded.
#[derive(Debug, Subcommand)]
pub enum Load {
    /// Occupations and their interest scores: `Occupation Data.txt` and `Interests.txt` of O*NET.
    Onet(Files),
    /// Career clusters of 2002 and 2024, the map between them, and the occupations in them.
    Clusters(Files),
    /// Programmes of study and the occupations they prepare for: the crosswalk of the NCES.
    CipSoc(Files),
    /// The small compilation that the program brings along; anything official goes before it.
    Sample,
}

/// Which files, and under which name.
#[derive(Debug, Args)]
pub struct Files {
    /// The folder with the files.
    dir: PathBuf,
    /// The name of the release; else what the folder or the files tell.
    #[arg(long, value_name = "NAME")]
    release: Option<String>,
    /// The day of its publication, as 2026-02-01; else what the files tell.
    #[arg(long, value_name = "DAY")]
    date: Option<NaiveDate>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Loads.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let Self::Load(load) = self;
        let app = open::app(config).await?;
        let (out, err) = (&mut io::stdout(), &mut io::stderr());
        let (dataset, files) = match load {
            Load::Onet(files) => (ReferenceDataset::Onet, files),
            Load::Clusters(files) => (ReferenceDataset::CareerClusters, files),
            Load::CipSoc(files) => (ReferenceDataset::CipSoc, files),
            Load::Sample => return Ok(run_sample(&app, out, err).await?.into()),
        };
        let Files { dir: folder, release: name, date: released_on, json } = files;
        let options = LoadOptions { dataset, folder, name, released_on };
        Ok(run(&app, &options, json, out, err).await?.into())
    }
}
