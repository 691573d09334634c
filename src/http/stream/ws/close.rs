//! How a socket is closed.

use std::borrow::Cow;

use axum::extract::ws::CloseFrame;

use crate::error::{Code, Error};

/// A reason is part of a control frame, which holds 125 bytes with the code.
const LONGEST_REASON: usize = 120;

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Close {
    /// The other side has closed it, or is no longer there.
    Gone,
    /// It is told a code and a reason.
    With(u16, Cow<'static, str>),
}

impl Close {
    pub(super) const STOPPING: Self = Self::with(1001, "Going away");
    pub(super) const INVALID: Self = Self::with(4400, "Invalid message received");
    pub(super) const UNAUTHORIZED: Self = Self::with(4401, "Unauthorized");
    pub(super) const SUBPROTOCOL: Self = Self::with(4406, "Subprotocol not acceptable");
    pub(super) const INIT_TIMEOUT: Self = Self::with(4408, "Connection initialisation timeout");
    pub(super) const INIT_AGAIN: Self = Self::with(4429, "Too many initialisation requests");

    const fn with(code: u16, reason: &'static str) -> Self {
        Self::With(code, Cow::Borrowed(reason))
    }

    /// A message that the protocol does not know, and what is wrong with it.
    pub(super) fn invalid(why: &str) -> Self {
        Self::With(4400, format!("Invalid message received: {why}").into())
    }

    /// The client uses a name for two operations at once.
    pub(super) fn taken(name: &str) -> Self {
        Self::With(4409, format!("Subscriber for {name} already exists").into())
    }

    /// The client may not be here, or no longer.
    pub(super) fn refused(error: &Error) -> Self {
        match error.code() {
            Code::Throttled => Self::With(4429, format!("Too many requests: {error}").into()),
            Code::Internal | Code::Unavailable | Code::Timeout => {
                Self::with(4500, "Internal server error")
            }
            _ => Self::With(4403, format!("Forbidden: {error}").into()),
        }
    }

    /// The frame to send, if there is anybody to send it to.
    pub(super) fn frame(&self) -> Option<CloseFrame> {
        let Self::With(code, reason) = self else { return None };
        let end = reason.floor_char_boundary(LONGEST_REASON);
        Some(CloseFrame { code: *code, reason: reason[..end].into() })
    }
}
