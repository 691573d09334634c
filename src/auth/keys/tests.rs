//! The folder of the keys: made once, kept, private, and agreed upon.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Barrier,
    thread,
};

use super::{KeyError, Keys, SigningKey};
use crate::clock::Clock;

fn load(folder: &Path) -> Result<Keys, KeyError> {
    Keys::load_or_create(folder, &Clock::system())
}

fn seal(keys: &Keys) -> Vec<u8> {
    aws_lc_rs::hmac::sign(keys.cursor(), b"a cursor").as_ref().to_vec()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn signing_file(folder: &Path) -> PathBuf {
    let is_pem = |path: &PathBuf| path.extension().is_some_and(|end| end == "pem");
    files(folder).into_iter().find(is_pem).unwrap()
}

#[test]
fn the_first_start_makes_private_files_and_the_second_keeps_them() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/b");
    let first = load(&folder).unwrap();
    assert_eq!(mode(&folder), 0o700);
    let made = files(&folder);
    assert!(made.iter().all(|path| mode(path) == 0o600), "{made:?}");
    let kid = first.signer().unwrap().kid().to_owned();
    assert_eq!(signing_file(&folder), folder.join(format!("signing-{kid}.pem")));
    assert!(folder.join("cursor.key").is_file());

    let second = load(&folder).unwrap();
    assert_eq!(second.signer().unwrap().kid(), kid);
    assert_eq!(seal(&second), seal(&first));
    assert_eq!(files(&folder).len(), made.len());
}

#[test]
fn first_starts_that_race_agree() {
    for _ in 0..8 {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("keys");
        let together = Barrier::new(8);
        let start = || {
            together.wait();
            let keys = load(&folder).unwrap();
            (keys.jwks(), seal(&keys))
        };
        let all: Vec<_> = thread::scope(|scope| {
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(all.iter().all(|one| *one == all[0]));
        assert_eq!(all[0].0["keys"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let root = tempfile::tempdir().unwrap();
    load(root.path()).unwrap();
    for path in [signing_file(root.path()), root.path().join("cursor.key")] {
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let error = load(root.path()).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, KeyError::Exposed { mode: 0o640, .. }), "{text}");
        assert!(text.contains("0640") && text.contains("chmod 600"), "{text}");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    load(root.path()).unwrap();
}

#[test]
fn a_damaged_file_is_refused_and_not_replaced() {
    let root = tempfile::tempdir().unwrap();
    load(root.path()).unwrap();
    let pem = signing_file(root.path());
    let good = fs::read(&pem).unwrap();
    fs::write(&pem, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    let error = load(root.path()).unwrap_err();
    assert!(matches!(&error, KeyError::Malformed { path, .. } if *path == pem), "{error}");
    fs::write(&pem, good).unwrap();

    fs::write(root.path().join("cursor.key"), "c2hvcnQ=\n").unwrap();
    let error = load(root.path()).unwrap_err();
    assert!(matches!(error, KeyError::Malformed { .. }), "{error}");
}

#[test]
fn the_youngest_key_signs_and_all_verify() {
    let root = tempfile::tempdir().unwrap();
    let old = load(root.path()).unwrap().signer().unwrap().kid().to_owned();
    let added = SigningKey::generate().unwrap();
    let path = root.path().join("signing-added.pem");
    super::folder::write_new(&path, added.to_pem().as_bytes()).unwrap();
    let hour = std::time::Duration::from_hours(1);
    let set_age = |path: &Path, younger: bool| {
        let file = fs::File::options().write(true).open(path).unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        file.set_modified(if younger { modified + hour } else { modified - hour }).unwrap();
    };
    set_age(&path, true);
    let keys = load(root.path()).unwrap();
    assert_eq!(keys.signer().unwrap().kid(), added.kid());
    assert!(keys.verifier(&old).is_some() && keys.verifier(added.kid()).is_some());
    assert!(keys.verifier("another").is_none());
    assert_eq!(keys.jwks()["keys"].as_array().unwrap().len(), 2);

    set_age(&path, false);
    set_age(&path, false);
    assert_eq!(load(root.path()).unwrap().signer().unwrap().kid(), old);
}

#[test]
fn the_key_set_shows_public_members_only() {
    let keys = Keys::ephemeral(&Clock::system()).unwrap();
    let set = keys.jwks();
    let members: Vec<_> = set["keys"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["kty", "crv", "x", "y", "kid", "use", "alg"]);
    let shown = format!("{keys:?} {:?}", keys.signer().unwrap());
    assert_eq!(shown, format!("Keys SigningKey({})", keys.signer().unwrap().kid()));
}

#[test]
fn the_id_of_a_key_is_its_thumbprint() {
    let key = SigningKey::generate().unwrap();
    let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(key.jwk()).unwrap();
    let thumbprint = jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap();
    assert_eq!(thumbprint, key.kid());
}
