//! What stands between the bytes of a file and the CSV reader.
//!
//! The screen lets only UTF-8 text without NUL bytes through, whose fields and rows are of bounded
//! length and properly quoted, and names the line of the first fault. It drops a byte order mark
//! and turns CRLF into LF, so that what comes after it counts lines exactly and never holds more
//! than one bounded row.

use super::limits::{MAX_FIELD_BYTES, MAX_ROW_BYTES};
use super::refusal::{Code, Refusal};
use std::fmt;
use std::io::{self, Read};

const CHUNK: usize = 64 * 1024;

/// Why a stream of bytes cannot be read on; travels inside an [`io::Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: Code,
    pub line: Option<u64>,
    pub reason: String,
}

impl Fault {
    pub fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, line: None, reason: reason.into() }
    }

    fn at(code: Code, line: u64, reason: impl Into<String>) -> Self {
        Self { code, line: Some(line), reason: reason.into() }
    }

    /// The fault inside an error of a reader; other errors come from the file system.
    pub fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        inner.cloned().unwrap_or_else(|| {
            Self::new(Code::Unreadable, format!("cannot be read: {}", error.kind()))
        })
    }

    pub fn in_file(self, file: &str) -> Refusal {
        let refusal = Refusal::of_file(file, self.code, self.reason);
        Refusal { line: self.line, ..refusal }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Fault {}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    FieldStart,
    Bare,
    Quoted,
    QuoteSeen,
}

/// Follows the text byte by byte, just closely enough to know fields, rows and lines.
struct Lexer {
    place: Place,
    line: u64,
    field_line: u64,
    field_bytes: usize,
    row_bytes: usize,
    carriage_return: bool,
}

impl Lexer {
    fn new() -> Self {
        let place = Place::FieldStart;
        Self { place, line: 1, field_line: 1, field_bytes: 0, row_bytes: 0, carriage_return: false }
    }

    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<(), Fault> {
        if byte == 0 {
            return Err(self.nul());
        }
        if byte == b'\r' {
            return self.carriage_return();
        }
        if self.carriage_return && byte != b'\n' {
            return Err(self.stray_return());
        }
        self.carriage_return = false;
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::QuoteSeen,
            (Place::Quoted, _) | (Place::FieldStart | Place::QuoteSeen, b'"') => Place::Quoted,
            (_, b'\n' | b',') => Place::FieldStart,
            (Place::QuoteSeen, _) => return Err(self.malformed_quote()),
            (Place::FieldStart | Place::Bare, _) => Place::Bare,
        };
        out.push(byte);
        self.count(byte)
    }

    fn count(&mut self, byte: u8) -> Result<(), Fault> {
        self.row_bytes += 1;
        self.field_bytes += 1;
        if byte == b'\n' {
            self.line += 1;
        }
        if self.place == Place::FieldStart {
            self.field_bytes = 0;
            self.field_line = self.line;
            if byte == b'\n' {
                self.row_bytes = 0;
            }
        }
        if self.field_bytes > MAX_FIELD_BYTES {
            let reason = "a value is longer than 64 KiB; is a closing quote missing?";
            return Err(Fault::at(Code::FieldTooLong, self.field_line, reason));
        }
        if self.row_bytes > MAX_ROW_BYTES {
            let reason = "a row is longer than 1 MiB";
            return Err(Fault::at(Code::RowTooLong, self.field_line, reason));
        }
        Ok(())
    }

    fn carriage_return(&mut self) -> Result<(), Fault> {
        if self.place == Place::Quoted || self.carriage_return {
            return Err(self.stray_return());
        }
        self.carriage_return = true;
        Ok(())
    }

    /// Closes the last row when its line end is missing.
    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), Fault> {
        if self.carriage_return {
            return Err(self.stray_return());
        }
        if self.place == Place::Quoted {
            let reason = "a quoted value is never closed";
            return Err(Fault::at(Code::UnclosedQuote, self.field_line, reason));
        }
        if self.row_bytes > 0 {
            out.push(b'\n');
        }
        Ok(())
    }

    fn nul(&self) -> Fault {
        let reason = "has a NUL byte; export as UTF-8 text without binary zeros";
        Fault::at(Code::NulByte, self.line, reason)
    }

    fn stray_return(&self) -> Fault {
        let reason = "has a carriage return inside a value; lines end with LF or CRLF, \
                      and values have no line breaks";
        Fault::at(Code::CarriageReturn, self.line, reason)
    }

    fn malformed_quote(&self) -> Fault {
        let reason = "has text after a closing quote; a quote inside a value is written twice";
        Fault::at(Code::MalformedQuote, self.line, reason)
    }
}

