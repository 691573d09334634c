//! Small files of our own in the forms of the publishers: O*NET ends its lines with CRLF, the NCES
//! begins with a byte order mark.

use std::{
    fs,
    path::{Path, PathBuf},
};

use entity::reference_release::ReferenceDataset;
use pathbridge::bulk::{
    import::Silent,
    reference::{LoadOptions, LoadReport, load},
};
use tempfile::TempDir;

use crate::support::TestApp;

/// A folder of files, to be changed.
pub struct Files(TempDir);

/// The areas' elements and names.
const AREAS: [(&str, &str); 6] = [
    ("1.B.1.a", "Realistic"),
    ("1.B.1.b", "Investigative"),
    ("1.B.1.c", "Artistic"),
    ("1.B.1.d", "Social"),
    ("1.B.1.e", "Enterprising"),
    ("1.B.1.f", "Conventional"),
];

impl Files {
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn write(self, file: &str, text: &str) -> Self {
        fs::write(self.path().join(file), text).unwrap();
        self
    }

    pub fn without(self, file: &str) -> Self {
        fs::remove_file(self.path().join(file)).unwrap();
        self
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// Replaces the first place of a text that must be there.
    pub fn replace(self, file: &str, old: &str, new: &str) -> Self {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replacen(old, new, 1))
    }

    pub fn append(self, file: &str, rows: &str) -> Self {
        let text = self.read(file) + rows;
        self.write(file, &text)
    }

    /// Three scored occupations and one without scores, as O*NET writes them.
    pub fn onet() -> Self {
        let titles = "O*NET-SOC Code\tTitle\tDescription\r\n\
            15-1252.00\tSoftware Developers\tThe \"first\" sentence.\r\n\
            15-1299.00\tComputer Occupations, All Other\tAnother.\r\n\
            29-1141.00\tRegistered Nurses\tA third.\r\n\
            29-1141.01\tAcute Care Nurses\tA fourth.\r\n";
        let mut interests =
            "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate\t\
            Domain Source\r\n"
                .to_owned();
        for (code, scores) in [
            ("15-1252.00", ["3.05", "6.10", "3.00", "1.50", "2.00", "5.25"]),
            ("29-1141.00", ["3.11", "5.00", "1.62", "6.70", "2.41", "4.24"]),
            ("29-1141.01", ["3.00", "5.70", "1.00", "7.00", "2.33", "4.00"]),
        ] {
            for ((element, name), score) in AREAS.into_iter().zip(scores) {
                interests +=
                    &[code, element, name, "OI", score, "02/2026", "Machine Learning"].join("	");
                interests += "
";
            }
            let first = "First Interest High-Point";
            interests += &[code, "1.B.1.g", first, "IH", "0.00", "11/2023", "Expert"].join("	");
            interests += "
";
        }
        Self::empty().write("Occupation Data.txt", titles).write("Interests.txt", &interests)
    }

    /// All clusters, and occupations in some of them.
    pub fn clusters() -> Self {
        let newer = "cluster\tcross_cutting\tnaics2\n\
            Advanced Manufacturing\tfalse\t31-33\n\
            Arts, Entertainment, & Design\tfalse\t71\n\
            Digital Technology\ttrue\t51, 54\n\
            Financial Services\tfalse\t52, 53\n\
            Healthcare & Human Services\tfalse\t62, 81\n";
        let map = "legacy_cluster_16\tcluster_14\n\
            Arts, A/V Technology & Communications\tArts, Entertainment, & Design\n\
            Finance\tFinancial Services\n\
            Health Science\tHealthcare & Human Services\n\
            Human Services\tHealthcare & Human Services\n\
            Information Technology\tDigital Technology\n\
            Manufacturing\tAdvanced Manufacturing\n\
            Science, Technology, Engineering & Mathematics\tDigital Technology\n";
        let members = "Career Cluster,Career Pathway,Code,Occupation\n\
            Health Science,Therapeutic Services,29-1141.00,Registered Nurses\n\
            Health Science; Health Science,Therapeutic Services; Support Services,29-1141.01,Acute Care Nurses\n\
            \"Information Technology; Science, Technology, Engineering & Mathematics\",Programming,15-1252.00,Software Developers\n\
            \"Science, Technology, Engineering & Mathematics\",Science,19-2012.00,Physicists\n\
            \"Arts, Audio/Video Technology & Communications\",Visual Arts,27-1024.00,Graphic Designers\n";
        Self::empty()
            .write("clusters.tsv", newer)
            .write("legacy16_to_14.tsv", map)
            .write("onet_16_clusters_by_soc.csv", members)
    }

    /// Programmes and occupations, some of which have no match.
    pub fn cip_soc() -> Self {
        let pairs = "\u{feff}CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\r\n\
            01.0508,Taxidermy/Taxidermist.,99-9999,NO MATCH\r\n\
            11.0701,Computer Science.,15-1221,Computer and Information Research Scientists\r\n\
            11.0701,Computer Science.,15-1252,Software Developers\r\n\
            51.3801,Registered Nursing/Registered Nurse.,29-1141,Registered Nurses\r\n\
            51.3808,Nursing Science.,29-1141,Registered Nurses\r\n\
            01.0903,\"Animal Health, General.\",29-2056,Veterinary Technologists and Technicians\r\n\
            99.9999,NO MATCH,25-3041,Tutors\r\n";
        let codes = "\"CIPFamily\",\"CIPCode\",\"Action\",\"TextChange\",\"CIPTitle\",\"CIPDefinition\",\"CrossReferences\",\"Examples\"\r\n\
            =\"51\",=\"51\",\"No substantive changes\",yes,\"HEALTH PROFESSIONS.\",\"All, \"\"health\"\" too.\",\"\",\r\n\
            =\"51\",=\"51.38\",\"New\",yes,\"Registered Nursing.\",\"Nursing.\",\"\",\r\n\
            =\"51\",=\"51.1601\",\"Moved from\",no,\"Nursing.\",\"Moved.\",\"\",\r\n";
        Self::empty().write("CIP2020_SOC2018_Crosswalk.csv", pairs).write("CIPCode2020.csv", codes)
    }

    /// Loads the folder.
    pub async fn load(&self, app: &TestApp, dataset: ReferenceDataset) -> LoadReport {
        load(&app.app, &options(self.path(), dataset), &Silent).await.unwrap()
    }

    /// Loads the folder as O*NET under this name and date.
    pub async fn load_onet_as(&self, app: &TestApp, name: &str, day: &str) -> LoadReport {
        let options = LoadOptions {
            name: Some(name.to_owned()),
            released_on: Some(day.parse().unwrap()),
            ..options(self.path(), ReferenceDataset::Onet)
        };
        load(&app.app, &options, &Silent).await.unwrap()
    }
}

/// As the command line has it without flags.
pub fn options(folder: &Path, dataset: ReferenceDataset) -> LoadOptions {
    LoadOptions { dataset, folder: PathBuf::from(folder), name: None, released_on: None }
}

/// Everything, in the order of the publishers' pages.
pub async fn load_all(app: &TestApp) {
    Files::onet().load(app, ReferenceDataset::Onet).await;
    Files::clusters().load(app, ReferenceDataset::CareerClusters).await;
    Files::cip_soc().load(app, ReferenceDataset::CipSoc).await;
}
