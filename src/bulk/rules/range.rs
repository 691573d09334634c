//! Which piece of a file a request brings.

/// A piece of a file: its first byte, the byte behind its last, and the size of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// How many bytes lie in front of it.
    pub start: u64,
    /// How many bytes lie in front of what follows.
    pub end: u64,
}

/// Reads `Content-Range: bytes 0-499/1234` for a file of this size; `bytes */1234` brings nothing
/// and asks how far the file is. The error says what was expected.
pub fn piece(header: &str, size: u64) -> Result<Piece, String> {
    let expected = || format!("`Content-Range: bytes <first>-<last>/{size}` is expected");
    let (range, total) = header
        .strip_prefix("bytes ")
        .and_then(|rest| rest.trim().split_once('/'))
        .ok_or_else(expected)?;
    if number(total) != Some(size) {
        return Err(format!("the file was announced with {size} bytes, not with this many"));
    }
    if range == "*" {
        return Ok(Piece { start: size, end: size });
    }
    let (first, last) = range.split_once('-').ok_or_else(expected)?;
    let (start, last) = number(first).zip(number(last)).ok_or_else(expected)?;
    if start > last || last >= size {
        return Err(format!("the bytes of a file of {size} bytes are 0 to {}", size - 1));
    }
    Ok(Piece { start, end: last + 1 })
}

/// Digits only: a sign is no part of a number of bytes.
fn number(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Piece, piece};

    #[test]
    fn ranges_are_read_as_the_rfc_writes_them() {
        assert_eq!(piece("bytes 0-99/100", 100), Ok(Piece { start: 0, end: 100 }));
        assert_eq!(piece("bytes 5-5/100", 100), Ok(Piece { start: 5, end: 6 }));
        assert_eq!(piece("bytes */100", 100), Ok(Piece { start: 100, end: 100 }));
        for wrong in [
            "",
            "0-9/100",
            "bytes 0-9",
            "bytes 0-9/*",
            "bytes 0-9/101",
            "bytes 9-0/100",
            "bytes 0-100/100",
            "bytes +0-9/100",
            "bytes -5/100",
            "bytes a-b/100",
            "bytes 0-99999999999999999999/100",
        ] {
            assert!(piece(wrong, 100).is_err(), "{wrong}");
        }
    }
}
