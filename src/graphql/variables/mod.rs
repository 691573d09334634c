//! From the JSON of a request to the variables of its operation.
//!
//! The executor would take the JSON as it comes and find out later, field by field. Here every
//! value is held against the type that its operation declares, as the specification says: a
//! request with a wrong variable is refused as a whole, and told where it is wrong. Defaults are
//! filled in, because `@skip`, `@include` and the cost depend on them.

#[cfg(test)]
mod tests;

use async_graphql_parser::types::{BaseType, OperationDefinition, Type, VariableDefinition};
use async_graphql_value::{ConstValue, Name, Number, Variables, indexmap::IndexMap};
use serde_json::{Map, Value as Json};

use crate::error::{Code, Error, Problem, ProblemCode};
use crate::graphql::model::{Input, Kind, Model, Value};
use crate::graphql::scalars;

/// Lists and objects inside each other; deeper input is a mistake or an attack.
const DEEPEST: usize = 32;

/// Coerces the given values; what the operation does not declare is ignored.
pub fn coerce(
    model: &Model,
    operation: &OperationDefinition,
    mut given: Map<String, Json>,
) -> crate::error::Result<Variables> {
    let mut variables = Variables::default();
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let given = given.remove(definition.name.node.as_str());
        let wrong = |wrong: Wrong| wrong.of_variable(&definition.name.node);
        if let Some(value) = variable(model, definition, given).map_err(wrong)? {
            variables.insert(definition.name.node.clone(), value);
        }
    }
    Ok(variables)
}

fn variable(
    model: &Model,
    definition: &VariableDefinition,
    given: Option<Json>,
) -> Result<Option<ConstValue>> {
    let ty = &definition.var_type.node;
    let mut at = Place::default();
    match given {
        Some(given) => at.value(model, ty, given).map(Some),
        None => match &definition.default_value {
            Some(default) => Ok(Some(default.node.clone())),
            None if ty.nullable => Ok(None),
            None => Err(at.missing(ty)),
        },
    }
}

/// A value as an input object of this name; the place in the problem begins inside of it.
pub fn input(model: &Model, name: &str, given: Json) -> std::result::Result<ConstValue, Problem> {
    Place::default().named(model, &Name::new(name), given).map_err(Wrong::in_input)
}

type Result<T> = std::result::Result<T, Wrong>;

/// What is wrong with a value, and where in it.
struct Wrong {
    path: String,
    what: String,
    is_missing: bool,
}

impl Wrong {
    fn of_variable(self, variable: &str) -> Error {
        let Self { path, what, .. } = self;
        let message = match path.as_str() {
            "" => format!("variable `${variable}`: {what}"),
            path => format!("variable `${variable}` at `{}`: {what}", path.trim_start_matches('.')),
        };
        Error::argument(Code::BadUserInput, message)
    }

    fn in_input(self) -> Problem {
        let code = if self.is_missing { ProblemCode::Required } else { ProblemCode::InvalidFormat };
        let path = self.path.replace('[', ".").replace(']', "");
        Problem::field(code, &path, self.what)
    }
}

/// Where in a value we are.
#[derive(Default)]
struct Place {
    path: String,
    depth: usize,
}

impl Place {
    fn value(&mut self, model: &Model, ty: &Type, given: Json) -> Result<ConstValue> {
        if given.is_null() {
            if ty.nullable {
                return Ok(ConstValue::Null);
            }
            return Err(self.wrong(&format!("{ty} is expected, and null is not allowed")));
        }
        if given.as_str().is_some_and(|text| text.contains('\0')) {
            return Err(self.wrong("a text must not hold the character NUL"));
        }
        match &ty.base {
            BaseType::Named(name) => self.named(model, name, given),
            BaseType::List(item) => match given {
                Json::Array(items) => self.list(model, item, items),
                one => Ok(ConstValue::List(vec![self.value(model, item, one)?])),
            },
        }
    }

    fn list(&mut self, model: &Model, item: &Type, given: Vec<Json>) -> Result<ConstValue> {
        let mut items = Vec::with_capacity(given.len());
        for (index, value) in given.into_iter().enumerate() {
            let value = self.inside(&format!("[{index}]"), |at| at.value(model, item, value))?;
            items.push(value);
        }
        Ok(ConstValue::List(items))
    }

