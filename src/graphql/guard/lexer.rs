//! Tells tokens apart, and counts them and open brackets, without understanding them.

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
    let mut found = Read::default();
    let mut open = 0_usize;
    for (_, token) in tokens(text) {
        match token {
            b"{" | b"[" | b"(" => {
                open += 1;
                found.brackets = found.brackets.max(open);
            }
            b"}" | b"]" | b")" => open = open.saturating_sub(1),
            _ => {}
        }
        found.tokens += 1;
        if found.tokens > most_tokens || found.brackets > most_brackets {
            break;
        }
    }
    found
}

/// The tokens of a text, each with where it begins; commas, white space and comments are none.
pub(in crate::graphql) fn tokens(text: &str) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = beginning(bytes, at)?;
        at = end(bytes, start).min(bytes.len());
        Some((start, &bytes[start..at]))
    })
}

/// Where the next token begins.
fn beginning(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf => at += 1,
            b'#' => at = line_end(bytes, at),
            _ => return Some(at),
        }
    }
}

/// Where the token that begins here ends.
fn end(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'"' => string_end(bytes, at),
        byte if is_word(byte) => at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count(),
        b'.' if bytes[at..].starts_with(b"...") => at + 3,
        _ => at + 1,
    }
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
