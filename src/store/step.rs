//! Steps from one state of a row to another.

use sea_orm::ActiveEnum;

use crate::error::{Blocker, Detail, Problem, ProblemCode, Result};

/// Refuses a step that the row's state does not allow, or that something blocks.
pub fn check_step<S>(from: S, to: S, allowed: &[S], blockers: Vec<Blocker>) -> Result<()>
where
    S: ActiveEnum<Value = String> + Copy + PartialEq,
{
    let message = if !allowed.contains(&to) {
        format!("from {} there is no way to {}", from.to_value(), to.to_value())
    } else if let Some(first) = blockers.first() {
        format!("the step to {} is blocked: {}", to.to_value(), first.message)
    } else {
        return Ok(());
    };
    let detail = Detail::State {
        from: from.to_value(),
        to: to.to_value(),
        allowed: allowed.iter().map(ActiveEnum::to_value).collect(),
        blockers,
    };
    Err(Problem::with(ProblemCode::InvalidStateTransition, "id", message, detail).into())
}
