//! Cutting a file into its lines while it arrives.
//!
//! Only one line is ever held, and never more of it than the longest that is allowed.

use bytes::{Buf, Bytes, BytesMut};

/// The longest line, in bytes.
pub const LONGEST_LINE: usize = 1024 * 1024;

/// One line: the bytes as they were sent, with the end of the line if there was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1; that of its first line, where a value spans several.
    pub number: u64,
    /// How many bytes of the file lie in front of the next line.
    pub end: u64,
    /// How many lines of the file lie in front of the next line.
    pub lines: u64,
    /// The bytes; none when there were too many.
    pub bytes: Option<Bytes>,
}

impl Line {
    /// The bytes without the end of the line.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        let bytes = self.bytes.as_deref().unwrap_or_default();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        bytes.strip_suffix(b"\r").unwrap_or(bytes)
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.bytes.is_some() && self.content().iter().all(u8::is_ascii_whitespace)
    }
}

/// Where in a line of values the cut stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a value.
    Start,
    /// In a value without quotes, or behind those that closed it.
    Plain,
    /// Between quotes, where a line may end without ending the row.
    Quoted,
    /// Behind a quote that closes the value, unless another one follows.
    Closing,
}

/// Takes the pieces of a file and gives its lines.
#[derive(Debug)]
pub struct Splitter {
    buffer: BytesMut,
    /// Bytes of the buffer that were looked at.
    seen: usize,
    place: Place,
    /// Whether quotes can hide the end of a line.
    has_quotes: bool,
    is_too_long: bool,
    number: u64,
    /// Ends of lines inside of the present one.
    inner: u64,
    end: u64,
}

impl Splitter {
    /// Begins behind so many bytes and lines of a file.
    #[must_use]
    pub fn new(has_quotes: bool, end: u64, lines: u64) -> Self {
        Self {
            buffer: BytesMut::new(),
            seen: 0,
            place: Place::Start,
            has_quotes,
            is_too_long: false,
            number: lines + 1,
            inner: 0,
            end,
        }
    }

    /// The next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// The next line, once it has arrived as a whole.
    pub fn next_line(&mut self) -> Option<Line> {
        while let Some(byte) = self.buffer.get(self.seen) {
            let is_end = *byte == b'\n' && !self.hides_end();
            self.inner += u64::from(*byte == b'\n');
            self.step(*byte);
            self.seen += 1;
            if is_end {
                return Some(self.cut());
            }
            if self.seen > LONGEST_LINE {
                self.is_too_long = true;
                self.drop_seen();
            }
        }
        None
    }

    /// What is left when nothing more arrives.
    pub fn last(&mut self) -> Option<Line> {
        let is_empty = self.seen == 0 && !self.is_too_long;
        (!is_empty).then(|| self.cut())
    }

    /// Whether the end of a line belongs to a value. A quote that is never closed would hide the
    /// rest of the file: once the line is too long, it no longer counts.
    fn hides_end(&self) -> bool {
        self.has_quotes && self.place == Place::Quoted && !self.is_too_long
    }

    fn step(&mut self, byte: u8) {
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::Closing,
            (Place::Start | Place::Closing, b'"') | (Place::Quoted, _) => Place::Quoted,
            (_, b',' | b'\n') => Place::Start,
            _ => Place::Plain,
        };
    }

    fn drop_seen(&mut self) {
        self.buffer.advance(self.seen);
        self.end += self.seen as u64;
        self.seen = 0;
    }

    fn cut(&mut self) -> Line {
        let number = self.number;
        self.number += self.inner.max(1);
        let bytes = if self.is_too_long {
            self.drop_seen();
            None
        } else {
            self.end += self.seen as u64;
            Some(self.buffer.split_to(self.seen).freeze())
        };
        (self.seen, self.inner, self.place, self.is_too_long) = (0, 0, Place::Start, false);
        Line { number, end: self.end, lines: self.number - 1, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, Line, Splitter};

    /// The lines of a text that arrives in pieces of this size.
    fn lines(text: &[u8], has_quotes: bool, piece: usize) -> Vec<(u64, u64, Option<Vec<u8>>)> {
        let mut splitter = Splitter::new(has_quotes, 0, 0);
        let mut found = Vec::new();
        let told = |line: Line| (line.number, line.end, line.bytes.map(|bytes| bytes.to_vec()));
        for piece in text.chunks(piece) {
            splitter.push(piece);
            while let Some(line) = splitter.next_line() {
                found.push(told(line));
            }
        }
        found.extend(splitter.last().map(told));
        found
    }

    fn texts(text: &str, has_quotes: bool) -> Vec<(u64, String)> {
        let all: Vec<_> = (1..=text.len().max(1))
            .map(|piece| lines(text.as_bytes(), has_quotes, piece))
            .collect();
        assert!(all.windows(2).all(|two| two[0] == two[1]), "pieces make no difference");
        let text = |(number, _, bytes): &(u64, u64, Option<Vec<u8>>)| {
            (*number, String::from_utf8(bytes.clone().unwrap()).unwrap())
        };
        all[0].iter().map(text).collect()
    }

    fn numbered(lines: &[(u64, &str)]) -> Vec<(u64, String)> {
        lines.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
    }

    #[test]
    fn lines_end_where_they_end() {
        assert_eq!(
            texts("a\nb\r\n\nc", false),
            numbered(&[(1, "a\n"), (2, "b\r\n"), (3, "\n"), (4, "c")])
        );
        assert_eq!(texts("a\n", false), numbered(&[(1, "a\n")]));
        assert_eq!(texts("\"a\nb\"\n", false), numbered(&[(1, "\"a\n"), (2, "b\"\n")]));
    }

    #[test]
    fn quotes_hide_the_end_of_a_line() {
        let text = "a,\"b\nc\",d\n\"e\"\"\nf\"\ng \"h\ni,\"j\"";
        let expected =
            [(1, "a,\"b\nc\",d\n"), (3, "\"e\"\"\nf\"\n"), (5, "g \"h\n"), (6, "i,\"j\"")];
        assert_eq!(texts(text, true), numbered(&expected));
    }

    #[test]
    fn a_line_that_is_too_long_is_told_and_not_held() {
        let long = LONGEST_LINE + 10;
        let mut text = vec![b'"'; 1];
        text.extend(vec![b'x'; long]);
        text.extend(b"\nshort\n");
        for has_quotes in [false, true] {
            let found = lines(&text, has_quotes, 65_536);
            let end = long as u64 + 2;
            assert_eq!(found[0], (1, end, None));
            assert_eq!(found[1], (2, end + 6, Some(b"short\n".to_vec())));
            assert_eq!(found.len(), 2);
        }
        let exact = [vec![b'x'; LONGEST_LINE - 1], b"\n".to_vec()].concat();
        assert!(lines(&exact, false, 1 << 16)[0].2.is_some());
    }
}
