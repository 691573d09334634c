//! Leaves of an answer: how a column's Rust value becomes JSON.

use async_graphql::{ID, OutputType, resolver_utils::EnumType};
use chrono::{DateTime as Instant, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use entity::id::TypedId;
use serde::Serialize;

use super::scalars::{Date, DateTime, Decimal, LocalTime, Long};
use crate::typeid;

/// What a column can hold: a Rust value that has a GraphQL scalar or enum.
pub trait Leaf {
    /// The GraphQL type.
    type Type: OutputType;

    /// Writes the value as JSON.
    fn write(self, out: &mut Vec<u8>);
}

macro_rules! leaves {
    ($($rust:ty => $type:ty, |$value:ident, $out:ident| $write:expr;)+) => {$(
        impl Leaf for $rust {
            type Type = $type;

            fn write(self, $out: &mut Vec<u8>) {
                let $value = self;
                $write;
            }
        }
    )+};
}

leaves! {
    String => String, |text, out| json(&text, out);
    &'static str => String, |text, out| json(text, out);
    bool => bool, |flag, out| json(&flag, out);
    i32 => i32, |number, out| json(&number, out);
    ID => ID, |id, out| json(&id.0, out);
    i64 => Long, |number, out| quoted(out, |out| json(&number, out));
    Instant<Utc> => DateTime, |instant, out| quoted(out, |out| write_instant(instant, out));
    NaiveDate => Date, |day, out| quoted(out, |out| write_day(&day, out));
    NaiveTime => LocalTime, |time, out| quoted(out, |out| write_time(&time, out));
    Decimal => Decimal, |number, out| quoted(out, |out| write_hundredths(number.hundredths, out));
}

impl<L: Leaf> Leaf for Option<L>
where
    Option<L::Type>: OutputType,
{
    type Type = Option<L::Type>;

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Some(leaf) => leaf.write(out),
            None => out.extend(b"null"),
        }
    }
}

impl<L: Leaf> Leaf for Vec<L>
where
    Vec<L::Type>: OutputType,
{
    type Type = Vec<L::Type>;

    fn write(self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (at, leaf) in self.into_iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            leaf.write(out);
        }
        out.push(b']');
    }
}

/// A typed key as a column: its global id.
pub struct Key<T>(pub T);

impl<T: TypedId> Leaf for Key<T> {
    type Type = ID;

    fn write(self, out: &mut Vec<u8>) {
        quoted(out, |out| typeid::write(T::PREFIX, self.0.into(), out));
    }
}

/// Lets GraphQL enums that mirror a row's enum stand as columns.
#[macro_export]
macro_rules! leaf_enums {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::graphql::leaf::Leaf for $name {
            type Type = $name;

            fn write(self, out: &mut Vec<u8>) {
                $crate::graphql::leaf::write_enum(self, out);
            }
        }
    )+};
}

/// Writes the name that an enum's value has in the schema.
pub fn write_enum<E: EnumType>(value: E, out: &mut Vec<u8>) {
    let item = E::items().iter().find(|item| item.value == value);
    json(item.map_or("", |item| item.name), out);
}

/// Writing JSON to memory cannot fail: none of our leaves has a key that is no text.
fn json<S: Serialize + ?Sized>(value: &S, out: &mut Vec<u8>) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "a leaf is always JSON");
}

fn quoted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

/// Exactly so many decimal digits. Dates are most of what a page holds besides texts, and the
/// formatter of the calendar's library takes ten times as long.
fn digits(number: u32, places: u32, out: &mut Vec<u8>) {
    for place in (0..places).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
    }
}

fn write_day(day: &impl Datelike, out: &mut Vec<u8>) {
    digits(day.year().unsigned_abs(), 4, out);
    out.push(b'-');
    digits(day.month(), 2, out);
    out.push(b'-');
    digits(day.day(), 2, out);
}

fn write_time(time: &impl Timelike, out: &mut Vec<u8>) {
    digits(time.hour(), 2, out);
    out.push(b':');
    digits(time.minute(), 2, out);
    out.push(b':');
    digits(time.second(), 2, out);
}

fn write_instant(instant: Instant<Utc>, out: &mut Vec<u8>) {
    write_day(&instant, out);
    out.push(b'T');
    write_time(&instant, out);
    out.push(b'.');
    // A leap second is written as the second it follows.
    digits(instant.nanosecond() % 1_000_000_000 / 1000, 6, out);
    out.push(b'Z');
}

fn write_hundredths(hundredths: i64, out: &mut Vec<u8>) {
    if hundredths < 0 {
        out.push(b'-');
    }
    let whole = hundredths.unsigned_abs();
    json(&(whole / 100), out);
    out.push(b'.');
    digits(u32::try_from(whole % 100).unwrap_or(0), 2, out);
}

#[cfg(test)]
mod tests {
    use async_graphql::ScalarType;
    use chrono::{DateTime as Instant, NaiveDate, NaiveTime};
    use proptest::prelude::*;

    use super::{Date, DateTime, Decimal, Leaf, LocalTime, Long};

    /// What the leaf writes, and what the scalar itself says.
    fn both(leaf: impl Leaf, scalar: &impl ScalarType) -> (String, String) {
        let mut out = Vec::new();
        leaf.write(&mut out);
        (String::from_utf8(out).unwrap(), scalar.to_value().to_string())
    }

    proptest! {
        #[test]
        fn a_leaf_is_written_as_its_scalar(
            seconds in -62_135_596_800_i64..253_402_300_800,
            nanos in 0_u32..1_000_000_000,
            number: i64,
        ) {
            let instant = Instant::from_timestamp(seconds, nanos).unwrap();
            let (mine, scalars) = both(instant, &DateTime(instant));
            prop_assert_eq!(mine, scalars);
            let (day, time): (NaiveDate, NaiveTime) = (instant.date_naive(), instant.time());
            let (mine, scalars) = both(day, &Date(day));
            prop_assert_eq!(mine, scalars);
            let (mine, scalars) = both(time, &LocalTime(time));
            prop_assert_eq!(mine, scalars);
            let (mine, scalars) = both(number, &Long(number));
            prop_assert_eq!(mine, scalars);
            let decimal = Decimal { hundredths: number };
            let (mine, scalars) = both(decimal, &decimal);
            prop_assert_eq!(mine, scalars);
        }

        #[test]
        fn a_text_of_any_characters_is_json(text: String) {
            let mut out = Vec::new();
            vec![Some(text.clone()), None].write(&mut out);
            let read: Vec<Option<String>> = serde_json::from_slice(&out).unwrap();
            prop_assert_eq!(read, vec![Some(text), None]);
        }
    }
}
