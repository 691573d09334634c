//! Partners.

use super::{LONGEST_TEXT, formats};
use crate::{
    error::{Problem, Problems},
    partners::service::partner::PartnerDraft,
};

/// What is wrong with a partner's draft.
#[must_use]
pub fn partner(draft: &PartnerDraft, is_new: bool) -> Vec<Problem> {
    let mut problems = Problems::of_row(is_new);
    problems.name("name", draft.name.as_deref());
    problems.present("kind", draft.kind.as_ref());
    let naics = draft.naics.as_ref().and_then(Option::as_deref);
    problems.form("naics", naics, formats::is_naics, "a NAICS code of two to six digits");
    let website = draft.website.as_ref().and_then(Option::as_deref);
    problems.long_text("website", website, 2_000);
    let expected = "a web address as `https://example.org`";
    problems.form("website", website, formats::is_web_address, expected);
    let description = draft.description.as_ref().and_then(Option::as_deref);
    problems.long_text("description", description, LONGEST_TEXT);
    problems.found()
}
