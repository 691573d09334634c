//! Manifests, file sets and headers that do not fit.

use super::{ORG, ORGS, USERS, codes, folder, manifest, open_files, strictly};
use crate::bulk::oneroster::{Bundle, Code, Format, Mode, Org};
use std::ops::ControlFlow;

fn good_orgs() -> String {
    format!("{ORGS}{ORG}")
}

#[test]
fn nothing_there_is_said_plainly() {
    let folder = folder(&[]);
    let missing = Bundle::open(&folder.path().join("gone.zip")).unwrap_err();
    assert_eq!(missing.to_string(), "gone.zip: does not exist [NOT_FOUND]");
    assert_eq!(codes(&[]), [Code::FormatUnknown]);
    assert_eq!(codes(&[("notes.csv", "a,b\n1,2\n")]), [Code::FormatUnknown]);
}

#[test]
fn the_files_must_be_those_of_the_manifest() {
    let (orgs, both) = (good_orgs(), manifest(&[("orgs", "bulk"), ("users", "delta")]));
    let missing = open_files(&[("manifest.csv", &both), ("orgs.csv", &orgs)]).unwrap_err();
    assert_eq!(missing.refusals.len(), 1);
    assert_eq!(
        missing.to_string(),
        "users.csv: the manifest promises it as delta, but it is not there [FILE_MISSING]"
    );
    let none = manifest(&[]);
    assert_eq!(codes(&[("manifest.csv", &none), ("orgs.csv", &orgs)]), [Code::FileUnlisted]);
    let stray = codes(&[("manifest.csv", &none), ("extra.csv", "a\n1\n")]);
    assert_eq!(stray, [Code::FileUnlisted]);
    let roles = codes(&[("manifest.csv", &none), ("roles.csv", "sourcedId\n1\n")]);
    assert_eq!(roles, [Code::FileUnlisted]);
}

#[test]
fn a_manifest_alone_means_no_updates() {
    let bundle = open_files(&[("manifest.csv", &manifest(&[]))]).unwrap();
    assert!(bundle.plan().is_empty());
    assert_eq!(bundle.plan().files, []);
    assert_eq!(bundle.read::<Org>(|_| ControlFlow::Continue(())).unwrap().rows, 0);
}

#[test]
fn versions_and_modes_must_be_known() {
    let good = manifest(&[("orgs", "bulk")]);
    let orgs = good_orgs();
    let changed = |from: &str, to: &str| {
        codes(&[("manifest.csv", &good.replace(from, to)), ("orgs.csv", &orgs)])
    };
    assert_eq!(changed("manifest.version,1.0", "manifest.version,2.0"), [Code::ManifestVersion]);
    assert_eq!(changed("oneroster.version,1.1", "oneroster.version,1.3"), [Code::OneRosterVersion]);
    assert_eq!(changed("oneroster.version,1.1\n", ""), [Code::ManifestPropertyMissing]);
    assert_eq!(changed("file.orgs,bulk", "file.orgs,full"), [Code::ManifestMode]);
    assert_eq!(
        changed("file.orgs,bulk", "file.orgs,bulk\nfile.roles,bulk"),
        [Code::ManifestFileUnknown]
    );
    assert_eq!(
        changed("file.orgs,bulk", "file.orgs,bulk\nfile.orgs,bulk"),
        [Code::ManifestPropertyDuplicate]
    );
    assert_eq!(changed("file.orgs,bulk", "file.orgs"), [Code::ManifestRow]);
    assert_eq!(changed("propertyName,value", "name,value"), [Code::ManifestHeader]);
}

#[test]
fn only_a_strict_reader_minds_an_unmentioned_file() {
    let text = manifest(&[("orgs", "bulk")]).replace("file.results,absent\n", "");
    let files = [("manifest.csv", text.as_bytes()), ("orgs.csv", good_orgs().leak().as_bytes())];
    let folder = folder(&files);
    assert_eq!(strictly(folder.path()).unwrap_err().code(), Some(Code::ManifestPropertyMissing));
    let lenient = Bundle::open(folder.path()).unwrap();
    assert_eq!(lenient.plan().notes[0].code, Code::ManifestPropertyMissing);
}

