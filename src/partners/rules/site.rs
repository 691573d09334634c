//! The sites of partners.

use super::formats;
use crate::{
    error::{Problem, Problems},
    partners::service::site::SiteDraft,
};

/// What is wrong with a site's draft.
#[must_use]
pub fn site(draft: &SiteDraft, is_new: bool) -> Vec<Problem> {
    let mut problems = Problems::of_row(is_new);
    problems.name("name", draft.name.as_deref());
    problems.text("street", draft.street.as_ref().and_then(Option::as_deref));
    problems.text("city", draft.city.as_ref().and_then(Option::as_deref));
    problems.text("region", draft.region.as_ref().and_then(Option::as_deref));
    problems.text("postalCode", draft.postal_code.as_ref().and_then(Option::as_deref));
    problems.present("country", draft.country.as_ref());
    let country = draft.country.as_deref();
    problems.form("country", country, formats::is_country, formats::COUNTRY);
    problems.found()
}