    fn named(&mut self, model: &Model, name: &Name, given: Json) -> Result<ConstValue> {
        match (name.as_str(), model.kind(name.as_str())) {
            ("Int", _) => self.int(&given),
            ("Float", _) => match given {
                Json::Number(number) => Ok(ConstValue::Number(number)),
                other => Err(self.unexpected("Float", &other)),
            },
            ("String", _) => match given {
                Json::String(text) => Ok(ConstValue::String(text)),
                other => Err(self.unexpected("String", &other)),
            },
            ("Boolean", _) => match given {
                Json::Bool(value) => Ok(ConstValue::Boolean(value)),
                other => Err(self.unexpected("Boolean", &other)),
            },
            ("ID", _) => match given {
                Json::String(text) => Ok(ConstValue::String(text)),
                Json::Number(number) if !number.is_f64() => {
                    Ok(ConstValue::String(number.to_string()))
                }
                other => Err(self.unexpected("ID", &other)),
            },
            (_, Some(Kind::Enum(values))) => match given {
                Json::String(text) if values.contains(&text) => {
                    Ok(ConstValue::Enum(Name::new(text)))
                }
                Json::String(_) => {
                    Err(self.wrong(&format!("{name} has no such value; use {}", values.join(", "))))
                }
                other => Err(self.unexpected(name, &other)),
            },
            (_, Some(Kind::Input(input))) => match given {
                Json::Object(fields) => self.input(model, name, input, fields),
                other => Err(self.unexpected(name, &other)),
            },
            // A scalar of ours reads its value itself; an unknown type is left to validation.
            _ => {
                let value = ConstValue::from_json(given).map_err(|_| self.wrong("a value"))?;
                scalars::read(name, value).map_err(|expected| self.wrong(&expected))
            }
        }
    }

    fn int(&self, given: &Json) -> Result<ConstValue> {
        let Json::Number(number) = given else { return Err(self.unexpected("Int", given)) };
        let whole = number.as_i64().or_else(|| {
            let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
            let in_range = float >= f64::from(i32::MIN) && float <= f64::from(i32::MAX);
            #[expect(clippy::cast_possible_truncation, reason = "a whole number within 32 bits")]
            in_range.then_some(float as i64)
        });
        match whole.map(i32::try_from) {
            Some(Ok(whole)) => Ok(ConstValue::Number(Number::from(whole))),
            _ => Err(self.wrong("Int is expected: a whole number of 32 bits")),
        }
    }

    fn input(
        &mut self,
        model: &Model,
        name: &Name,
        input: &Input,
        mut given: Map<String, Json>,
    ) -> Result<ConstValue> {
        let unknown = |key: &&String| input.fields.iter().all(|field| field.name != **key);
        if let Some(key) = given.keys().find(unknown) {
            return Err(self.wrong(&format!("{name} has no field `{key}`")));
        }
        if input.one_of && (given.len() != 1 || given.values().any(Json::is_null)) {
            let message = format!("{name} takes exactly one of its fields, and not null");
            return Err(self.wrong(&message));
        }
        let mut fields = IndexMap::with_capacity(input.fields.len());
        for field in &input.fields {
            let value = given.shift_remove(&field.name);
            let value =
                self.inside(&format!(".{}", field.name), |at| at.field(model, field, value));
            if let Some(value) = value? {
                fields.insert(Name::new(&field.name), value);
            }
        }
        Ok(ConstValue::Object(fields))
    }

    fn field(
        &mut self,
        model: &Model,
        field: &Value,
        given: Option<Json>,
    ) -> Result<Option<ConstValue>> {
        match given {
            Some(given) => self.value(model, &field.ty, given).map(Some),
            None if field.is_required() => Err(self.missing(&field.ty)),
            None => Ok(field.default.clone()),
        }
    }

    fn inside<T>(&mut self, step: &str, then: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == DEEPEST {
            return Err(self.wrong(&format!("input may be at most {DEEPEST} levels deep")));
        }
        let length = self.path.len();
        self.path.push_str(step);
        self.depth += 1;
        let result = then(self);
        self.depth -= 1;
        self.path.truncate(length);
        result
    }

    fn unexpected(&self, expected: &str, given: &Json) -> Wrong {
        let given = match given {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Number(_) => "a number",
            Json::String(_) => "a string",
            Json::Array(_) => "a list",
            Json::Object(_) => "an object",
        };
        self.wrong(&format!("{expected} is expected, not {given}"))
    }

    fn wrong(&self, what: &str) -> Wrong {
        Wrong { path: self.path.clone(), what: what.to_owned(), is_missing: false }
    }

    fn missing(&self, ty: &Type) -> Wrong {
        let what = format!("a value of type {ty} is required");
        Wrong { is_missing: true, ..self.wrong(&what) }
    }
}
