//! Districts and schools.

use super::{optional, required};
use crate::{
    error::{Problem, ProblemCode},
    roster::service::{district::DistrictDraft, school::SchoolDraft},
};

/// What is wrong with a new district.
#[must_use]
pub fn district(draft: &DistrictDraft) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !is_slug(&draft.slug) {
        let message = "2 to 40 of the letters a to z, digits and hyphens are expected";
        problems.push(Problem::field(ProblemCode::InvalidFormat, "slug", message));
    }
    required(&mut problems, "name", Some(&draft.name), true);
    optional(&mut problems, "identifier", Some(&draft.identifier));
    if !is_time_zone(&draft.time_zone) {
        let message = "the IANA name of a time zone is expected, as `America/Denver`";
        problems.push(Problem::field(ProblemCode::InvalidFormat, "timeZone", message));
    }
    problems
}

/// What is wrong with a school's draft.
pub fn school(problems: &mut Vec<Problem>, draft: &SchoolDraft, is_new: bool) {
    required(problems, "name", draft.name.as_deref(), is_new);
    optional(problems, "identifier", draft.identifier.as_ref());
}

fn is_slug(text: &str) -> bool {
    let fits = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (2..=40).contains(&text.len()) && text.bytes().all(fits)
}

/// Whether the text has the form of a name in the time zone database; whether the name is there,
/// only the database can tell.
fn is_time_zone(text: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'+' | b'-');
    let part = |part: &str| !part.is_empty() && part.bytes().all(fits);
    text.len() <= 64
        && text.starts_with(|letter: char| letter.is_ascii_uppercase())
        && text.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::{is_slug, is_time_zone};

    #[test]
    fn short_names_are_plain() {
        assert!(["ab", "boulder-valley", "d51", &"a".repeat(40)].into_iter().all(is_slug));
        let refused = ["", "a", "Boulder", "a b", "a_b", "é1", "a/b", &"a".repeat(41)];
        assert_eq!(refused.into_iter().find(|text| is_slug(text)), None);
    }

    #[test]
    fn time_zones_have_the_form_of_their_database() {
        let known = ["UTC", "America/Denver", "America/Argentina/Buenos_Aires", "Etc/GMT+5"];
        assert!(known.into_iter().all(is_time_zone));
        let refused = ["", "denver", "America/", "/Denver", "America Denver", "Am\0erica"];
        assert_eq!(refused.into_iter().find(|text| is_time_zone(text)), None);
    }
}
