//! Programmes of study and the occupations that they prepare for.

use entity::{cip_program, cip_soc, soc_occupation};
use sea_orm::ActiveValue::Set;
use serde::Serialize;

use super::{Begun, Load, Loaded, NewRelease, begin};
use crate::{app::App, error::Result, store::settled};

/// A release of the crosswalk; each code and each pair occurs once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewCipSoc {
    /// CIP codes with their titles.
    pub programs: Vec<(String, String)>,
    /// SOC codes with their titles.
    pub occupations: Vec<(String, String)>,
    /// A CIP code and a SOC code for which it prepares.
    pub pairs: Vec<(String, String)>,
}

/// Loads a release of the crosswalk.
pub async fn cip_soc(app: &App, release: &NewRelease, new: &NewCipSoc) -> Result<Loaded> {
    settled(|| async {
        let load = match begin(app, release, new).await? {
            Begun::Known(release) => return Ok(Loaded { release, is_new: false }),
            Begun::New(load) => load,
        };
        load.write_codes(new).await?;
        load.commit().await
    })
    .await
}

impl Load<'_> {
    async fn write_codes(&self, new: &NewCipSoc) -> Result<()> {
        let release_id = self.release.id;
        let program = |(code, title): &(String, String)| cip_program::ActiveModel {
            release_id: Set(release_id),
            code: Set(code.clone()),
            title: Set(title.clone()),
        };
        let programs = new.programs.iter().map(program).collect();
        self.insert_all::<cip_program::Entity>(programs).await?;
        let occupation = |(code, title): &(String, String)| soc_occupation::ActiveModel {
            release_id: Set(release_id),
            code: Set(code.clone()),
            title: Set(title.clone()),
        };
        let occupations = new.occupations.iter().map(occupation).collect();
        self.insert_all::<soc_occupation::Entity>(occupations).await?;
        let pair = |(cip, soc): &(String, String)| cip_soc::ActiveModel {
            release_id: Set(release_id),
            cip_code: Set(cip.clone()),
            soc_code: Set(soc.clone()),
        };
        self.insert_all::<cip_soc::Entity>(new.pairs.iter().map(pair).collect()).await
    }
}
