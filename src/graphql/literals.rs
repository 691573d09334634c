//! Literal arguments, held against their types.
//!
//! async-graphql checks a literal argument only when no variable is inside, since it has no value
//! to check then. So `input: { nmae: "x", age: $age }` would pass, and `nmae` would be dropped
//! without a word. It also takes a string for an enum, and any value for a scalar of ours. Such
//! arguments are refused here; what a variable stands for is checked with the variables.
//!
//! And no literal may hold the character NUL, which PostgreSQL cannot store: it is refused here for
//! all fields at once, as it is in variables.

use async_graphql::{
    ErrorExtensionValues, Pos, Positioned, ServerError,
    parser::types::{BaseType, ExecutableDocument, Field, Selection, SelectionSet, Type},
};
use async_graphql_value::Value;

use super::{
    model::{self, Input, Kind, Model},
    scalars,
};
use crate::error::Code;

/// What is wrong with the literal arguments of a document, and with its texts.
#[must_use]
pub(super) fn check(model: &Model, document: &ExecutableDocument) -> Vec<ServerError> {
    let mut walk = Walk { model, errors: Vec::new() };
    for (_, operation) in document.operations.iter() {
        for definition in &operation.node.variable_definitions {
            if let Some(default) = &definition.node.default_value {
                let name = format!("${}", definition.node.name.node);
                walk.text(&name, &default.node.clone().into_value(), default.pos);
            }
        }
        if let Some(root) = model.root(operation.node.ty) {
            walk.set(&operation.node.selection_set.node, root);
        }
    }
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        walk.set(&fragment.node.selection_set.node, on);
    }
    walk.errors
}

struct Walk<'a> {
    model: &'a Model,
    errors: Vec<ServerError>,
}

