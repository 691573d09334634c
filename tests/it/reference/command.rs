//! The command line's half: what the operator reads, and how the command ends.

use entity::reference_release::ReferenceDataset;
use pathbridge::bulk::{
    import::command::Ending,
    reference::command::{run, run_sample},
};
use serde_json::Value;

use super::files::{Files, options};
use crate::support::{TestApp, both};

async fn command(app: &TestApp, files: &Files, json: bool) -> (Ending, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let options = options(files.path(), ReferenceDataset::Onet);
    let ending = run(&app.app, &options, json, &mut out, &mut err).await.unwrap();
    (ending, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

both! {
    async fn the_operator_reads_what_was_loaded(app: TestApp) {
        let (ending, out, err) = command(&app, &Files::onet(), false).await;
        assert_eq!((ending, err.as_str()), (Ending::Complete, ""));
        assert!(out.starts_with("onet 2026-02: loaded\n"), "{out}");
        assert!(out.contains("         3  with interest scores\n"), "{out}");
        assert!(out.contains("25 rows, 0 refusals"), "{out}");
        let (ending, out, _) = command(&app, &Files::onet(), false).await;
        assert_eq!(ending, Ending::Complete);
        assert!(out.starts_with("onet 2026-02: was loaded before, nothing changed\n"), "{out}");
    }

    async fn a_program_reads_json(app: TestApp) {
        let (_, out, _) = command(&app, &Files::onet(), true).await;
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&report["outcome"], &report["isCurrent"]), (&"LOADED".into(), &true.into()));
        assert_eq!(report["counts"]["withoutInterestScores"], 1);
        assert_eq!(report["releasedOn"], "2026-02-01");

        let files = Files::onet().replace("Interests.txt", "6.10", "61.0");
        let (ending, out, _) = command(&app, &files, true).await;
        assert_eq!(ending, Ending::Failed, "of a release all rows are taken or none");
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&report["outcome"], &report["id"]), (&"REFUSED".into(), &Value::Null));
        let first = &report["refusals"][0];
        assert_eq!((&first["file"], &first["line"], &first["column"], &first["code"]),
            (&"Interests.txt".into(), &3.into(), &"Data Value".into(), &"OUT_OF_RANGE".into()));
    }

    async fn what_is_wrong_is_on_a_line_each(app: TestApp) {
        let files = Files::onet().without("Interests.txt");
        let (ending, out, _) = command(&app, &files, false).await;
        assert_eq!(ending, Ending::Failed);
        assert!(out.starts_with("onet: refused, nothing was loaded\nInterests.txt: is not in the folder [FILE_MISSING]\n"), "{out}");
    }

    async fn the_sample_is_loaded_by_a_word(app: TestApp) {
        for told in ["sample-1: loaded\n", "sample-1: was loaded before, nothing changed\n"] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let ending = run_sample(&app.app, &mut out, &mut err).await.unwrap();
            assert_eq!((ending, String::from_utf8(out).unwrap().as_str()), (Ending::Complete, told));
            assert!(err.is_empty());
        }
    }
}
