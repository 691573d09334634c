//! Arguments: literals, variables, variables inside literals, nulls, and nothing at all.

use serde_json::{Value, json};

use super::{Variable, draw::Draw, types::Takes};

/// Writes the argument, unless it is left out.
pub fn written(
    draw: &mut Draw<'_>,
    variables: &mut Vec<Variable>,
    name: &str,
    takes: Takes,
) -> Option<String> {
    let mut writer = Writer { draw, variables };
    let value = match takes {
        Takes::NumberOrDefault => writer.number_or_default("Int!")?,
        Takes::MaybeNumberOrDefault if writer.draw.in_100(20) => "null".to_owned(),
        Takes::MaybeNumberOrDefault => writer.number_or_default("Int")?,
        Takes::MaybeNumber => writer.maybe("Int", Writer::number)?,
        Takes::Numbers => writer.numbers(),
        Takes::MaybeNumbers => writer.maybe("[Int!]", |writer| {
            let number = writer.number();
            json!([number, 2])
        })?,
        Takes::Kind => writer.kind()?,
        Takes::Wish => writer.wish()?,
    };
    Some(format!("{name}: {value}"))
}

struct Writer<'d, 'b> {
    draw: &'d mut Draw<'b>,
    variables: &'d mut Vec<Variable>,
}

impl Writer<'_, '_> {
    fn number(&mut self) -> Value {
        json!(self.draw.one_of(&[1, 2, 3, 5, 0, 4, 6, 7, 30, 101, -1]))
    }

    fn variable(&mut self, declared: String, given: Option<Value>) -> String {
        let name = format!("v{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), declared, given });
        format!("${name}")
    }

    /// A variable in such a place always has a value: async-graphql takes a variable that was left
    /// out for null, where GraphQL says the argument's default. `semantics` has that case.
    fn number_or_default(&mut self, graphql_type: &str) -> Option<String> {
        let number = self.number();
        match self.draw.below(4) {
            0 => None,
            1 => Some(number.to_string()),
            2 => Some(self.variable(graphql_type.to_owned(), Some(number))),
            _ => Some(self.variable(format!("{graphql_type} = {number}"), None)),
        }
    }

    fn maybe(
        &mut self,
        graphql_type: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) -> Option<String> {
        let value = value(self);
        let declared = graphql_type.to_owned();
        match self.draw.below(7) {
            0 => None,
            1 => Some(value.to_string()),
            2 => Some("null".to_owned()),
            3 => Some(self.variable(declared, None)),
            4 => Some(self.variable(declared, Some(Value::Null))),
            5 => Some(self.variable(format!("{declared} = {value}"), None)),
            _ => Some(self.variable(declared, Some(value))),
        }
    }

    fn numbers(&mut self) -> String {
        let numbers: Vec<_> = (0..self.draw.below(4))
            .map(|_| {
                let number = self.number();
                if self.draw.in_100(30) {
                    self.variable("Int!".to_owned(), Some(number))
                } else {
                    number.to_string()
                }
            })
            .collect();
        format!("[{}]", numbers.join(", "))
    }

    fn kind(&mut self) -> Option<String> {
        let kind = self.draw.one_of(&["BOOK", "FILM"]);
        match self.draw.below(5) {
            0 => None,
            1 => Some(kind.to_owned()),
            2 => Some(self.variable("Kind".to_owned(), Some(json!(kind)))),
            3 => Some(self.variable(format!("Kind = {kind}"), None)),
            _ => Some(self.variable("Kind".to_owned(), None)),
        }
    }

    fn wish(&mut self) -> Option<String> {
        if !self.draw.in_100(40) {
            return None;
        }
        if self.draw.in_100(30) {
            let wish = json!({ "atLeast": self.number(), "atMost": 150 });
            return Some(self.variable("Wish".to_owned(), Some(wish)));
        }
        let at_least = self.maybe("Int", Self::number).map(|value| format!("atLeast: {value}"));
        let at_most = self.maybe("Int", Self::number).map(|value| format!("atMost: {value}"));
        let fields: Vec<_> = at_least.into_iter().chain(at_most).collect();
        Some(format!("{{{}}}", fields.join(", ")))
    }
}
