//! Which part of a file a request asks for.

use std::ops::Range;

use axum::http::{HeaderMap, HeaderValue, header};
use http_range_header::parse_range_header;

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing: the client has it.
    Known,
    /// All of it.
    All,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that there are not.
    Beyond,
}

/// Reads what RFC 9110 says of conditions and ranges. Several parts at once are answered as all of
/// it, and so is a range that cannot be read: both as that RFC allows.
pub(super) fn wanted(headers: &HeaderMap, tag: &str, length: u64) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH).is_some_and(|known| names(known, tag)) {
        return Wanted::Known;
    }
    let Some(range) = text(header::RANGE) else { return Wanted::All };
    // A part of another file is of no use; a date is no tag, and files have none.
    if text(header::IF_RANGE).is_some_and(|known| known.trim() != tag) {
        return Wanted::All;
    }
    let Ok(parsed) = parse_range_header(range) else { return Wanted::All };
    match parsed.validate(length).as_deref() {
        Ok([part]) => Wanted::Part(*part.start()..part.end() + 1),
        Ok(_) => Wanted::All,
        Err(_) => Wanted::Beyond,
    }
}

/// What is said of a file in which no wanted byte lies.
pub(super) fn beyond(length: u64) -> HeaderValue {
    HeaderValue::try_from(format!("bytes */{length}"))
        .unwrap_or(HeaderValue::from_static("bytes */*"))
}

fn names(known: &str, tag: &str) -> bool {
    let mut tags = known.split(',').map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, header};

    use super::{Wanted, wanted};

    fn asked(given: &[(HeaderName, &str)]) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.insert(name, value.parse().unwrap());
        }
        wanted(&headers, "\"t\"", 100)
    }

    #[test]
    fn one_range_is_a_part() {
        let cases = [
            ("bytes=0-9", Wanted::Part(0..10)),
            ("bytes=90-", Wanted::Part(90..100)),
            ("bytes=-1", Wanted::Part(99..100)),
            ("bytes=50-1000", Wanted::Part(50..100)),
            ("bytes=100-", Wanted::Beyond),
            ("bytes=0-1,5-6", Wanted::All),
            ("lines=0-1", Wanted::All),
            ("bytes=x", Wanted::All),
        ];
        for (range, expected) in cases {
            assert_eq!(asked(&[(header::RANGE, range)]), expected, "{range}");
        }
    }

    #[test]
    fn conditions_come_first() {
        let part = (header::RANGE, "bytes=0-9");
        let known = (header::IF_NONE_MATCH, "\"a\", W/\"t\"");
        assert_eq!(asked(&[part.clone(), known]), Wanted::Known);
        assert_eq!(asked(&[(header::IF_NONE_MATCH, "*")]), Wanted::Known);
        assert_eq!(asked(&[(header::IF_NONE_MATCH, "\"a\"")]), Wanted::All);
        let same = (header::IF_RANGE, "\"t\"");
        assert_eq!(asked(&[part.clone(), same]), Wanted::Part(0..10));
        for other in ["\"a\"", "W/\"t\"", "Tue, 01 Sep 2026 08:00:00 GMT"] {
            assert_eq!(asked(&[part.clone(), (header::IF_RANGE, other)]), Wanted::All);
        }
    }
}
