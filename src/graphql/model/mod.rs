//! The schema as a client reads it, for the checks that run before execution.
//!
//! It is built from the printed schema, once, when the server starts. So what is printed is what
//! is enforced: a scope or a cost that a client cannot read in `schema.graphql` does not exist.

mod read;

use std::collections::HashMap;

use async_graphql_parser::types::{OperationType, Type};
use async_graphql_value::ConstValue;

use crate::auth::Scope;

/// The printed schema could not be understood.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is no schema.
    #[error("the schema cannot be parsed: {0}")]
    Parse(#[from] async_graphql_parser::Error),
    /// A directive that is enforced says something that cannot be.
    #[error("{place}: @{directive} cannot be read: {reason}")]
    Directive {
        /// The type or field that carries it.
        place: String,
        /// The name of the directive.
        directive: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

/// Every type of the schema, by name.
#[derive(Debug)]
pub struct Model {
    types: HashMap<String, Kind>,
    query: String,
    mutation: Option<String>,
    subscription: Option<String>,
}

/// What a name in the schema stands for.
#[derive(Debug)]
pub enum Kind {
    /// An object, an interface or a union.
    Composite(Composite),
    /// An input object.
    Input(Input),
    /// An enum with its values.
    Enum(Vec<String>),
    /// A scalar of our own.
    Scalar,
}

/// A type with fields; a union has none of its own.
#[derive(Debug, Default)]
pub struct Composite {
    /// What is needed to select anything of this type.
    pub scope: Option<Scope>,
    /// The fields by name.
    pub fields: HashMap<String, Field>,
}

/// A field that can be selected.
#[derive(Debug)]
pub struct Field {
    /// The type of its answer.
    pub ty: Type,
    /// The arguments in the order of the schema.
    pub arguments: Vec<Value>,
    /// What is needed to select it.
    pub scope: Option<Scope>,
    /// `@cost(weight:)`.
    pub weight: Option<u64>,
    /// `@listSize(slicingArguments:)`: the arguments that say how many items come back.
    pub slicing: Vec<String>,
    /// `@listSize(assumedSize:)`: how many items come back when no argument says so.
    pub assumed_size: Option<u64>,
}

/// An input object.
#[derive(Debug)]
pub struct Input {
    /// The fields in the order of the schema.
    pub fields: Vec<Value>,
    /// Whether exactly one field must be given.
    pub one_of: bool,
}

/// An argument, or a field of an input object.
#[derive(Debug)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// The type of what can be given.
    pub ty: Type,
    /// What counts when nothing is given.
    pub default: Option<ConstValue>,
}

impl Value {
    /// Whether something must be given.
    #[must_use]
    pub fn is_required(&self) -> bool {
        !self.ty.nullable && self.default.is_none()
    }
}

impl Model {
    /// Reads the printed schema.
    pub fn parse(sdl: &str) -> Result<Self, ModelError> {
        read::model(sdl)
    }

    /// The type of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.types.get(name)
    }

    /// The type of this name, if its fields can be selected.
    #[must_use]
    pub fn composite(&self, name: &str) -> Option<&Composite> {
        match self.types.get(name)? {
            Kind::Composite(composite) => Some(composite),
            _ => None,
        }
    }

    /// A field of a type.
    #[must_use]
    pub fn field(&self, type_name: &str, name: &str) -> Option<&Field> {
        self.composite(type_name)?.fields.get(name)
    }

    /// The type on which operations of this kind begin.
    #[must_use]
    pub fn root(&self, operation: OperationType) -> Option<&str> {
        match operation {
            OperationType::Query => Some(&self.query),
            OperationType::Mutation => self.mutation.as_deref(),
            OperationType::Subscription => self.subscription.as_deref(),
        }
    }

    /// Whether operations of any kind begin on this type.
    #[must_use]
    pub fn is_root(&self, type_name: &str) -> bool {
        [Some(&self.query), self.mutation.as_ref(), self.subscription.as_ref()]
            .into_iter()
            .flatten()
            .any(|root| root == type_name)
    }
}

/// The name at the heart of a type, as `Student` in `[Student!]!`.
#[must_use]
pub fn named(ty: &Type) -> &str {
    match &ty.base {
        async_graphql_parser::types::BaseType::Named(name) => name.as_str(),
        async_graphql_parser::types::BaseType::List(item) => named(item),
    }
}

/// Whether a type is a list at its outside.
#[must_use]
pub fn is_list(ty: &Type) -> bool {
    matches!(ty.base, async_graphql_parser::types::BaseType::List(_))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Model, named};
    use crate::{auth::Scope, graphql::toy};

    #[test]
    fn what_is_printed_is_what_is_enforced() {
        let model = toy::model();
        let students = model.field("Query", "students").unwrap();
        assert_eq!(students.scope, Some(Scope::StudentsRead));
        assert_eq!(students.slicing, ["first", "last"]);
        assert_eq!(named(&students.ty), "StudentConnection");
        assert_eq!(model.composite("Student").unwrap().scope, Some(Scope::StudentsRead));
        assert_eq!(model.field("Student", "score").unwrap().weight, Some(3));
        assert!(model.field("Query", "forgotten").unwrap().scope.is_none());
        let Some(Kind::Input(key)) = model.kind("StudentKey") else { panic!("an input") };
        assert!(key.one_of);
    }

    #[test]
    fn a_scope_that_does_not_exist_stops_the_start() {
        let sdl = r#"type Query { a: Int @scope(requires: "everything:read") }"#;
        let error = Model::parse(sdl).expect_err("no such scope");
        assert!(error.to_string().contains("Query.a"), "{error}");
        assert!(error.to_string().contains("everything:read"), "{error}");
        let sdl = r#"type Query { a: Int @cost(weight: "a lot") }"#;
        assert!(Model::parse(sdl).is_err());
        assert!(Model::parse("type {").is_err());
    }
}
