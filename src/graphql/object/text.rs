//! Answers as text: a level writes its JSON into one buffer, and the level above copies it from
//! there. A tree of values is never built.

use async_graphql::ServerError;

/// One position of the answer: its JSON, or the error that makes it null.
pub type Slot<'s> = Result<&'s [u8], Box<ServerError>>;

/// The answers of one field for all rows of a level, one behind the other.
#[derive(Debug, Default)]
pub struct Slots {
    text: Vec<u8>,
    /// Where each answer ends; a failed one has no text.
    ends: Vec<Result<usize, Box<ServerError>>>,
}

/// What a typical row takes, so that most buffers grow once.
const USUAL_BYTES: usize = 160;

pub(super) const NULL: &[u8] = b"null";

impl Slots {
    /// No answers yet, with room for so many.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self { text: Vec::with_capacity(rows * USUAL_BYTES), ends: Vec::with_capacity(rows) }
    }

    /// The same answer for each row.
    #[must_use]
    pub fn repeated(text: &[u8], rows: usize) -> Self {
        let mut slots = Self::with_capacity(rows);
        (0..rows).for_each(|_| slots.push(Ok(text)));
        slots
    }

    /// The answer of a single row.
    #[must_use]
    pub fn written(write: impl FnOnce(&mut Vec<u8>)) -> Self {
        let mut slots = Self::with_capacity(1);
        slots.write(|out| {
            write(out);
            Ok(())
        });
        slots
    }

    /// Adds an answer.
    pub fn push(&mut self, slot: Slot<'_>) {
        self.write(|out| {
            out.extend(slot?);
            Ok(())
        });
    }

    /// Adds the answer that is written now; what a failing one wrote is taken back.
    pub fn write(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<ServerError>>) {
        let start = self.text.len();
        let end = match write(&mut self.text) {
            Ok(()) => Ok(self.text.len()),
            Err(error) => {
                self.text.truncate(start);
                Err(error)
            }
        };
        self.ends.push(end);
    }

    /// Whether every position has its answer.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ends.iter().all(Result::is_ok)
    }

    /// The only answer, in the buffer in which it was written.
    pub(super) fn into_only(self) -> Result<Vec<u8>, Box<ServerError>> {
        let failed = self.ends.into_iter().find_map(Result::err);
        failed.map_or(Ok(self.text), Err)
    }

    /// The answers, one after the other.
    #[must_use]
    pub fn read(self) -> Answers {
        Answers { text: self.text, ends: self.ends.into_iter(), at: 0 }
    }
}

/// Answers that are handed over one by one.
pub struct Answers {
    text: Vec<u8>,
    ends: std::vec::IntoIter<Result<usize, Box<ServerError>>>,
    at: usize,
}

impl Answers {
    /// The next answer; null when there is none.
    pub fn take(&mut self) -> Slot<'_> {
        match self.ends.next() {
            Some(Ok(end)) => {
                let start = std::mem::replace(&mut self.at, end);
                Ok(&self.text[start..end])
            }
            Some(Err(error)) => Err(error),
            None => Ok(NULL),
        }
    }

    /// The next answers as one list; one that failed fails the list.
    pub fn take_list(&mut self, count: usize, out: &mut Vec<u8>) -> Result<(), Box<ServerError>> {
        let mut failed = None;
        out.push(b'[');
        for at in 0..count {
            if at > 0 {
                out.push(b',');
            }
            match self.take() {
                Ok(text) => out.extend(text),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        out.push(b']');
        failed.map_or(Ok(()), Err)
    }
}

/// One field of the objects of a level.
pub(super) struct Member<'s> {
    /// The response key as it stands in front of the value, as `"name":`.
    key: Vec<u8>,
    source: Source<'s>,
}

/// Writes the value of the row at this place.
type WriteRow<'s> = Box<dyn Fn(usize, &mut Vec<u8>) + Send + 's>;

/// Where the values of a field come from.
pub(super) enum Source<'s> {
    /// Each row has the same.
    Constant(&'s [u8]),
    /// A function of the row writes it.
    Row(WriteRow<'s>),
    /// They were answered before.
    Answered(Answers),
}

impl<'s> Member<'s> {
    pub(super) fn new(key: &str, source: Source<'s>) -> Self {
        let mut quoted = Vec::with_capacity(key.len() + 3);
        quoted.push(b'"');
        quoted.extend(key.as_bytes());
        quoted.extend(b"\":");
        Self { key: quoted, source }
    }
}

/// Puts objects together, each field in its place. An object with a failed field fails.
pub(super) fn objects(count: usize, members: &mut [Member<'_>]) -> Slots {
    let mut slots = Slots::with_capacity(count);
    for row in 0..count {
        slots.write(|out| object(row, members, out));
    }
    slots
}

fn object(
    row: usize,
    members: &mut [Member<'_>],
    out: &mut Vec<u8>,
) -> Result<(), Box<ServerError>> {
    let mut failed = None;
    for (at, member) in members.iter_mut().enumerate() {
        out.push(if at == 0 { b'{' } else { b',' });
        out.extend(&member.key);
        match &mut member.source {
            Source::Constant(text) => out.extend(*text),
            Source::Row(write) => write(row, out),
            // Every member moves on, also behind one that failed.
            Source::Answered(answers) => match answers.take() {
                Ok(text) => out.extend(text),
                Err(error) => failed = failed.or(Some(error)),
            },
        }
    }
    if members.is_empty() {
        out.push(b'{');
    }
    out.push(b'}');
    failed.map_or(Ok(()), Err)
}
