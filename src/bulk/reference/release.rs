//! What a release is called, and under which terms it comes.

use chrono::NaiveDate;
use entity::reference_release::ReferenceDataset;

use super::LoadOptions;
use crate::reference::service::load::NewRelease;

/// What the licence of O*NET asks for.
const ONET: &str = "This includes information from the O*NET Database by the U.S. Department of \
                    Labor, Employment and Training Administration (USDOL/ETA). Used under the CC \
                    BY 4.0 license. O*NET is a trademark of USDOL/ETA. The information was taken \
                    over in part; USDOL/ETA has not approved, endorsed, or tested these \
                    modifications.";
const CLUSTERS: &str = "Career clusters by Advance CTE. Occupations by cluster from O*NET by the \
                        U.S. Department of Labor, Employment and Training Administration \
                        (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark of \
                        USDOL/ETA, which has not approved, endorsed, or tested these \
                        modifications.";
const CIP_SOC: &str = "CIP-SOC crosswalk by the National Center for Education Statistics and the \
                       Bureau of Labor Statistics; public domain.";

/// A release with the terms of its publisher.
pub fn release(dataset: ReferenceDataset, name: String, released_on: NaiveDate) -> NewRelease {
    let (source, licence, attribution) = match dataset {
        ReferenceDataset::Onet => ("https://www.onetcenter.org/database.html", "CC BY 4.0", ONET),
        ReferenceDataset::CareerClusters => {
            ("https://careertech.org/career-clusters/", "CC BY 4.0 (O*NET)", CLUSTERS)
        }
        ReferenceDataset::CipSoc => {
            ("https://nces.ed.gov/ipeds/cipcode/", "Public domain", CIP_SOC)
        }
    };
    NewRelease {
        dataset,
        name,
        released_on,
        source,
        licence,
        attribution,
        cip_version: None,
        soc_version: None,
        is_sample: false,
    }
}

impl LoadOptions {
    /// The release as the operator names and dates it, or else as the files tell.
    pub(super) fn release(&self, name: String, released_on: NaiveDate) -> NewRelease {
        let name = self.name.clone().unwrap_or(name);
        release(self.dataset, name, self.released_on.unwrap_or(released_on))
    }
}

/// The name of an O*NET release in the name of its folder, as `30.3` in `db_30_3_text`.
pub fn in_folder_name(folder: &str) -> Option<String> {
    let rest = folder.to_lowercase();
    let mut parts = rest.strip_prefix("db_")?.split('_');
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    let (major, minor) = (parts.next().filter(is_number)?, parts.next().filter(is_number)?);
    Some(format!("{major}.{minor}"))
}

#[cfg(test)]
mod tests {
    use super::in_folder_name;

    #[test]
    fn the_folder_may_tell_the_release() {
        assert_eq!(in_folder_name("db_30_3_text").as_deref(), Some("30.3"));
        assert_eq!(in_folder_name("DB_29_1").as_deref(), Some("29.1"));
        for silent in ["onet", "db_", "db_30", "db_text_30_3", "db_30_x"] {
            assert_eq!(in_folder_name(silent), None, "{silent}");
        }
    }
}
