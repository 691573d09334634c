//! Counts tokens and open brackets without understanding them.

/// What one reading of the text found; it stops at the first number above its maximum.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// Tokens up to where the reading stopped.
    pub tokens: usize,
    /// The most brackets that were open at the same time.
    pub brackets: usize,
}

/// Reads the text until its end, or until it has more tokens or open brackets than it may.
pub(super) fn read(text: &str, most_tokens: usize, most_brackets: usize) -> Read {
    let bytes = text.as_bytes();
    let mut found = Read::default();
    let (mut at, mut open) = (0, 0_usize);
    while at < bytes.len() && found.tokens <= most_tokens && found.brackets <= most_brackets {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf => {
                at += 1;
                continue;
            }
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'{' | b'[' | b'(' => {
                open += 1;
                found.brackets = found.brackets.max(open);
                at += 1;
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                at += 1;
            }
            b'"' => at = string_end(bytes, at),
            byte if is_word(byte) => {
                at += bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
            }
            b'.' if bytes[at..].starts_with(b"...") => at += 3,
            _ => at += 1,
        }
        found.tokens += 1;
    }
    found
}

/// A byte of a name or a number; where a number ends is no matter for the count.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    from + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn string_end(bytes: &[u8], from: usize) -> usize {
    if bytes[from..].starts_with(b"\"\"\"") {
        return block_string_end(bytes, from + 3);
    }
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn block_string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return at + 3;
        } else {
            at += 1;
        }
    }
    bytes.len()
}
