//! How far an import is, for whoever waits for it.

use indicatif::{ProgressBar, ProgressStyle};

/// Someone who is told how far an import is.
pub trait Progress: Send + Sync {
    /// The bundle is open and has this many bytes.
    fn begin(&self, bytes: u64);
    /// This file comes next.
    fn file(&self, name: &str);
    /// So many of the bundle's bytes are done.
    fn at(&self, bytes: u64);
    /// It is over.
    fn end(&self);
}

/// Nobody waits: a test, a job, a pipe.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: u64) {}
    fn file(&self, _: &str) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}

/// A bar on the terminal; on anything else it draws nothing.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Default for Bar {
    fn default() -> Self {
        let bar = ProgressBar::no_length();
        let form = "{msg:22} [{bar:30}] {bytes}/{total_bytes} {elapsed_precise}";
        bar.set_style(
            ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self(bar)
    }
}

impl Progress for Bar {
    fn begin(&self, bytes: u64) {
        self.0.set_length(bytes);
    }

    fn file(&self, name: &str) {
        self.0.set_message(name.to_owned());
    }

    fn at(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// The bytes of the bundle that are behind, file by file.
pub(super) struct Gauge<'a> {
    progress: &'a dyn Progress,
    behind: u64,
}

impl<'a> Gauge<'a> {
    pub fn new(progress: &'a dyn Progress, total: u64) -> Self {
        progress.begin(total);
        Self { progress, behind: 0 }
    }

    pub fn file(&self, name: &str) {
        self.progress.file(name);
    }

    pub fn at(&self, bytes: u64) {
        self.progress.at(self.behind + bytes);
    }

    pub fn done(&mut self, bytes: u64) {
        self.behind += bytes;
        self.progress.at(self.behind);
    }
}

impl Drop for Gauge<'_> {
    fn drop(&mut self) {
        self.progress.end();
    }
}
