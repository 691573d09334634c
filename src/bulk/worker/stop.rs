//! Why work at a job stops before its end.

use entity::job::JobFailure;

use crate::{
    bulk::{
        export::Halt,
        service::{progress::Hold, state::Failure},
    },
    error::Error,
};

/// Why work at a job stops.
#[derive(Debug)]
pub enum Stop {
    /// It cannot be done.
    Failed(Failure),
    /// Its client no longer wants it.
    Canceled,
    /// Somebody else has taken it over, or it has come to its end.
    Lost,
    /// The process ends.
    Stopping,
    /// A fault of ours, which may be over the next time.
    Broken(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Halt> for Stop {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Failed(failure) => Self::Failed(failure),
            Halt::Hold(Hold::Canceled) => Self::Canceled,
            Halt::Hold(Hold::Lost | Hold::Ours) => Self::Lost,
            Halt::Broken(error) => Self::Broken(error),
        }
    }
}

impl Stop {
    /// A request that was fine when it was made, and is no more.
    pub fn invalid(error: Error) -> Self {
        let message = match &error {
            Error::Invalid(problems) => {
                problems.first().map_or_else(String::new, |problem| problem.message.clone())
            }
            Error::NotFound(_) | Error::Argument { .. } | Error::Forbidden { .. } => {
                error.to_string()
            }
            _ => return Self::Broken(error),
        };
        Failure::new(JobFailure::InvalidRequest, message).into()
    }
}
