//! Endpoints as their owners describe them.

use chrono::TimeDelta;

use crate::{
    error::{Problem, ProblemCode, Problems},
    webhooks::{
        service::EndpointDraft,
        target::{self, Reach},
    },
};

const LONGEST_DESCRIPTION: usize = 1000;
/// An old secret signs no longer than this beside the new one.
const LONGEST_OVERLAP: i32 = 168;

/// What is wrong with an endpoint's draft.
#[must_use]
pub fn endpoint(draft: &EndpointDraft, is_new: bool, reach: Reach) -> Vec<Problem> {
    let mut problems = Problems::of_row(is_new);
    problems.present("url", draft.url.as_ref());
    if let Some(Err(refusal)) = draft.url.as_deref().map(|url| target::check(url, reach)) {
        problems.refuse(ProblemCode::InvalidFormat, "url", refusal.to_string());
    }
    let description = draft.description.as_ref().and_then(Option::as_deref);
    problems.long_text("description", description, LONGEST_DESCRIPTION);
    if let Some(Some(types)) = &draft.types
        && types.is_empty()
    {
        let message = "name at least one type, or leave it null for all";
        problems.refuse(ProblemCode::Required, "types", message);
    }
    problems.found()
}

/// How long the secret that is replaced goes on signing.
pub fn overlap(hours: i32) -> Result<TimeDelta, Problem> {
    if (0..=LONGEST_OVERLAP).contains(&hours) {
        return Ok(TimeDelta::hours(hours.into()));
    }
    let message = format!("from 0 to {LONGEST_OVERLAP} hours are allowed");
    Err(Problem::field(ProblemCode::OutOfRange, "overlapHours", message))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{EndpointDraft, Reach, endpoint, overlap};

    fn paths(draft: &EndpointDraft, is_new: bool) -> Vec<String> {
        let problems = endpoint(draft, is_new, Reach::Public);
        problems.into_iter().map(|problem| problem.path.join(".")).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let draft = EndpointDraft {
            url: Some("http://10.0.0.1/".to_owned()),
            description: Some(Some("a".repeat(1001))),
            types: Some(Some(Vec::new())),
            exclude_origin: None,
        };
        assert_eq!(paths(&draft, true), ["url", "description", "types"]);
        assert_eq!(paths(&EndpointDraft::default(), true), ["url"]);
        assert!(paths(&EndpointDraft::default(), false).is_empty());
    }

    #[test]
    fn two_secrets_sign_for_a_week_at_most() {
        assert_eq!(overlap(0), Ok(TimeDelta::zero()));
        assert_eq!(overlap(168), Ok(TimeDelta::days(7)));
        assert!(overlap(-1).is_err() && overlap(169).is_err());
    }
}
