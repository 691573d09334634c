//! The people of partners.

use super::formats;
use crate::{
    error::{Problem, Problems},
    partners::service::contact::ContactDraft,
};

/// What is wrong with a contact's draft.
#[must_use]
pub fn contact(draft: &ContactDraft, is_new: bool) -> Vec<Problem> {
    let mut problems = Problems::of_row(is_new);
    problems.name("givenName", draft.given_name.as_deref());
    problems.name("familyName", draft.family_name.as_deref());
    let email = draft.email.as_ref().and_then(Option::as_deref);
    problems.text("email", email);
    let expected = "an address with one `@` and without spaces";
    problems.form("email", email, formats::is_email, expected);
    problems.text("phone", draft.phone.as_ref().and_then(Option::as_deref));
    problems.text("title", draft.title.as_ref().and_then(Option::as_deref));
    problems.present("role", draft.role.as_ref());
    problems.found()
}
