//! The command line's half: what the operator reads, and how the command ends.

use pathbridge::bulk::import::{
    ImportOptions,
    command::{Ending, ImportArgs, run},
};
use serde_json::Value;

use super::bundle::{Copy, fixture};
use crate::support::{TestApp, both};

async fn command(
    app: &TestApp,
    path: &std::path::Path,
    district: &str,
    json: bool,
) -> (Ending, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ImportArgs {
        path: path.to_owned(),
        district: district.to_owned(),
        options: ImportOptions::default(),
        json,
    };
    let ending = run(&app.app, &args, &mut out, &mut err).await.unwrap();
    (ending, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

both! {
    async fn the_operator_reads_a_table(app: TestApp) {
        app.district("alder").await;
        let (ending, out, err) = command(&app, &fixture("v1p2-bulk"), "alder", false).await;
        assert_eq!((ending, err.as_str()), (Ending::Complete, ""));
        assert!(out.starts_with("OneRoster 1.2 of Alder Valley SIS\n"), "{out}");
        let line = out.lines().find(|line| line.starts_with("students")).unwrap();
        let numbers: Vec<_> = line.split_whitespace().skip(1).collect();
        assert_eq!(numbers, ["8", "8", "0", "0", "0", "0"]);
    }

    async fn a_program_reads_json(app: TestApp) {
        app.district("alder").await;
        let bundle = Copy::of("v1p2-bulk").replace("users.csv", "usr-s-voss,,,true", "usr-s-voss,,,maybe");
        let (ending, out, _) = command(&app, bundle.path(), "alder", true).await;
        assert_eq!(ending, Ending::SomeRefused);
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["format"], "OneRoster 1.2");
        let first = &report["refusals"][0];
        assert_eq!((&first["file"], &first["line"], &first["column"], &first["code"]),
            (&"users.csv".into(), &8.into(), &"enabledUser".into(), &"INVALID_BOOLEAN".into()));
        let students = report["kinds"].as_array().unwrap().iter().find(|kind| kind["kind"] == "students").unwrap();
        assert_eq!(students["created"], 7);
    }

    async fn what_is_not_there_is_said(app: TestApp) {
        let (ending, out, err) = command(&app, &fixture("v1p2-bulk"), "nowhere", false).await;
        assert_eq!((ending, out.as_str()), (Ending::Failed, ""));
        assert_eq!(err, "there is no district with the slug `nowhere`\n");
        app.district("alder").await;
        let (ending, _, err) = command(&app, &fixture("no-such-bundle"), "alder", false).await;
        assert_eq!((ending, err.as_str()), (Ending::Failed, "no-such-bundle: does not exist [NOT_FOUND]\n"));
    }
}
