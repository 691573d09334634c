//! Zip files made to do harm.

use super::{ORG, ORGS, collect, zip_file, zipped};
use crate::bulk::oneroster::{Bundle, Code, Limits, Options, Org};
use std::io::Write;
use std::ops::ControlFlow;
use zip::write::SimpleFileOptions;

fn orgs() -> Vec<u8> {
    format!("{ORGS}{ORG}").into_bytes()
}

fn code(bytes: &[u8]) -> Option<Code> {
    let (_folder, path) = zip_file(bytes);
    Bundle::open(&path).unwrap_err().code()
}

fn code_within(bytes: &[u8], limits: Limits) -> Option<Code> {
    let (_folder, path) = zip_file(bytes);
    let options = Options { limits, ..Options::default() };
    Bundle::open_with(&path, &options).unwrap_err().code()
}

/// Overwrites bytes at an offset after each occurrence of a signature.
fn patch(bytes: &mut [u8], signature: &[u8], offset: usize, new: &[u8]) {
    let hits: Vec<_> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(signature)).collect();
    assert!(!hits.is_empty());
    for at in hits {
        bytes[at + offset..][..new.len()].copy_from_slice(new);
    }
}

const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

#[test]
fn a_common_top_folder_and_what_macos_adds_are_tolerated() {
    let text = orgs();
    for name in ["orgs.csv", "export/orgs.csv"] {
        let (_folder, path) = zip_file(&zipped(&[(name, &text), ("__MACOSX/._orgs.csv", b"x")]));
        assert_eq!(collect::<Org>(&Bundle::open(&path).unwrap()).0.len(), 1);
    }
    let mixed = zipped(&[("orgs.csv", &text), ("more/users.csv", b"x")]);
    assert_eq!(code(&mixed), Some(Code::ZipFolder));
    assert_eq!(code(&zipped(&[("a/b/orgs.csv", &text)])), Some(Code::ZipFolder));
}

#[test]
fn names_that_lead_out_are_refused() {
    let names = ["../orgs.csv", "/orgs.csv", "a/../../orgs.csv", "C:/orgs.csv", "a\\orgs.csv"];
    for name in names {
        assert_eq!(code(&zipped(&[(name, &orgs())])), Some(Code::ZipUnsafePath), "{name}");
    }
}

#[test]
fn archives_inside_the_archive_are_refused() {
    let inner = zipped(&[("orgs.csv", &orgs())]);
    assert_eq!(code(&zipped(&[("inner.ZIP", &inner)])), Some(Code::ZipNested));
}

#[test]
fn symbolic_links_are_refused() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.add_symlink("orgs.csv", "/etc/hostname", SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(code(&bytes), Some(Code::ZipSymlink));
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<_> = (0..65).map(|n| format!("f{n}.csv")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(code(&zipped(&files)), Some(Code::ZipTooManyEntries));
}

#[test]
fn encrypted_entries_are_refused() {
    let mut bytes = zipped(&[("orgs.csv", &orgs())]);
    patch(&mut bytes, CENTRAL, 8, &[1, 0]);
    patch(&mut bytes, LOCAL, 6, &[1, 0]);
    assert_eq!(code(&bytes), Some(Code::ZipEncrypted));
}

#[test]
fn a_stated_size_beyond_the_limit_is_refused() {
    let mut bytes = zipped(&[("orgs.csv", &orgs())]);
    patch(&mut bytes, CENTRAL, 24, &(2_u32 * 1024 * 1024 * 1024 + 1).to_le_bytes());
    assert_eq!(code(&bytes), Some(Code::ZipEntryTooLarge));
}

#[test]
fn the_sum_of_all_sizes_is_bounded() {
    let bytes = zipped(&[("orgs.csv", &orgs()), ("users.csv", &orgs())]);
    let limits = Limits { total_bytes: orgs().len() as u64 + 1, ..Limits::default() };
    assert_eq!(code_within(&bytes, limits), Some(Code::ZipTooLarge));
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("orgs.csv", SimpleFileOptions::default()).unwrap();
    let chunk = vec![b'x'; 1024 * 1024];
    for _ in 0..17 {
        writer.write_all(&chunk).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(code(&bytes), Some(Code::ZipBomb));
}

#[test]
fn an_entry_that_unfolds_to_more_than_stated_is_cut_off() {
    let text = format!("{ORGS}{}", ORG.repeat(20_000));
    let mut bytes = zipped(&[("orgs.csv", text.as_bytes())]);
    patch(&mut bytes, CENTRAL, 24, &200_000_u32.to_le_bytes());
    let (_folder, path) = zip_file(&bytes);
    let bundle = Bundle::open(&path).unwrap();
    let mut rows = 0;
    let error = bundle.read::<Org>(|_| {
        rows += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(error.unwrap_err().code(), Some(Code::ZipDamaged));
    assert!(rows < 20_000);
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let mut bytes = zipped(&[("orgs.csv", &orgs()), ("orgz.csv", &orgs())]);
    for at in 0..bytes.len() - 8 {
        if &bytes[at..at + 8] == b"orgz.csv" {
            bytes[at + 3] = b's';
        }
    }
    assert_eq!(code(&bytes), Some(Code::FileDuplicate));
}

#[test]
fn entries_on_the_same_bytes_are_refused() {
    let mut bytes = zipped(&[("orgs.csv", &orgs()), ("users.csv", &orgs())]);
    patch(&mut bytes, CENTRAL, 42, &0_u32.to_le_bytes());
    assert_eq!(code(&bytes), Some(Code::ZipOverlap));
}

#[test]
fn what_is_no_zip_and_what_is_a_broken_one_are_told_apart() {
    assert_eq!(code(b"sourcedId,name\n"), Some(Code::NotAZip));
    assert_eq!(code(b""), Some(Code::NotAZip));
    let whole = zipped(&[("orgs.csv", &orgs())]);
    assert_eq!(code(&whole[..whole.len() - 30]), Some(Code::ZipDamaged));
    let mut flipped = whole;
    patch(&mut flipped, LOCAL, 40, &[0xFF; 8]);
    assert_eq!(code(&flipped), Some(Code::ZipDamaged));
}

#[test]
fn a_bundle_exchanged_between_opening_and_reading_is_noticed() {
    let (_folder, path) = zip_file(&zipped(&[("orgs.csv", &orgs())]));
    let bundle = Bundle::open(&path).unwrap();
    let other = format!("{ORGS}{ORG}{ORG}");
    std::fs::write(&path, zipped(&[("orgs.csv", other.as_bytes())])).unwrap();
    let error = bundle.read::<Org>(|_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.code(), Some(Code::BundleChanged));
}
