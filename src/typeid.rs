//! Global ids in the TypeID form: the kind of the row, `_`, and its UUID in 26 letters.

use entity::id::TypedId;
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LETTERS: usize = 26;

/// The global id of a row, as `student_01jd…`.
#[must_use]
pub fn encode<T: TypedId>(id: T) -> String {
    with_prefix(T::PREFIX, id.into())
}

/// The row's key, when the text is a global id of this kind.
#[must_use]
pub fn decode<T: TypedId>(text: &str) -> Option<T> {
    let (prefix, letters) = text.rsplit_once('_')?;
    (prefix == T::PREFIX).then(|| from_letters(letters)).flatten().map(T::from)
}

/// The parts of any global id.
#[must_use]
pub fn split(text: &str) -> Option<(&str, Uuid)> {
    let (prefix, letters) = text.rsplit_once('_')?;
    Some((prefix, from_letters(letters)?))
}

/// The global id of a key of this kind.
#[must_use]
pub fn with_prefix(prefix: &str, id: Uuid) -> String {
    let mut text = String::with_capacity(prefix.len() + 1 + LETTERS);
    text.push_str(prefix);
    text.push('_');
    let bits = id.as_u128();
    for place in (0..LETTERS).rev() {
        let letter = usize::from((bits >> (5 * place)) as u8 & 31);
        text.push(char::from(ALPHABET[letter]));
    }
    text
}

fn from_letters(letters: &str) -> Option<Uuid> {
    // 26 letters of 5 bits are 130: the first letter may only use its lower three.
    if letters.len() != LETTERS || letters.as_bytes()[0] > b'7' {
        return None;
    }
    let bits = letters.bytes().try_fold(0_u128, |bits, letter| {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        Some(bits << 5 | u128::try_from(value).ok()?)
    })?;
    Some(Uuid::from_u128(bits))
}
