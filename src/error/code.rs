//! The closed list of codes in `errors[].extensions.code`.

/// A stable code of the top-level `errors`; each has a page under `/docs/errors/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each code has a page of its own under docs/errors")]
pub enum Code {
    GraphqlParseFailed,
    GraphqlValidationFailed,
    BadUserInput,
    OperationResolutionFailure,
    BatchingNotSupported,
    SubscriptionTransport,
    Unauthenticated,
    TokenExpired,
    Forbidden,
    NotFound,
    InvalidId,
    PaginationRequired,
    PageSizeOutOfRange,
    CursorInvalid,
    CursorMismatch,
    CursorExpired,
    CursorEpochMismatch,
    IdempotencyInProgress,
    IdempotencyKeyReused,
    TokenLimitExceeded,
    DepthLimitExceeded,
    AliasLimitExceeded,
    RootFieldLimitExceeded,
    RepeatLimitExceeded,
    DirectiveLimitExceeded,
    FragmentLimitExceeded,
    DocumentSizeExceeded,
    CostLimitExceeded,
    Throttled,
    Timeout,
    Unavailable,
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 32] = [
        Self::GraphqlParseFailed,
        Self::GraphqlValidationFailed,
        Self::BadUserInput,
        Self::OperationResolutionFailure,
        Self::BatchingNotSupported,
        Self::SubscriptionTransport,
        Self::Unauthenticated,
        Self::TokenExpired,
        Self::Forbidden,
        Self::NotFound,
        Self::InvalidId,
        Self::PaginationRequired,
        Self::PageSizeOutOfRange,
        Self::CursorInvalid,
        Self::CursorMismatch,
        Self::CursorExpired,
        Self::CursorEpochMismatch,
        Self::IdempotencyInProgress,
        Self::IdempotencyKeyReused,
        Self::TokenLimitExceeded,
        Self::DepthLimitExceeded,
        Self::AliasLimitExceeded,
        Self::RootFieldLimitExceeded,
        Self::RepeatLimitExceeded,
        Self::DirectiveLimitExceeded,
        Self::FragmentLimitExceeded,
        Self::DocumentSizeExceeded,
        Self::CostLimitExceeded,
        Self::Throttled,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code as it stands in an answer.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::OperationResolutionFailure => "OPERATION_RESOLUTION_FAILURE",
            Self::BatchingNotSupported => "BATCHING_NOT_SUPPORTED",
            Self::SubscriptionTransport => "SUBSCRIPTION_TRANSPORT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::TokenExpired => "TOKEN_EXPIRED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::InvalidId => "INVALID_ID",
            Self::PaginationRequired => "PAGINATION_REQUIRED",
            Self::PageSizeOutOfRange => "PAGE_SIZE_OUT_OF_RANGE",
            Self::CursorInvalid => "CURSOR_INVALID",
            Self::CursorMismatch => "CURSOR_MISMATCH",
            Self::CursorExpired => "CURSOR_EXPIRED",
            Self::CursorEpochMismatch => "CURSOR_EPOCH_MISMATCH",
            Self::IdempotencyInProgress => "IDEMPOTENCY_IN_PROGRESS",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::TokenLimitExceeded => "TOKEN_LIMIT_EXCEEDED",
            Self::DepthLimitExceeded => "DEPTH_LIMIT_EXCEEDED",
            Self::AliasLimitExceeded => "ALIAS_LIMIT_EXCEEDED",
            Self::RootFieldLimitExceeded => "ROOT_FIELD_LIMIT_EXCEEDED",
            Self::RepeatLimitExceeded => "REPEAT_LIMIT_EXCEEDED",
            Self::DirectiveLimitExceeded => "DIRECTIVE_LIMIT_EXCEEDED",
            Self::FragmentLimitExceeded => "FRAGMENT_LIMIT_EXCEEDED",
            Self::DocumentSizeExceeded => "DOCUMENT_SIZE_EXCEEDED",
            Self::CostLimitExceeded => "COST_LIMIT_EXCEEDED",
            Self::Throttled => "THROTTLED",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// Whether the very same request may succeed later.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::TokenExpired
                | Self::IdempotencyInProgress
                | Self::Throttled
                | Self::Timeout
                | Self::Unavailable
                | Self::Internal
        )
    }
}
