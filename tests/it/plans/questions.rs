//! All ways to filter and to sort a list, read from the schema.

use std::{collections::BTreeMap, fmt};

use pathbridge::graphql::model::{Field, Input, Kind, named};
use serde_json::{Map, Value as Json, json};

use crate::support::shape::Shape;

/// One way to ask for a list.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// `where`, `orderBy` and `at`, where they are given.
    pub variables: Json,
    /// Whether the rows come in an order that was asked for, and unfiltered.
    pub is_sort: bool,
    declared: Vec<String>,
    passed: Vec<String>,
    page: Option<String>,
}

impl Question {
    fn with(argument: &str, ty: &str, value: Json) -> Self {
        Self {
            variables: json!({ argument: value }),
            is_sort: argument == "orderBy",
            declared: vec![format!("${argument}: {ty}")],
            passed: vec![format!("{argument}: ${argument}")],
            page: None,
        }
    }

    /// For one object instead of a list.
    pub fn of_one(variables: Json) -> Self {
        Self { variables, ..Self::default() }
    }

    /// The same list from elsewhere, as `last: 50`.
    pub fn paged(&self, page: &str) -> Self {
        Self { page: Some(page.to_owned()), is_sort: true, ..self.clone() }
    }

    /// The same page with a cursor in the place of `$at`.
    pub fn at(mut self, cursor: Json) -> Self {
        self.declared.push("$at: String".to_owned());
        let mut variables = self.variables.as_object().cloned().unwrap_or_default();
        variables.insert("at".to_owned(), cursor);
        self.variables = Json::Object(variables);
        self
    }

    /// The document; `around` says where the list is found.
    pub fn document(&self, around: impl FnOnce(String) -> String, size: usize) -> String {
        let declared = match self.declared.as_slice() {
            [] => String::new(),
            declared => format!("({})", declared.join(", ")),
        };
        let page = self.page.clone().unwrap_or_else(|| format!("first: {size}"));
        let passed: Vec<_> = [page].into_iter().chain(self.passed.iter().cloned()).collect();
        let body = format!(
            "({}) {{ {} pageInfo {{ startCursor }} nodes {{ id }} }}",
            passed.join(", "),
            if self.is_sort { "" } else { "totalCount { value }" }
        );
        format!("query{declared} {{ {} }}", around(body))
    }
}

impl fmt::Display for Question {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = self.page.as_deref().unwrap_or("first");
        write!(out, "({page}")?;
        for (name, value) in self.variables.as_object().into_iter().flatten() {
            write!(out, ", {name}: {value}")?;
        }
        write!(out, ")")
    }
}

impl Shape {
    fn argument<'s>(&'s self, list: &Field, name: &str) -> Option<(String, &'s Input)> {
        let argument = list.arguments.iter().find(|argument| argument.name == name)?;
        let ty = named(&argument.ty);
        let Some(Kind::Input(input)) = self.model.kind(ty) else { return None };
        Some((ty.to_owned(), input))
    }

    /// What lists of a type can be filtered by, but for `and`, `or` and `not`.
    pub fn filtered(&self, kind: &str) -> Vec<String> {
        let name = format!("{kind}Where");
        let Some(Kind::Input(input)) = self.model.kind(&name) else { return Vec::new() };
        let own = input.fields.iter().filter(|field| named(&field.ty) != name);
        own.map(|field| field.name.clone()).collect()
    }
}

/// The list by each operator of each filter.
pub fn filters(shape: &Shape, list: &Field, sample: &BTreeMap<String, Vec<Json>>) -> Vec<Question> {
    let Some((ty, input)) = shape.argument(list, "where") else { return Vec::new() };
    let mut found = Vec::new();
    for field in input.fields.iter().filter(|field| named(&field.ty) != ty) {
        let Some(Kind::Input(operators)) = shape.model.kind(named(&field.ty)) else {
            panic!("the filter {ty}.{} has no operators", field.name)
        };
        let values = sample.get(&field.name).map_or(&[][..], Vec::as_slice);
        for operator in &operators.fields {
            for operand in operands(&operator.name, values) {
                let asked = json!({ &field.name: { &operator.name: operand } });
                found.push(Question::with("where", &ty, asked));
            }
        }
    }
    found
}

/// What an operator is given; nothing when the caller has seen no value.
fn operands(operator: &str, values: &[Json]) -> Vec<Json> {
    let first = values.first();
    match operator {
        "isNull" => vec![json!(true), json!(false)],
        "in" if !values.is_empty() => vec![json!(values)],
        "startsWith" => {
            let text = first.and_then(Json::as_str);
            text.map(|text| json!(text.chars().take(8).collect::<String>())).into_iter().collect()
        }
        "in" | "eq" | "lt" | "lte" | "gt" | "gte" => first.cloned().into_iter().collect(),
        other => panic!("the walk has no value for the operator `{other}`"),
    }
}

/// The list in each order, both ways.
pub fn sorts(shape: &Shape, list: &Field) -> Vec<Question> {
    let Some((ty, input)) = shape.argument(list, "orderBy") else { return Vec::new() };
    let by = input.fields.iter().find(|field| field.name == "field").expect("a sort has a field");
    let Some(Kind::Enum(keys)) = shape.model.kind(named(&by.ty)) else {
        panic!("{ty} has no keys")
    };
    let sort = |key: &String, direction| {
        let order = Map::from_iter([
            ("field".to_owned(), json!(key)),
            ("direction".to_owned(), json!(direction)),
        ]);
        Question::with("orderBy", &ty, Json::Object(order))
    };
    keys.iter().flat_map(|key| ["ASC", "DESC"].map(|direction| sort(key, direction))).collect()
}
