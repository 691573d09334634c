//! Sandboxes as their makers describe them.

use entity::api_client::ApiClientKind;

use crate::{
    auth::{Scope, Scopes, client},
    error::{Problem, ProblemCode},
};

/// Sandboxes of one tenant.
pub const MOST: u64 = 5;
/// Students of one sandbox.
pub const MOST_STUDENTS: i32 = 500;
/// Students when nobody says how many.
pub const USUAL_STUDENTS: i32 = 50;
/// Days without use after which a sandbox is thrown away.
pub const IDLE_DAYS: i64 = 30;
const LONGEST_NAME: usize = 100;
/// What the names of a sandbox's tenants begin with.
const MARK: &str = "[Sandbox]";

/// The name of a tenant that is made up, as anybody can tell.
#[must_use]
pub fn marked(name: &str) -> String {
    format!("{MARK} {}", name.trim())
}

/// What is wrong with a new sandbox.
#[must_use]
pub fn sandbox(name: &str, kinds: &[ApiClientKind], students: i32, seed: i32) -> Vec<Problem> {
    let mut problems = Vec::new();
    if name.trim().is_empty() {
        problems.push(Problem::required("name"));
    } else if name.chars().count() > LONGEST_NAME {
        let message = format!("a name has at most {LONGEST_NAME} characters");
        problems.push(Problem::field(ProblemCode::TooLong, "name", message));
    }
    if kinds.is_empty() {
        problems.push(Problem::required("clientKinds"));
    }
    if !(1..=MOST_STUDENTS).contains(&students) {
        let message = format!("from 1 to {MOST_STUDENTS} students are possible");
        problems.push(Problem::field(ProblemCode::OutOfRange, "students", message));
    }
    if seed < 0 {
        let message = "a seed is 0 or more";
        problems.push(Problem::field(ProblemCode::OutOfRange, "seed", message));
    }
    problems
}

/// What a client of a sandbox may do: what its kind may, and what its maker may, but for making
/// sandboxes of its own.
pub fn grant(kind: ApiClientKind, maker: Scopes) -> Result<Scopes, Problem> {
    let grant = client::grantable(kind).and(maker).without(Scope::SandboxesManage);
    if grant.iter().next().is_some() {
        return Ok(grant);
    }
    let message = "the clients of a sandbox get scopes that your token carries and that their kind \
                   may hold: there is none";
    Err(Problem::field(ProblemCode::Forbidden, "clientKinds", message))
}

#[cfg(test)]
mod tests {
    use entity::api_client::ApiClientKind::{District, Partner};

    use super::{Scope, Scopes, grant, marked, sandbox};

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let paths = |problems: Vec<super::Problem>| -> Vec<_> {
            problems.into_iter().map(|problem| problem.path.join(".")).collect()
        };
        assert_eq!(paths(sandbox(" ", &[], 501, -1)), ["name", "clientKinds", "students", "seed"]);
        assert_eq!(paths(sandbox(&"a".repeat(101), &[District], 0, 0)), ["name", "students"]);
        assert_eq!(paths(sandbox(&"é".repeat(100), &[Partner], 500, i32::MAX)), [""; 0]);
    }

    #[test]
    fn nobody_hands_on_more_than_it_has() {
        let maker =
            Scopes::from_iter([Scope::StudentsRead, Scope::StudentsWrite, Scope::SandboxesManage]);
        let of = |kind, maker| grant(kind, maker).map(|scopes| scopes.to_string()).ok();
        assert_eq!(of(District, maker).as_deref(), Some("students:read students:write"));
        assert_eq!(of(Partner, maker).as_deref(), Some("students:read"));
        assert_eq!(of(Partner, Scopes::from_iter([Scope::SandboxesManage])), None);
        assert!(!grant(District, Scopes::all()).unwrap().contains(Scope::SandboxesManage));
    }

    #[test]
    fn a_made_up_tenant_is_told_by_its_name() {
        assert_eq!(marked(" Try-out "), "[Sandbox] Try-out");
    }
}
