//! The one door through which an error leaves.
//!
//! Code below the door returns [`Error`]. What a caller did wrong inside an input is a
//! [`Problem`] and becomes a typed `userErrors` entry; everything else becomes an entry of the
//! top-level `errors` with a stable [`Code`]. [`present()`] looks at where each error of an answer
//! came from: ours keep their words, the words of any library are replaced, and the cause goes to
//! the log under the request's id.

mod code;
mod present;
mod problem;
mod problems;

pub use code::Code;
pub use present::{Presented, plain_words, present, present_one};
pub use problem::{Blocker, Detail, Problem, ProblemCode};
pub use problems::Problems;

use crate::auth::Scope;

/// What every use case of the house answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no token, or it does not prove who calls.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The token is genuine and no longer valid.
    #[error("the access token has expired; ask /oauth/token for a new one")]
    TokenExpired,
    /// The caller holds no permission for the field.
    #[error("this needs the scope `{}`, which the access token does not carry", scope.name())]
    Forbidden {
        /// The permission that is missing.
        scope: Scope,
    },
    /// The row is not there, or the caller may not see it: the two are never told apart.
    #[error("no {0} with this id is visible to you")]
    NotFound(&'static str),
    /// The input breaks rules; all of them are told at once, and nothing was written.
    #[error("the input has {} problem(s)", .0.len())]
    Invalid(Vec<Problem>),
    /// An argument of the query cannot be used as it stands.
    #[error("{message}")]
    Argument {
        /// The stable code of the refusal.
        code: Code,
        /// What was expected and what came.
        message: String,
    },
    /// The changes behind a cursor are no longer kept.
    #[error(
        "the changes behind this cursor are no longer kept: take `changeCursorNow`, read \
         everything once, and go on from there"
    )]
    CursorExpired {
        /// The place in front of the oldest change that is kept.
        oldest: String,
    },
    /// The request took longer than the deadline.
    #[error("the request took longer than its deadline of {0} ms")]
    Timeout(u64),
    /// Other writers were at the same rows and came first; nothing was written.
    #[error("others are writing the same rows; nothing was written, so send it again")]
    LostRace,
    /// The caller is over a limit and may come back.
    #[error("too many requests; try again in {retry_after_ms} ms")]
    Limited {
        /// When trying again makes sense.
        retry_after_ms: u64,
    },
    /// The mutation was done in an earlier request with the same key: this is what it did. It never
    /// reaches the door: the payload is made of it.
    #[error("the mutation was done before")]
    Replayed(crate::store::Kept),
    /// One failure that several positions of an answer share.
    #[error("{0}")]
    Shared(std::sync::Arc<Error>),
    /// A fault of ours: logged, never shown.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The stable code under which the error reaches a client.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::TokenExpired => Code::TokenExpired,
            Self::Forbidden { .. } => Code::Forbidden,
            Self::NotFound(_) => Code::NotFound,
            Self::Invalid(_) => Code::BadUserInput,
            Self::Argument { code, .. } => *code,
            Self::CursorExpired { .. } => Code::CursorExpired,
            Self::Timeout(_) => Code::Timeout,
            Self::LostRace => Code::Unavailable,
            Self::Limited { .. } => Code::Throttled,
            Self::Shared(error) => error.code(),
            Self::Replayed(_) | Self::Internal(_) => Code::Internal,
        }
    }

    /// An argument that cannot be used.
    pub fn argument(code: Code, message: impl Into<String>) -> Self {
        Self::Argument { code, message: message.into() }
    }

    /// The same error one level further out: its problems lie under these steps.
    #[must_use]
    pub fn under(self, outer: &[&str]) -> Self {
        match self {
            Self::Invalid(problems) => {
                Self::Invalid(problems.into_iter().map(|problem| problem.under(outer)).collect())
            }
            error => error,
        }
    }

    /// A fault of ours with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(cause: sea_orm::DbErr) -> Self {
        if crate::store::is_lost(&cause) { Self::LostRace } else { Self::internal(cause) }
    }
}

impl From<sea_orm::TransactionError<Self>> for Error {
    fn from(cause: sea_orm::TransactionError<Self>) -> Self {
        match cause {
            sea_orm::TransactionError::Connection(cause) => cause.into(),
            sea_orm::TransactionError::Transaction(error) => error,
        }
    }
}
