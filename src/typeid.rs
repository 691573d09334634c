//! Global ids: what a key is of, and the key itself, as `student_01h2xcejqtf2nbrexx3vqjhp41`.
//!
//! The form is that of the TypeID specification: a prefix, an underscore and the 128 bits of a
//! UUID as 26 digits of lower-case Crockford base32. A key has exactly one spelling.

use entity::id::TypedId;
use uuid::Uuid;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 26 digits hold 130 bits: the first digit has only three.
const LENGTH: usize = 26;

/// The global id of a key.
#[must_use]
pub fn encode<T: TypedId>(id: T) -> String {
    with_prefix(T::PREFIX, id.into())
}

/// The global id of a key whose kind is told by its prefix.
#[must_use]
pub fn with_prefix(prefix: &str, key: Uuid) -> String {
    let mut text = Vec::with_capacity(prefix.len() + 1 + LENGTH);
    write(prefix, key, &mut text);
    text.into_iter().map(char::from).collect()
}

/// Writes a global id behind what is there already.
pub fn write(prefix: &str, key: Uuid, out: &mut Vec<u8>) {
    let mut bits = key.as_u128();
    let mut digits = [0; LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(bits & 31) as usize];
        bits >>= 5;
    }
    out.extend(prefix.as_bytes());
    out.push(b'_');
    out.extend(digits);
}

/// The key behind a global id, or nothing when the text is not the id of such a row.
#[must_use]
pub fn decode<T: TypedId>(text: &str) -> Option<T> {
    let (prefix, key) = split(text)?;
    (prefix == T::PREFIX).then(|| T::from(key))
}

/// The prefix and the key of any global id.
#[must_use]
pub fn split(text: &str) -> Option<(&str, Uuid)> {
    let (prefix, digits) = text.rsplit_once('_')?;
    let digits = digits.as_bytes();
    if digits.len() != LENGTH || digits[0] > b'7' {
        return None;
    }
    let bits = digits.iter().try_fold(0_u128, |bits, digit| {
        let value = DIGITS.iter().position(|known| known == digit)?;
        Some(bits << 5 | u128::try_from(value).ok()?)
    })?;
    Some((prefix, Uuid::from_u128(bits)))
}

#[cfg(test)]
mod tests {
    use entity::id::{SchoolId, StudentId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{decode, encode};

    const VECTORS: [(&str, &str); 5] = [
        ("00000000-0000-0000-0000-000000000000", "00000000000000000000000000"),
        ("00000000-0000-0000-0000-000000000001", "00000000000000000000000001"),
        ("00000000-0000-0000-0000-000000000020", "00000000000000000000000010"),
        ("0188bac7-4afa-78aa-bc3b-bd1eef28d881", "01h2xcejqtf2nbrexx3vqjhp41"),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", "7zzzzzzzzzzzzzzzzzzzzzzzzz"),
    ];

    #[test]
    fn the_vectors_of_the_specification_hold_in_both_directions() {
        for (uuid, digits) in VECTORS {
            let key = StudentId(uuid.parse().unwrap());
            let text = format!("student_{digits}");
            assert_eq!(encode(key), text);
            assert_eq!(decode(&text), Some(key));
        }
    }

    #[test]
    fn every_other_spelling_is_refused() {
        for text in [
            "",
            "student",
            "student_",
            "_01h2xcejqtf2nbrexx3vqjhp41",
            "01h2xcejqtf2nbrexx3vqjhp41",
            "school_01h2xcejqtf2nbrexx3vqjhp41",
            "student__01h2xcejqtf2nbrexx3vqjhp41",
            "student_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "student_zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "student_01H2XCEJQTF2NBREXX3VQJHP41",
            "STUDENT_01h2xcejqtf2nbrexx3vqjhp41",
            "student_01h2xcejqtf2nbrexx3vqjhp4",
            "student_01h2xcejqtf2nbrexx3vqjhp411",
            "student_01h2xcejqtf2nbrexx3vqjhp4i",
            "student_01h2xcejqtf2nbrexx3vqjhp4l",
            "student_01h2xcejqtf2nbrexx3vqjhp4u",
            "student_01h2xcejqtf2nbrexx3vqjhpé",
            "student_ 1h2xcejqtf2nbrexx3vqjhp41",
        ] {
            assert_eq!(decode::<StudentId>(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_key_comes_back(bits: u128) {
            let key = SchoolId(Uuid::from_u128(bits));
            prop_assert_eq!(decode::<SchoolId>(&encode(key)), Some(key));
            prop_assert_eq!(decode::<StudentId>(&encode(key)), None);
        }

        #[test]
        fn no_text_has_two_readings(text in "student_[0-9a-z]{24,28}") {
            if let Some(key) = decode::<StudentId>(&text) {
                prop_assert_eq!(encode(key), text);
            }
        }
    }
}
