//! What a mutation answers: the row it wrote, or every reason why it wrote nothing.

use std::borrow::Cow;

use async_graphql::{
    ComplexObject, Context, ID, Interface, SimpleObject, resolver_utils::enum_value,
};

use super::{
    object::{NodeRef, One, Target},
    scalars::{Date, Long},
};
use crate::{
    app::App,
    error::{self, Code, Detail, Error, Problem, ProblemCode, Result},
    store::Kept,
};

/// Why an input was refused. When there is any, nothing was written.
#[derive(Debug, Clone, Interface)]
#[graphql(
    field(name = "code", ty = "&ProblemCode", desc = "The stable code of the refusal."),
    field(
        name = "message",
        ty = "&String",
        desc = "What was expected, for the person who reads the log."
    ),
    field(
        name = "path",
        ty = "&Vec<String>",
        desc = "Where in the arguments, as [\"input\", \"startsOn\"]."
    ),
    field(
        name = "doc_url",
        ty = "String",
        desc = "The page about the code: causes and what to do."
    )
)]
pub enum UserError {
    /// A plain refusal of one field.
    Field(FieldError),
    /// The row has changed since it was read.
    Conflict(ConflictError),
    /// A row with the same key exists.
    Duplicate(DuplicateError),
    /// The step is not allowed from here, or not yet.
    State(StateError),
    /// The caller may not.
    Permission(PermissionError),
}

macro_rules! user_errors {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, SimpleObject)]
        #[graphql(complex)]
        pub struct $name {
            /// The stable code of the refusal.
            code: ProblemCode,
            /// What was expected, for the person who reads the log.
            message: String,
            /// Where in the arguments.
            path: Vec<String>,
            $($(#[doc = $field_doc])+ $field: $type,)*
        }

        #[ComplexObject]
        impl $name {
            /// The page about the code: causes and what to do.
            async fn doc_url(&self, ctx: &Context<'_>) -> String {
                page_of(ctx, self.code)
            }
        }
    )+};
}

/// Where the page of a code is, at the address that clients use.
fn page_of(ctx: &Context<'_>, code: ProblemCode) -> String {
    let server = ctx.data_opt::<App>().map_or("", |app| app.config.public_url.as_str());
    format!("{server}/docs/user-errors/{}", enum_value(code).to_string().trim_matches('"'))
}

user_errors! {
    /// A field of the input is not as it must be.
    FieldError {}
    /// `expectedVersion` is stale: the row has changed since you read it. Nothing was written.
    ConflictError {
        /// The version that is stored now.
        current_version: Long,
        /// The row as it stands now.
        current: Option<NodeRef>,
    }
    /// Another row already has this key.
    DuplicateError {
        /// The row that has it, when you may see it.
        existing: Option<NodeRef>,
    }
    /// The row's state does not allow the step, or something blocks it.
    StateError {
        /// The state that the row is in.
        from: String,
        /// The state that was asked for.
        to: String,
        /// The states that can be reached from here.
        allowed: Vec<String>,
        /// What stands in the way.
        blockers: Vec<Blocker>,
    }
    /// You may not do this.
    PermissionError {
        /// The scope that would allow it, when a scope would.
        required_scope: Option<String>,
    }
}

/// One thing that stands in the way of a step, and who can clear it.
#[derive(Debug, Clone, SimpleObject)]
pub struct Blocker {
    /// The stable code, as `SEATS_TAKEN`.
    code: String,
    /// The reason in words.
    message: String,
    /// The rule's source: a statute, a policy, an agreement.
    citation: Option<String>,
    /// Who can clear it, as `COORDINATOR`.
    cleared_by: Option<String>,
    /// The first lawful day, when time alone clears it.
    earliest_date: Option<Date>,
}

impl From<error::Blocker> for Blocker {
    fn from(blocker: error::Blocker) -> Self {
        Self {
            code: blocker.code.into_owned(),
            message: blocker.message,
            citation: blocker.citation,
            cleared_by: blocker.cleared_by.map(Cow::into_owned),
            earliest_date: blocker.earliest_date.map(Date),
        }
    }
}

impl From<Problem> for UserError {
    fn from(problem: Problem) -> Self {
        let Problem { code, message, path, detail } = problem;
        let node = |id: String| NodeRef(ID(id));
        match detail {
            Detail::Field => Self::Field(FieldError { code, message, path }),
            Detail::Conflict { current_version, current } => Self::Conflict(ConflictError {
                code,
                message,
                path,
                current_version: Long(current_version),
                current: Some(node(current)),
            }),
            Detail::Duplicate { existing } => {
                let existing = existing.map(node);
                Self::Duplicate(DuplicateError { code, message, path, existing })
            }
            Detail::State { from, to, allowed, blockers } => {
                let blockers = blockers.into_iter().map(Into::into).collect();
                Self::State(StateError { code, message, path, from, to, allowed, blockers })
            }
            Detail::Permission { scope } => {
                let required_scope = scope.map(|scope| scope.name().to_owned());
                Self::Permission(PermissionError { code, message, path, required_scope })
            }
        }
    }
}

/// Splits what a service answered into a payload's two halves; a fault is no user error.
pub fn settle<U: Target>(result: Result<U::Row>) -> Result<(Option<One<U>>, Vec<UserError>)> {
    match result {
        Ok(row) => Ok((Some(One::Row(row)), Vec::new())),
        Err(Error::Replayed(Kept::Row(id))) => Ok((Some(One::Id(ID(id))), Vec::new())),
        Err(Error::Invalid(problems)) => Ok((None, problems.into_iter().map(Into::into).collect())),
        Err(error @ Error::NotFound(_)) => {
            let problem = Problem::field(ProblemCode::NotFound, "id", error.to_string());
            Ok((None, vec![problem.into()]))
        }
        Err(error) => Err(error),
    }
}

/// A refusal of an id argument that is no id of its type.
pub fn id<T: entity::id::TypedId>(path: &str, id: &ID) -> Result<T> {
    crate::typeid::decode(id).ok_or_else(|| {
        let message = format!("`{path}`: an id as `{}_…` is expected", T::PREFIX);
        Error::argument(Code::InvalidId, message)
    })
}

/// Declares the payload of a mutation: `payload!(PlacementStartPayload { placement: Placement })`.
#[macro_export]
macro_rules! payload {
    ($($(#[doc = $doc:literal])* $name:ident { $field:ident: $type:ty })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            /// The object as it stands after the mutation; null when it was refused.
            $field: Option<$crate::graphql::object::One<$type>>,
            /// Why it was refused, all reasons at once; when there is any, nothing was written.
            #[graphql(directive = $crate::graphql::scope::cost::apply(0))]
            user_errors: Vec<$crate::graphql::payload::UserError>,
        }

        impl $name {
            fn of(
                result: $crate::error::Result<<$type as $crate::graphql::object::Target>::Row>,
            ) -> $crate::error::Result<Self> {
                let ($field, user_errors) = $crate::graphql::payload::settle(result)?;
                Ok(Self { $field, user_errors })
            }
        }
    )+};
}
