//! The header `Idempotency-Key`, as draft-ietf-httpapi-idempotency-key-header-06 has it.

use axum::http::HeaderMap;

use super::failure::Failure;
use crate::error::{Code, Error};

const NAME: &str = "idempotency-key";

/// The key of the request: a quoted string, as the draft wants it, or a bare one, as many send it.
pub(in crate::http) fn read(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let mut values = headers.get_all(NAME).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().map(str::trim).ok().filter(|_| values.next().is_none());
    let key = text.and_then(|text| match text.strip_prefix('"') {
        Some(quoted) => unquoted(quoted.strip_suffix('"')?),
        None => Some(text.to_owned()),
    });
    let message = "one header `Idempotency-Key` is expected, as \"8e03978e-40d5-43dd-bc93\"";
    key.map(Some).ok_or_else(|| Error::argument(Code::BadUserInput, message).into())
}

/// What stands between the quotes; a backslash stands before a quote or a backslash only.
fn unquoted(text: &str) -> Option<String> {
    let mut letters = text.chars();
    let mut key = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        key.push(match letter {
            '\\' => letters.next().filter(|escaped| matches!(escaped, '"' | '\\'))?,
            '"' => return None,
            letter => letter,
        });
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{NAME, read};

    /// The key; nothing when it is refused.
    fn key(text: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(NAME, HeaderValue::from_static(text));
        read(&headers).ok().map(|key| key.expect("there is a header"))
    }

    #[test]
    fn a_key_is_quoted_or_bare() {
        assert_eq!(key("\"a-1\""), Some("a-1".to_owned()));
        assert_eq!(key("a-1"), Some("a-1".to_owned()));
        assert_eq!(key(r#""a\"b\\""#), Some("a\"b\\".to_owned()));
        assert!(read(&HeaderMap::new()).is_ok_and(|key| key.is_none()));
    }

    #[test]
    fn half_a_quoted_string_is_no_key() {
        assert_eq!(key("\"a-1"), None);
        assert_eq!(key(r#""a"b""#), None);
        assert_eq!(key(r#""a\n""#), None);
    }
}