impl Walk<'_> {
    fn set(&mut self, set: &SelectionSet, on: &str) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(&field.node, on),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.set(&inline.node.selection_set.node, on);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, selected: &Field, on: &str) {
        let Some(field) = self.model.field(on, &selected.name.node) else { return };
        for (name, value) in &selected.arguments {
            self.text(&name.node, &value.node, value.pos);
            let argument = field.arguments.iter().find(|argument| argument.name == *name.node);
            if let Some(argument) = argument {
                self.argument(name, &argument.ty, value);
            }
        }
        self.set(&selected.selection_set.node, model::named(&field.ty));
    }

    fn text(&mut self, name: &str, value: &Value, at: Pos) {
        if holds_nul(value) {
            let message = format!("`{name}`: a text must not hold the character NUL");
            let mut error = ServerError::new(message, Some(at));
            let mut values = ErrorExtensionValues::default();
            values.set("code", Code::BadUserInput.name());
            error.extensions = Some(values);
            self.errors.push(error);
        }
    }

    fn argument(
        &mut self,
        name: &Positioned<async_graphql::Name>,
        ty: &Type,
        value: &Positioned<Value>,
    ) {
        let mut path = name.node.to_string();
        self.value(ty, &value.node, &mut path, value.pos);
    }

    fn value(&mut self, ty: &Type, value: &Value, path: &mut String, at: Pos) {
        match (&ty.base, value) {
            (_, Value::Variable(_)) => {}
            (_, Value::Null) if ty.nullable => {}
            (_, Value::Null) => self.wrong(path, &format!("{ty} is expected, not null"), at),
            (BaseType::List(item), Value::List(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.below(&format!("[{index}]"), path, |walk, path| {
                        walk.value(item, value, path, at);
                    });
                }
            }
            (BaseType::List(item), one) => self.value(item, one, path, at),
            (BaseType::Named(name), value) => self.named(name, value, path, at),
        }
    }

    fn named(&mut self, name: &str, value: &Value, path: &mut String, at: Pos) {
        let fits = match (name, self.model.kind(name), value) {
            ("Int", _, Value::Number(number)) => {
                number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
            }
            ("ID", _, Value::Number(number)) => !number.is_f64(),
            ("Float", _, Value::Number(_))
            | ("String" | "ID", _, Value::String(_))
            | ("Boolean", _, Value::Boolean(_)) => true,
            ("Int" | "Float" | "String" | "ID" | "Boolean", ..) => false,
            (_, Some(Kind::Enum(values)), Value::Enum(given)) => {
                values.iter().any(|value| value == given.as_str())
            }
            (_, Some(Kind::Input(input)), Value::Object(given)) => {
                return self.input(name, input, given, path, at);
            }
            (_, Some(Kind::Enum(_) | Kind::Input(_)), _) => false,
            (scalar, _, value) => return self.scalar(scalar, value, path, at),
        };
        if !fits {
            self.wrong(path, &format!("{name} is expected"), at);
        }
    }

    /// A scalar of ours reads its own values; an unknown type is left to validation.
    fn scalar(&mut self, name: &str, value: &Value, path: &str, at: Pos) {
        let Some(value) = value.clone().into_const() else { return };
        if let Err(expected) = scalars::read(name, value) {
            self.wrong(path, &expected, at);
        }
    }

    fn input(
        &mut self,
        name: &str,
        input: &Input,
        given: &async_graphql::indexmap::IndexMap<async_graphql::Name, Value>,
        path: &mut String,
        at: Pos,
    ) {
        for key in given.keys() {
            if input.fields.iter().all(|field| field.name != key.as_str()) {
                self.wrong(path, &format!("{name} has no field `{key}`"), at);
            }
        }
        if input.one_of && given.len() != 1 {
            self.wrong(path, &format!("{name} takes exactly one of its fields"), at);
        }
        for field in &input.fields {
            self.below(&format!(".{}", field.name), path, |walk, path| {
                match given.get(field.name.as_str()) {
                    Some(value) => walk.value(&field.ty, value, path, at),
                    None if field.is_required() => {
                        walk.wrong(path, &format!("a value of type {} is required", field.ty), at);
                    }
                    None => {}
                }
            });
        }
    }

    fn below(&mut self, step: &str, path: &mut String, then: impl FnOnce(&mut Self, &mut String)) {
        let length = path.len();
        path.push_str(step);
        then(self, path);
        path.truncate(length);
    }

    fn wrong(&mut self, path: &str, what: &str, at: Pos) {
        self.errors.push(ServerError::new(format!("argument `{path}`: {what}"), Some(at)));
    }
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.values().any(holds_nul),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::check;
    use crate::graphql::toy;

    fn errors(argument: &str) -> Vec<String> {
        let text = format!("query($v: Int) {{ echo(input: {argument}) }}");
        let errors = check(&toy::model(), &parse_query(text).unwrap());
        errors.into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn a_variable_hides_nothing_beside_it() {
        let cases = [
            ("{ name: \"x\", nmae: 1, scores: $v }", "`input`: StudentInput has no field `nmae`"),
            ("{ scores: [$v] }", "`input.name`: a value of type String! is required"),
            ("{ name: 1, scores: [$v] }", "`input.name`: String is expected"),
            ("{ name: null, scores: [$v] }", "`input.name`: String! is expected, not null"),
            ("{ name: \"x\", scores: [$v, 1.5] }", "`input.scores[1]`: Int is expected"),
            ("{ name: \"x\", scores: $v, grade: ELEVEN }", "`input.grade`: Grade is expected"),
            ("{ name: \"x\", grade: \"TEN\" }", "`input.grade`: Grade is expected"),
            ("{ name: \"x\", born: \"2010-02-30\" }", "`input.born`: a day of the calendar"),
            (
                "{ name: \"x\", key: { id: $v, code: \"x\" } }",
                "`input.key`: StudentKey takes exactly",
            ),
            ("{ name: \"x\", friend: { scores: $v } }", "`input.friend.name`: a value of type"),
        ];
        for (argument, expected) in cases {
            let found = errors(argument);
            assert_eq!(found.len(), 1, "{argument}: {found:?}");
            assert!(found[0].contains(expected), "{argument}: {found:?}");
        }
    }

    #[test]
    fn what_fits_passes() {
        for argument in [
            "$v",
            "{ name: \"x\", scores: $v, grade: TEN, born: \"2010-05-01\", key: { id: 1 } }",
            "{ name: \"x\", scores: [1, $v], friend: { name: \"y\", friend: null } }",
        ] {
            assert_eq!(errors(argument), Vec::<String>::new(), "{argument}");
        }
    }
}
