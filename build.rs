//! Makes the playground that the binary carries.
//!
//! With npm at hand it bundles the `playground` project; without it, or when npm fails, or when
//! `PATHBRIDGE_SKIP_PLAYGROUND` is set, the plain page of `playground/fallback` takes its place.
//! Both end up in `$OUT_DIR/playground`, so a build never depends on Node and never changes a
//! tracked file.

use std::{
    env,
    error::Error,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const SKIP: &str = "PATHBRIDGE_SKIP_PLAYGROUND";

/// What the bundle is made of; nothing else makes it stale.
const INPUTS: [&str; 6] =
    ["src", "fallback", "index.html", "package.json", "package-lock.json", "vite.config.js"];

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let source = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("playground");
    let target = PathBuf::from(env::var("OUT_DIR")?).join("playground");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed={SKIP}");
    for input in INPUTS {
        println!("cargo:rerun-if-changed=playground/{input}");
    }
    if env::var_os(SKIP).is_none() {
        match bundle(&source, &target) {
            Ok(()) => return Ok(()),
            Err(problem) => warn(&problem.to_string()),
        }
    }
    Ok(lay_out_fallback(&source.join("fallback"), &target)?)
}

/// Installs the packages when they are not those of the lock file, then builds.
fn bundle(source: &Path, target: &Path) -> Outcome {
    // Two builds of one checkout (an editor's and a shell's) take turns at `node_modules`.
    let turn = File::open(source.with_file_name("build.rs"))?;
    turn.lock()?;
    if !is_installed(source) {
        // No package here needs an install script, so none gets to run.
        npm(source, &["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    }
    let target_text = target.to_str().ok_or("the path of OUT_DIR is not UTF-8")?;
    npm(source, &["run", "build", "--", "--outDir", target_text, "--emptyOutDir"])?;
    if target.join("index.html").is_file() {
        Ok(())
    } else {
        Err("npm built the playground without an index.html".into())
    }
}

/// npm leaves a lock file of its own behind when an installation is complete.
fn is_installed(source: &Path) -> bool {
    let modified = |path: PathBuf| fs::metadata(path).and_then(|data| data.modified());
    match (
        modified(source.join("node_modules/.package-lock.json")),
        modified(source.join("package-lock.json")),
    ) {
        (Ok(installed), Ok(wanted)) => installed >= wanted,
        _ => false,
    }
}

fn npm(directory: &Path, arguments: &[&str]) -> Outcome {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let ran = Command::new(program)
        .args(arguments)
        .current_dir(directory)
        // Cargo's own DEBUG would turn on the debug output of some packages.
        .env_remove("DEBUG")
        .env("npm_config_update_notifier", "false")
        // A machine without a network learns so in seconds, not minutes.
        .env("npm_config_fetch_retries", "1")
        .env("npm_config_fetch_retry_mintimeout", "1000")
        .env("npm_config_fetch_retry_maxtimeout", "5000")
        .env("npm_config_fetch_timeout", "60000")
        .output();
    match ran {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("npm {} failed: {}", arguments[0], complaint(&output)).into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err("npm is not installed (Node 20.19 or later)".into())
        }
        Err(error) => Err(error.into()),
    }
}

/// What npm complained of first, on the one line that a cargo warning has.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines = said.lines().filter(|line| !line.starts_with("npm warn"));
    lines.take(3).collect::<Vec<_>>().join(" | ")
}

fn warn(problem: &str) {
    println!("cargo:warning=the playground is the plain query page: {problem}");
}

fn lay_out_fallback(fallback: &Path, target: &Path) -> io::Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(fallback)? {
        let entry = entry?;
        fs::copy(entry.path(), target.join(entry.file_name()))?;
    }
    Ok(())
}
