//! Texts that a client keeps for us and cannot make by itself: cursors.

use aws_lc_rs::{constant_time, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const MAC: usize = 12;

/// The bytes and their seal, as text for an address or a document.
#[must_use]
pub fn seal(key: &hmac::Key, mut bytes: Vec<u8>) -> String {
    let mac = hmac::sign(key, &bytes);
    bytes.extend(&mac.as_ref()[..MAC]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a sealed text; nothing when the seal is not of this key.
#[must_use]
pub fn unseal(key: &hmac::Key, text: &str) -> Option<Vec<u8>> {
    let mut bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let mac = bytes.split_off(bytes.len().checked_sub(MAC)?);
    let expected = hmac::sign(key, &bytes);
    constant_time::verify_slices_are_equal(&expected.as_ref()[..MAC], &mac).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;

    use super::{seal, unseal};

    #[test]
    fn a_seal_holds_for_its_key_and_its_bytes() {
        let [key, other] =
            [[1; 32], [2; 32]].map(|bytes| hmac::Key::new(hmac::HMAC_SHA256, &bytes));
        let text = seal(&key, b"here".to_vec());
        assert_eq!(unseal(&key, &text).as_deref(), Some(&b"here"[..]));
        assert_eq!(unseal(&other, &text), None);
        assert_eq!(unseal(&key, &text.replacen('a', "b", 1)), None);
        assert_eq!(unseal(&key, "short"), None);
    }
}
