//! Long files and wild ones: the first go through without being kept, the second never panic.

use super::{ORGS, USERS, folder, zipped};
use crate::bulk::oneroster::{Bundle, FileKind, User};
use proptest::prelude::*;
use std::fmt::Write;
use std::ops::ControlFlow;

const ROWS: u64 = 200_000;

/// The visitor owns each row and drops it; nothing else holds any, so the most that is ever alive
/// is one.
#[test]
fn two_hundred_thousand_rows_pass_one_at_a_time() {
    let mut text = USERS.to_owned();
    for n in 0..ROWS {
        writeln!(text, "u-{n},,,true,s-1,student,s{n},,Ada,Park,,{n},,,,,11,").unwrap();
    }
    let (_folder, path) = super::zip_file(&zipped(&[("users.csv", text.as_bytes())]));
    let bundle = Bundle::open(&path).unwrap();
    assert_eq!(bundle.plan().total_bytes(), text.len() as u64);
    let (mut next, mut bytes) = (0, 0);
    let report = bundle
        .read::<User>(|row| {
            assert_eq!(row.line, next + 2);
            assert!(row.bytes >= bytes);
            (next, bytes) = (next + 1, row.bytes);
            assert!(row.record.is_ok());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((report.rows, report.refused, bytes), (ROWS, 0, text.len() as u64));
}

#[test]
fn a_visitor_may_break_off() {
    let text = format!("{USERS}{}", "u-1,,,true,s-1,student,s1,,Ada,Park,,,,,,,,\n".repeat(9));
    let folder = folder(&[("users.csv", text.as_bytes())]);
    let bundle = Bundle::open(folder.path()).unwrap();
    let report = bundle.read::<User>(|_| ControlFlow::Break(())).unwrap();
    assert_eq!((report.rows, report.broken_off), (1, true));
}

/// Opens and reads whatever this is; only errors may come of it.
fn goes_through(folder: &std::path::Path) {
    if let Ok(bundle) = Bundle::open(folder) {
        let checked = bundle.check(|_, _| ControlFlow::Continue(()));
        assert!(checked.is_ok() || checked.is_err_and(|error| !error.refusals.is_empty()));
    }
}

/// Bytes that come close to CSV more often than chance would.
fn wild() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => any::<u8>(),
        3 => prop::sample::select(b",,,\n\n\r\"\"\0{}:".to_vec()),
        3 => prop::sample::select(b"abd-12 ".to_vec()),
    ];
    prop::collection::vec(byte, 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn wild_bytes_never_panic(body in wild(), manifest in proptest::option::of(wild())) {
        for kind in FileKind::ALL {
            let mut files = vec![(kind.file_name(), body.clone())];
            files.extend(manifest.clone().map(|text| ("manifest.csv".to_owned(), text)));
            let files: Vec<_> =
                files.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
            goes_through(folder(&files).path());
        }
    }

    #[test]
    fn wild_rows_below_a_good_header_never_panic(rows in wild()) {
        for (name, header) in [("orgs.csv", ORGS), ("users.csv", USERS)] {
            let text = [header.as_bytes(), &rows].concat();
            goes_through(folder(&[(name, text.as_slice())]).path());
        }
    }

    #[test]
    fn a_zip_file_with_wild_bytes_in_it_never_panics(at in 0..400_usize, bytes in wild()) {
        let text = format!("{ORGS}d-1,,,Alder,district,,\n");
        let mut zip = zipped(&[("orgs.csv", text.as_bytes())]);
        let end = (at + bytes.len().min(6)).min(zip.len());
        if at < end {
            zip[at..end].copy_from_slice(&bytes[..end - at]);
        }
        let (_folder, path) = super::zip_file(&zip);
        goes_through(&path);
    }
}
