//! Arguments of an edge, coerced as GraphQL says.

use async_graphql::{
    InputType, Name, Value,
    indexmap::IndexMap,
    registry::{MetaInputValue, Registry},
};
use async_graphql_value::Value as Written;

use super::{Cx, Picked};
use crate::error::{Code, Error, Result, plain_words};

/// The arguments that an edge takes.
pub trait Arguments: Sized + Send {
    /// Enters them, with their types, into the schema.
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue>;

    /// Reads them from one selection of the edge.
    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self>;
}

impl Arguments for () {
    fn declare(_: &mut Registry) -> Vec<MetaInputValue> {
        Vec::new()
    }

    fn read(_: &Cx<'_>, _: &Picked<'_>) -> Result<Self> {
        Ok(())
    }
}

/// An argument for the schema.
pub fn declared<A: InputType>(
    registry: &mut Registry,
    name: &str,
    description: &str,
) -> MetaInputValue {
    let mut argument = MetaInputValue::new(name, A::create_type_info(registry));
    argument.description = Some(description.to_owned());
    argument
}

/// An argument for the schema that has a value when it is left out.
pub fn declared_or<A: InputType>(
    registry: &mut Registry,
    name: &str,
    description: &str,
    default: &A,
) -> MetaInputValue {
    let mut argument = declared::<A>(registry, name, description);
    argument.default_value = Some(default.to_value().to_string());
    argument
}

impl Picked<'_> {
    /// The value of an argument, as its type; an absent one is told from null by the type.
    pub fn argument<A: InputType>(&self, cx: &Cx<'_>, name: &str) -> Result<A> {
        let written = self.written(cx, name);
        A::parse(written).map_err(|error| {
            let reason = error.into_server_error(self.field.pos).message;
            let reason = plain_words(&reason);
            Error::argument(Code::BadUserInput, format!("argument `{name}`: {reason}"))
        })
    }

    /// The value of an argument, or the default when it or the variable that stands for it was
    /// left out.
    pub fn argument_or<A: InputType>(&self, cx: &Cx<'_>, name: &str, default: A) -> Result<A> {
        match self.written(cx, name) {
            Some(_) => self.argument(cx, name),
            None => Ok(default),
        }
    }

    /// The value of an argument as it was written, with variables put in.
    pub(super) fn written(&self, cx: &Cx<'_>, name: &str) -> Option<Value> {
        let written = self.field.node.get_argument(name)?;
        constant(cx, written.node.clone())
    }
}

/// A variable that was left out leaves out the field it stands for; in a list it is null.
fn constant(cx: &Cx<'_>, written: Written) -> Option<Value> {
    Some(match written {
        Written::Variable(name) => return cx.variable(&name).cloned(),
        Written::Null => Value::Null,
        Written::Number(number) => Value::Number(number),
        Written::String(text) => Value::String(text),
        Written::Boolean(flag) => Value::Boolean(flag),
        Written::Binary(bytes) => Value::Binary(bytes),
        Written::Enum(name) => Value::Enum(name),
        Written::List(items) => {
            let items = items.into_iter().map(|item| constant(cx, item).unwrap_or_default());
            Value::List(items.collect())
        }
        Written::Object(fields) => {
            let given = |(name, value)| Some((name, constant(cx, value)?));
            Value::Object(fields.into_iter().filter_map(given).collect::<IndexMap<Name, Value>>())
        }
    })
}
