//! Lines gathered into the pieces of a file, compressed or as they are.
//!
//! Each compressed piece is a member of its own, and a file of members is a valid gzip file: what
//! was written stays as it is while the file grows.

use std::io::Write;

use aws_lc_rs::digest::{Context, SHA256};
use flate2::{Compression as Level, write::GzEncoder};

use super::Lines;
use crate::{
    bulk::service::request::Compression,
    error::{Error, Result},
    graphql::export::Page,
};

/// Bytes of lines that make a piece.
pub const PIECE: usize = 2 * 1024 * 1024;

/// A file that grows.
pub struct Pack {
    lines: Lines,
    compression: Compression,
    gathered: Vec<u8>,
    digest: Context,
    bytes: u64,
}

impl Pack {
    /// A file of such lines.
    #[must_use]
    pub fn new(lines: Lines, compression: Compression) -> Self {
        let mut gathered = Vec::new();
        lines.header(&mut gathered);
        Self { lines, compression, gathered, digest: Context::new(&SHA256), bytes: 0 }
    }

    /// Adds the nodes of a page; gives the next piece once there is one.
    pub fn add(&mut self, page: &Page) -> Result<Option<Vec<u8>>> {
        for node in page.nodes() {
            self.lines.write(node, &mut self.gathered)?;
        }
        if self.gathered.len() < PIECE {
            return Ok(None);
        }
        self.piece().map(Some)
    }

    /// The last piece, which may be empty, and the SHA-256 of the whole file in hexadecimal digits.
    pub fn finish(mut self) -> Result<(Vec<u8>, String)> {
        let is_begun = self.bytes > 0;
        let last = if self.gathered.is_empty() && is_begun { Vec::new() } else { self.piece()? };
        let digest = self.digest.finish();
        let mut digits = String::with_capacity(64);
        for byte in digest.as_ref() {
            use std::fmt::Write;
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        Ok((last, digits))
    }

    fn piece(&mut self) -> Result<Vec<u8>> {
        let gathered = std::mem::take(&mut self.gathered);
        let piece = match self.compression {
            Compression::None => gathered,
            Compression::Gzip => {
                let room = Vec::with_capacity(gathered.len() / 4);
                let mut encoder = GzEncoder::new(room, Level::fast());
                encoder.write_all(&gathered).map_err(Error::internal)?;
                encoder.finish().map_err(Error::internal)?
            }
        };
        self.digest.update(&piece);
        self.bytes += piece.len() as u64;
        Ok(piece)
    }
}