#[test]
fn headers_are_checked_column_by_column() {
    let header = |header: &str, row: &str| codes(&[("orgs.csv", &format!("{header}\n{row}\n"))]);
    let row = "d-1,,,Alder,district,";
    assert_eq!(header("sourcedId,status,dateLastModified,name", row), [Code::ColumnMissing]);
    let cased = "sourcedId,status,dateLastModified,Name,type,identifier";
    assert_eq!(header(cased, row), [Code::ColumnCase]);
    let unknown = "sourcedId,status,dateLastModified,name,type,nickname";
    assert_eq!(header(unknown, row), [Code::ColumnUnknown]);
    let twice = "sourcedId,status,dateLastModified,name,type,type";
    assert_eq!(header(twice, row), [Code::ColumnDuplicate]);
    let misplaced = "sourcedId,status,metadata.city,dateLastModified,name,type";
    assert_eq!(header(misplaced, row), [Code::ColumnMisplaced]);
    assert_eq!(codes(&[("orgs.csv", "")]), [Code::EmptyFile]);
    let error = open_files(&[("orgs.csv", "sourcedId,status\n1,\n")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "orgs.csv:1: name: the required column is missing [COLUMN_MISSING]\n\
         orgs.csv:1: type: the required column is missing [COLUMN_MISSING]"
    );
}

#[test]
fn a_first_row_of_data_is_no_header_and_is_not_repeated() {
    let manifest = manifest(&[("users", "bulk")]);
    let error = open_files(&[("manifest.csv", &manifest), ("users.csv", "u-1,,,true,Ada\n")]);
    let error = error.unwrap_err();
    assert_eq!(error.code(), Some(Code::HeaderMissing));
    assert!(!error.to_string().contains("Ada"));
}

#[test]
fn another_order_of_columns_is_noted_and_read_by_name() {
    let text = "name,sourcedId,type,status,dateLastModified\nAlder,d-1,district,,\n";
    let bundle = open_files(&[("orgs.csv", text)]).unwrap();
    assert!(bundle.plan().notes.iter().any(|note| note.code == Code::ColumnOrder));
}

#[test]
fn a_header_alone_is_a_note_or_for_the_strict_an_error() {
    let files = [
        ("manifest.csv", manifest(&[("orgs", "bulk")]).leak().as_bytes()),
        ("orgs.csv", ORGS.as_bytes()),
    ];
    let folder = folder(&files);
    assert_eq!(strictly(folder.path()).unwrap_err().code(), Some(Code::HeaderOnly));
    let bundle = Bundle::open(folder.path()).unwrap();
    assert!(bundle.plan().is_empty());
    assert_eq!(bundle.plan().notes[0].code, Code::HeaderOnly);
}

#[test]
fn delta_files_must_have_their_two_columns() {
    let manifest = manifest(&[("orgs", "delta")]);
    let orgs = "sourcedId,name,type\nd-1,Alder,district\n";
    let missing = [Code::ColumnMissing, Code::ColumnMissing];
    assert_eq!(codes(&[("manifest.csv", &manifest), ("orgs.csv", orgs)]), missing);
}

#[test]
fn file_names_mind_their_case() {
    let orgs = good_orgs();
    assert_eq!(codes(&[("orgs.csv", &orgs), ("Users.csv", USERS)]), [Code::FileNameCase]);
}

#[test]
fn gradebook_files_and_strangers_are_left_out_with_a_note() {
    let manifest = manifest(&[("orgs", "bulk"), ("results", "bulk")]);
    let orgs = good_orgs();
    let files = [
        ("manifest.csv", manifest.as_str()),
        ("orgs.csv", orgs.as_str()),
        ("results.csv", "sourcedId\n1\n"),
        ("README.txt", "hello"),
    ];
    let bundle = open_files(&files).unwrap();
    let plan = bundle.plan();
    let ignored: Vec<_> = plan.notes.iter().map(|note| (note.file.as_str(), note.code)).collect();
    assert_eq!(ignored, [("README.txt", Code::FileIgnored), ("results.csv", Code::FileIgnored)]);
    assert_eq!((plan.format, plan.files.len()), (Format::OneRoster1p1, 1));
    assert_eq!(plan.files[0].mode, Mode::Bulk);
}
