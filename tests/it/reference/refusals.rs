//! What is wrong is told with file and line, all of it at once, and then nothing is loaded at all.

use entity::reference_release::ReferenceDataset;
use pathbridge::bulk::reference::LoadOutcome;

use super::files::{Files, load_all};
use crate::support::{TestApp, both, dump::dump};

const ONET: ReferenceDataset = ReferenceDataset::Onet;
const CLUSTERS: ReferenceDataset = ReferenceDataset::CareerClusters;
const CIP_SOC: ReferenceDataset = ReferenceDataset::CipSoc;

/// Fails unless the folder is refused for exactly these reasons: file, line, column, code.
#[track_caller]
fn told(report: &pathbridge::bulk::reference::LoadReport, expected: &[(&str, u64, &str, &str)]) {
    assert_eq!(report.outcome, LoadOutcome::Refused);
    let found: Vec<_> = report
        .refusals
        .iter()
        .map(|one| {
            let column = one.column.as_deref().unwrap_or_default();
            (one.file.as_str(), one.line.unwrap_or_default(), column, one.code)
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(report.refused, expected.len() as u64);
}

async fn refused(
    app: &TestApp,
    files: Files,
    dataset: ReferenceDataset,
    expected: &[(&str, u64, &str, &str)],
) {
    let before = dump(app).await;
    let report = files.load(app, dataset).await;
    told(&report, expected);
    assert_eq!(before, dump(app).await, "nothing is half loaded: {expected:?}");
}

both! {
    async fn bad_rows_of_onet_are_told_by_their_lines(app: TestApp) {
        let i = "Interests.txt";
        let o = "Occupation Data.txt";
        for (files, expected) in [
            (Files::onet().replace(o, "29-1141.00", "29-1141"),
                vec![(o, 4, "O*NET-SOC Code", "INVALID_FORMAT"),
                    (i, 9, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"), (i, 10, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"),
                    (i, 11, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"), (i, 12, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"),
                    (i, 13, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"), (i, 14, "O*NET-SOC Code", "REFERENCE_NOT_FOUND")]),
            (Files::onet().replace(i, "29-1141.00\t1.B.1.g", "nurses\t1.B.1.g"),
                vec![(i, 15, "O*NET-SOC Code", "INVALID_FORMAT")]),
            (Files::onet().replace(i, "6.10", "7.01").replace(i, "1.62", "0.99"),
                vec![(i, 3, "Data Value", "OUT_OF_RANGE"), (i, 11, "Data Value", "OUT_OF_RANGE")]),
            (Files::onet().replace(i, "6.10", "high"), vec![(i, 3, "Data Value", "INVALID_FORMAT")]),
            (Files::onet().replace(i, "29-1141.00\t1.B.1.d\tSocial\tOI", "29-1141.00\t1.B.1.d\tSocial\tIH"),
                vec![(i, 9, "Element ID", "AREA_MISSING")]),
            (Files::onet().replace(i, "29-1141.00\t1.B.1.d", "29-1141.00\t1.B.1.c"),
                vec![(i, 12, "Element ID", "DUPLICATE"), (i, 9, "Element ID", "AREA_MISSING")]),
            (Files::onet().append(o, "29-1141.00\tAgain\tOnce more.\r\n"), vec![(o, 6, "O*NET-SOC Code", "DUPLICATE")]),
            (Files::onet().append(o, "29-1151.00\t \tNothing.\r\n"), vec![(o, 6, "Title", "REQUIRED")]),
            (Files::onet().append(i, "29-1141.01\t1.B.1.a\tRealistic\tOI\r\n"), vec![(i, 23, "", "ROW_LENGTH")]),
            (Files::onet().append(i, "\r\n\r\n29-1141.01\t1.B.1.a\tRealistic"), vec![(i, 25, "", "ROW_LENGTH")]),
            (Files::onet().replace(i, "02/2026", "2026-02"), vec![(i, 2, "Date", "INVALID_FORMAT")]),
            (Files::onet().write("Job Zones.txt", "O*NET-SOC Code\tJob Zone\n29-1141.00\t6\n29-9999.00\t1\n29-1141.01\t2\n29-1141.01\t2\n"),
                vec![("Job Zones.txt", 2, "Job Zone", "OUT_OF_RANGE"), ("Job Zones.txt", 3, "O*NET-SOC Code", "REFERENCE_NOT_FOUND"),
                    ("Job Zones.txt", 5, "O*NET-SOC Code", "DUPLICATE")]),
        ] {
            refused(&app, files, ONET, &expected).await;
        }
    }

    async fn files_that_are_none_are_told(app: TestApp) {
        let i = "Interests.txt";
        let o = "Occupation Data.txt";
        let header = Files::onet().read(i).lines().next().unwrap().to_owned();
        for (files, expected) in [
            (Files::onet().without(i), vec![(i, 0, "", "FILE_MISSING")]),
            (Files::onet().without(i).without(o), vec![(o, 0, "", "FILE_MISSING"), (i, 0, "", "FILE_MISSING")]),
            (Files::onet().replace(i, "Scale ID", "Scale").replace(i, "Data Value", "Value"),
                vec![(i, 1, "Scale ID", "COLUMN_MISSING"), (i, 1, "Data Value", "COLUMN_MISSING")]),
            (Files::onet().write(o, ""), vec![(o, 0, "", "EMPTY_FILE")]),
            (Files::onet().write(o, "O*NET-SOC Code\tTitle\r\n").write(i, &format!("{header}\r\n29-1141.00\t\t\tIH\t\t02/2026\t\r\n")),
                vec![(o, 0, "", "HEADER_ONLY")]),
            (Files::onet().replace(i, "\tDate\t", "\tDay\t"), vec![(i, 0, "", "REQUIRED")]),
        ] {
            refused(&app, files, ONET, &expected).await;
        }
        let latin = Files::onet();
        let mut bytes = latin.read(o).into_bytes();
        let at = bytes.windows(6).position(|six| six == b"Nurses").unwrap();
        bytes[at] = 0xE9;
        std::fs::write(latin.path().join(o), &bytes).unwrap();
        refused(&app, latin, ONET, &[(o, 4, "", "NOT_UTF8")]).await;
        let binary = Files::onet().replace(o, "Nurses", "Nur\0ses");
        refused(&app, binary, ONET, &[(o, 4, "", "NUL_BYTE")]).await;
        let wide = Files::onet();
        std::fs::write(wide.path().join(i), b"\xFF\xFEO\0*\0").unwrap();
        refused(&app, wide, ONET, &[(i, 0, "", "UTF16")]).await;
    }

    async fn bad_rows_of_clusters_are_told_by_their_lines(app: TestApp) {
        let (list, map, members) = ("clusters.tsv", "legacy16_to_14.tsv", "onet_16_clusters_by_soc.csv");
        for (files, expected) in [
            (Files::clusters().replace(list, "\tfalse\t71", "\tperhaps\t71"),
                vec![(list, 3, "cross_cutting", "INVALID_FORMAT"), (map, 2, "cluster_14", "REFERENCE_NOT_FOUND"),
                    (members, 6, "Career Cluster", "REFERENCE_NOT_FOUND")]),
            (Files::clusters().append(list, "Financial  Services\ttrue\t52\n"), vec![(list, 7, "cluster", "DUPLICATE")]),
            (Files::clusters().append(map, "Finance\tFinancial Services\n"), vec![(map, 9, "cluster_14", "DUPLICATE")]),
            (Files::clusters().append(map, "Marketing\tMarketing & Sales\n"), vec![(map, 9, "cluster_14", "REFERENCE_NOT_FOUND")]),
            (Files::clusters().replace(members, "29-1141.00", "29-1141"), vec![(members, 2, "Code", "INVALID_FORMAT")]),
            (Files::clusters().append(members, "Astrology,None,15-1252.00,Developers\n"),
                vec![(members, 7, "Career Cluster", "REFERENCE_NOT_FOUND")]),
            (Files::clusters().append(members, "\"Finance,Open,13-2011.00,Accountants\n"), vec![(members, 7, "", "ROW_LENGTH")]),
            (Files::clusters().without(map), vec![(map, 0, "", "FILE_MISSING")]),
        ] {
            refused(&app, files, CLUSTERS, &expected).await;
        }
    }

    async fn bad_rows_of_the_crosswalk_are_told_by_their_lines(app: TestApp) {
        let (pairs, codes) = ("CIP2020_SOC2018_Crosswalk.csv", "CIPCode2020.csv");
        for (files, expected) in [
            (Files::cip_soc().replace(pairs, "51.3801,", "51.38,"), vec![(pairs, 5, "CIP2020Code", "INVALID_FORMAT")]),
            (Files::cip_soc().replace(pairs, "15-1252", "15-1252.00"), vec![(pairs, 4, "SOC2018Code", "INVALID_FORMAT")]),
            (Files::cip_soc().append(pairs, "11.0701,Computer Science.,15-1252,Software Developers\r\n"),
                vec![(pairs, 9, "CIP2020Code", "DUPLICATE")]),
            (Files::cip_soc().replace(pairs, "SOC2018Title", "Title"), vec![(pairs, 1, "SOC2018Title", "COLUMN_MISSING")]),
            (Files::cip_soc().replace(codes, "=\"51.38\"", "=\"51.3\""), vec![(codes, 3, "CIPCode", "INVALID_FORMAT")]),
            (Files::cip_soc().write("CIP2010_SOC2010_Crosswalk.csv", ""), vec![(pairs, 0, "", "FILE_DUPLICATE")]),
        ] {
            refused(&app, files, CIP_SOC, &expected).await;
        }
    }

    async fn what_is_loaded_stays_when_more_is_refused(app: TestApp) {
        load_all(&app).await;
        refused(&app, Files::onet().replace("Interests.txt", "3.05", "0.05"), ONET,
            &[("Interests.txt", 2, "Data Value", "OUT_OF_RANGE")]).await;
    }
}
