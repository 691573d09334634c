//! Text that is not what the formats promise: wrong encodings, stray bytes, broken quotes.

use super::{ORG, ORGS, collect, folder};
use crate::bulk::oneroster::{Bundle, BundleError, Code, Org};
use std::ops::ControlFlow;

fn orgs(text: &[u8]) -> tempfile::TempDir {
    folder(&[("orgs.csv", text)])
}

/// The fault of a file that opens well and goes wrong after its first rows, or at once.
fn fault(text: &[u8]) -> BundleError {
    let folder = orgs(text);
    match Bundle::open(folder.path()) {
        Ok(bundle) => bundle.read::<Org>(|_| ControlFlow::Continue(())).unwrap_err(),
        Err(error) => error,
    }
}

fn at(text: &[u8]) -> (Code, Option<u64>) {
    let error = fault(text);
    assert_eq!(error.refusals[0].file, "orgs.csv");
    (error.refusals[0].code, error.refusals[0].line)
}

fn with_rows(rows: &[u8]) -> Vec<u8> {
    [ORGS.as_bytes(), ORG.as_bytes(), ORG.as_bytes(), rows].concat()
}

#[test]
fn a_byte_order_mark_and_crlf_are_fine() {
    let text = format!("\u{feff}{ORGS}{ORG}").replace('\n', "\r\n");
    let folder = orgs(text.as_bytes());
    let bundle = Bundle::open(folder.path()).unwrap();
    let (orgs, refusals) = collect::<Org>(&bundle);
    assert_eq!(orgs[0].name, "Alder Valley");
    assert_eq!((orgs.len(), refusals.len()), (1, 0));
}

#[test]
fn windows_1252_is_named_with_its_line() {
    let error = fault(&with_rows(b"d-2,,,Le Lyc\xe9e,school,,d-1\n"));
    assert_eq!(
        error.to_string(),
        "orgs.csv:4: is not UTF-8: looks like Windows-1252; export as UTF-8 [NOT_UTF8]"
    );
    let error = fault(&with_rows(b"d-2,,,\x81\x8d,school,,d-1\n"));
    assert!(error.to_string().contains("looks like no encoding we know"));
}

#[test]
fn a_character_cut_off_by_the_end_is_not_utf8() {
    assert_eq!(at(&with_rows(b"d-2,,,Lyc\xc3")), (Code::NotUtf8, Some(4)));
}

#[test]
fn utf16_is_named() {
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF_u16).chain(ORGS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(at(&utf16), (Code::Utf16, Some(1)));
    let big: Vec<u8> = utf16.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    assert_eq!(at(&big), (Code::Utf16, Some(1)));
}

#[test]
fn nul_bytes_are_refused_with_their_line() {
    assert_eq!(at(&with_rows(b"d-2,,,\0,school,,\n")), (Code::NulByte, Some(4)));
}

#[test]
fn a_carriage_return_in_a_value_is_refused() {
    let quoted = with_rows(b"d-2,,,\"Alder\r\nValley\",school,,\n");
    assert_eq!(at(&quoted), (Code::CarriageReturn, Some(4)));
    let bare = with_rows(b"d-2,,,Alder\rValley,school,,\n");
    assert_eq!(at(&bare), (Code::CarriageReturn, Some(4)));
}

#[test]
fn overlong_values_and_rows_are_refused() {
    let long = format!("d-2,,,{},school,,\n", "x".repeat(64 * 1024 + 1));
    assert_eq!(at(&with_rows(long.as_bytes())), (Code::FieldTooLong, Some(4)));
    let just_so = format!("d-2,,,{},school,,\n", "x".repeat(64 * 1024));
    let folder = orgs(&with_rows(just_so.as_bytes()));
    assert_eq!(collect::<Org>(&Bundle::open(folder.path()).unwrap()).0.len(), 3);
    let wide = ",".repeat(1024 * 1024 + 1);
    assert_eq!(at(&with_rows(wide.as_bytes())), (Code::RowTooLong, Some(4)));
}

#[test]
fn quotes_must_be_closed_and_doubled() {
    assert_eq!(at(&with_rows(b"d-2,,,\"Alder,school,,\n")), (Code::UnclosedQuote, Some(4)));
    let inner = with_rows(b"d-2,,,\"Alder \"North\" High\",school,,\n");
    assert_eq!(at(&inner), (Code::MalformedQuote, Some(4)));
    let folder = orgs(&with_rows(b"d-2,,,\"Alder \"\"North\"\", High\",school,,\n"));
    let (orgs, _) = collect::<Org>(&Bundle::open(folder.path()).unwrap());
    assert_eq!(orgs[2].name, "Alder \"North\", High");
}

#[test]
fn lines_are_counted_through_blank_ones_and_a_missing_last_end() {
    let text = format!("{ORGS}\n\n{ORG}\r\nd-2,,,North,academy,,");
    let folder = orgs(text.as_bytes());
    let mut lines = Vec::new();
    let bundle = Bundle::open(folder.path()).unwrap();
    let report = bundle.read::<Org>(|row| {
        lines.push((row.line, row.record.is_ok()));
        ControlFlow::Continue(())
    });
    assert_eq!(lines, [(4, true), (6, false)]);
    assert_eq!(report.unwrap().refused, 1);
}
