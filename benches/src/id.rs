//! Global ids, written without a detour through a `String`.

use serde::{Serialize, Serializer};
use uuid::Uuid;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A key and the kind of its row: `student_01jd…`.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub &'static str, pub Uuid);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = [0_u8; 48];
        let start = self.0.len() + 1;
        text[..start - 1].copy_from_slice(self.0.as_bytes());
        text[start - 1] = b'_';
        let mut bits = self.1.as_u128();
        for digit in text[start..start + 26].iter_mut().rev() {
            *digit = DIGITS[usize::from(bits.to_le_bytes()[0] & 31)];
            bits >>= 5;
        }
        let text = std::str::from_utf8(&text[..start + 26]).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn written_as_the_typeid_specification_writes_it() {
        let id = Id("student", "0188bac7-4afa-78aa-bc3b-bd1eef28d881".parse().unwrap());
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"student_01h2xcejqtf2nbrexx3vqjhp41\"");
    }
}