/// A reader of clean text over a reader of whatever a district exported.
pub(super) struct Screen<R> {
    inner: R,
    raw: Vec<u8>,
    out: Vec<u8>,
    sent: usize,
    lexer: Lexer,
    begun: bool,
    ended: bool,
    fault: Option<Fault>,
    bytes: u64,
}

impl<R: Read> Screen<R> {
    pub fn new(inner: R) -> Self {
        let (raw, out) = (Vec::with_capacity(CHUNK), Vec::with_capacity(CHUNK));
        let lexer = Lexer::new();
        Self { inner, raw, out, sent: 0, lexer, begun: false, ended: false, fault: None, bytes: 0 }
    }

    /// How many bytes of the file have been taken in so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Fills `raw` up to a chunk; what an earlier chunk cut through is still at its front.
    fn fill(&mut self) -> io::Result<()> {
        let room = (CHUNK - self.raw.len()) as u64;
        let read = (&mut self.inner).take(room).read_to_end(&mut self.raw)?;
        self.bytes += read as u64;
        self.ended = (read as u64) < room;
        Ok(())
    }

    fn skip_mark(&mut self) -> Result<(), Fault> {
        self.begun = true;
        if self.raw.starts_with(&[0xFF, 0xFE]) || self.raw.starts_with(&[0xFE, 0xFF]) {
            let reason = "is UTF-16 (or UTF-32); export as UTF-8";
            return Err(Fault::at(Code::Utf16, 1, reason));
        }
        if self.raw.starts_with(&[0xEF, 0xBB, 0xBF]) {
            self.raw.drain(..3);
        }
        Ok(())
    }

    fn advance(&mut self) -> Result<(), Fault> {
        self.fill().map_err(|error| Fault::of(&error))?;
        if !self.begun {
            self.skip_mark()?;
        }
        let (valid, broken) = match std::str::from_utf8(&self.raw) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || self.ended),
        };
        for &byte in &self.raw[..valid] {
            self.lexer.step(byte, &mut self.out)?;
        }
        if broken {
            return Err(not_utf8(&self.raw[valid..], self.lexer.line));
        }
        self.raw.drain(..valid);
        if self.ended { self.lexer.finish(&mut self.out) } else { Ok(()) }
    }
}

impl<R: Read> Read for Screen<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.sent == self.out.len() {
            if let Some(fault) = &self.fault {
                return Err(io::Error::other(fault.clone()));
            }
            if self.ended {
                return Ok(0);
            }
            self.out.clear();
            self.sent = 0;
            self.fault = self.advance().err();
        }
        let read = (&self.out[self.sent..]).read(buffer)?;
        self.sent += read;
        Ok(read)
    }
}

/// Says that the text is not UTF-8, and what it looks like instead.
fn not_utf8(rest: &[u8], line: u64) -> Fault {
    let first = &rest[..rest.len().min(1)];
    let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(first);
    let reason = if decoded.chars().all(char::is_control) {
        "is not UTF-8 and looks like no encoding we know; export as UTF-8"
    } else {
        "is not UTF-8: looks like Windows-1252; export as UTF-8"
    };
    Fault::at(Code::NotUtf8, line, reason)
}
