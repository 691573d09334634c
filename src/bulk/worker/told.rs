//! What the result of an import says of each line.

use serde_json::{Value as Json, json};

use crate::{
    error::{Problem, ProblemCode},
    store::{Landed, Outcome},
};

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// The number of the line; none for a row that no line names.
    pub line: Option<u64>,
    /// What became of its row.
    pub landed: &'a Landed,
    /// Whether everything will be taken back, and what is new with it.
    pub is_dry_run: bool,
}

/// The line of the result, with its end.
#[must_use]
pub fn told(told: Told<'_>) -> Vec<u8> {
    let Landed { outcome, id, problems } = told.landed;
    let is_gone = told.is_dry_run && *outcome == Outcome::Created;
    let outcome = match told.line {
        // It differs only in that it is no longer in use.
        None if *outcome != Outcome::Rejected => "RETIRED",
        _ => name(*outcome),
    };
    let problems: Vec<Json> = problems.iter().map(problem).collect();
    let told = json!({
        "line": told.line,
        "outcome": outcome,
        "id": id.as_ref().filter(|_| !is_gone),
        "userErrors": problems,
    });
    format!("{told}\n").into_bytes()
}

/// The same line when nothing was written after all.
#[must_use]
pub fn unwritten(line: &str) -> Option<Vec<u8>> {
    let mut told: Json = serde_json::from_str(line).ok()?;
    if told["outcome"] != name(Outcome::Rejected) {
        if told["outcome"] == name(Outcome::Created) {
            told["id"] = Json::Null;
        }
        told["outcome"] = json!(name(Outcome::NotWritten));
    }
    Some(format!("{told}\n").into_bytes())
}

fn problem(problem: &Problem) -> Json {
    let code: ProblemCode = problem.code;
    json!({ "code": code.name(), "message": problem.message, "path": problem.path })
}

const fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created => "CREATED",
        Outcome::Updated => "UPDATED",
        Outcome::Unchanged => "UNCHANGED",
        Outcome::Rejected => "REJECTED",
        Outcome::NotWritten => "NOT_WRITTEN",
    }
}

#[cfg(test)]
mod tests {
    use super::{Landed, Outcome, Problem, Told, told, unwritten};

    fn line(outcome: Outcome, problems: Vec<Problem>, is_dry_run: bool) -> String {
        let landed = Landed { outcome, id: Some("student_1".to_owned()), problems };
        let line = told(Told { line: Some(3), landed: &landed, is_dry_run });
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn a_line_is_told_on_a_line() {
        assert_eq!(
            line(Outcome::Created, Vec::new(), false),
            "{\"line\":3,\"outcome\":\"CREATED\",\"id\":\"student_1\",\"userErrors\":[]}\n"
        );
        assert!(line(Outcome::Created, Vec::new(), true).contains("\"id\":null"));
        assert!(line(Outcome::Updated, Vec::new(), true).contains("\"id\":\"student_1\""));
        let refused = line(Outcome::Rejected, vec![Problem::required("student.givenName")], false);
        let error = "[{\"code\":\"REQUIRED\",\"message\":\"a value is required here\",\
                     \"path\":[\"student\",\"givenName\"]}]";
        assert!(refused.contains(error), "{refused}");
    }

    #[test]
    fn what_was_taken_back_is_not_written() {
        let again = |line: &str| String::from_utf8(unwritten(line).unwrap()).unwrap();
        let created = again(&line(Outcome::Created, Vec::new(), false));
        assert!(created.contains("\"outcome\":\"NOT_WRITTEN\",\"id\":null"), "{created}");
        let equal = again(&line(Outcome::Unchanged, Vec::new(), false));
        assert!(equal.contains("\"outcome\":\"NOT_WRITTEN\",\"id\":\"student_1\""), "{equal}");
        let refused = line(Outcome::Rejected, Vec::new(), false);
        assert_eq!(again(&refused), refused);
        assert_eq!(unwritten("not JSON"), None);
    }
}
