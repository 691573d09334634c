//! Values for arguments: the least that a field takes, and every place where somebody else's id or
//! name could be slipped in.

use std::collections::BTreeMap;

use async_graphql_parser::types::{BaseType, Type};
use pathbridge::graphql::model::{Field, Input, Kind, Value};
use serde_json::{Map, Value as Json, json};

use super::Shape;

/// Stands for what is slipped in.
const HOLE: &str = "\u{1}";

/// Inputs inside inputs end here.
const DEEPEST: usize = 6;

/// Names of ids that do not say what they are ids of.
const KINDS: [(&str, &str); 11] = [
    ("schoolYear", "AcademicSession"),
    ("parent", "AcademicSession"),
    ("session", "AcademicSession"),
    ("teacher", "Staff"),
    ("coordinator", "Staff"),
    ("mentor", "PartnerContact"),
    ("supervisor", "PartnerContact"),
    ("approver", "PartnerContact"),
    ("corrects", "TimeEntry"),
    ("supersedes", "CareerGoal"),
    ("survey", "CareerSurvey"),
];

/// The ids that a caller could lawfully name, by type.
pub struct Sample<'a> {
    /// The schema.
    pub shape: &'a Shape,
    /// An id of each stored type.
    pub ids: BTreeMap<String, String>,
}

/// The arguments of one field with one place left open.
#[derive(Debug, Clone)]
pub struct Hole {
    arguments: Map<String, Json>,
    /// Where it is, as `where.schoolId.eq`.
    pub path: String,
    /// Whether an id goes there; else a text.
    pub is_id: bool,
}

impl Hole {
    /// The arguments with this text in the open place.
    pub fn filled(&self, with: &str) -> Map<String, Json> {
        let text = Json::Object(self.arguments.clone()).to_string();
        let hole = json!(HOLE).to_string();
        let filled = text.replace(&hole, &json!(with).to_string());
        serde_json::from_str(&filled).expect("it was JSON before")
    }
}

impl Sample<'_> {
    /// The least that a field takes.
    pub fn arguments(&self, field: &Field) -> Map<String, Json> {
        let about = self.shape.subject(&field.ty);
        let required = field.arguments.iter().filter(|argument| argument.is_required());
        required.map(|one| (one.name.clone(), self.least(&one.ty, &one.name, &about))).collect()
    }

    /// The same with each place that takes an id or a name open, one at a time.
    pub fn holes(&self, field: &Field) -> Vec<Hole> {
        let about = self.shape.subject(&field.ty);
        let mut found = Vec::new();
        for argument in &field.arguments {
            for (value, path, is_id) in self.open(&argument.ty, &argument.name, &about, &[]) {
                let mut arguments = self.arguments(field);
                arguments.insert(argument.name.clone(), value);
                found.push(Hole { arguments, path, is_id });
            }
        }
        found
    }

    fn least(&self, ty: &Type, name: &str, about: &Option<String>) -> Json {
        let inner = match &ty.base {
            BaseType::List(item) => return json!([self.least(item, name, about)]),
            BaseType::Named(inner) => inner.as_str(),
        };
        match (inner, self.shape.model.kind(inner)) {
            ("ID", _) => json!(self.own(name, about)),
            ("String", _) => json!("text"),
            // Whoever asks for the first should get some.
            ("Int", _) if name == "first" => json!(250),
            ("Int" | "Float", _) => json!(1),
            ("Boolean", _) => json!(true),
            ("Date", _) => json!("2026-09-02"),
            ("DateTime", _) => json!("2026-09-02T08:00:00Z"),
            ("LocalTime", _) => json!("08:00:00"),
            ("Long", _) => json!("1"),
            ("Decimal", _) => json!("1.00"),
            ("JSON", _) => json!({}),
            ("ChangeCursor", _) => json!("cursor"),
            (_, Some(Kind::Enum(values))) => json!(values[0]),
            (_, Some(Kind::Input(input))) => Json::Object(self.object(input, about)),
            _ => panic!("the walk knows no value of the scalar {inner}"),
        }
    }

    fn object(&self, input: &Input, about: &Option<String>) -> Map<String, Json> {
        let wanted = |field: &&Value| field.is_required() || input.one_of;
        let fields = input.fields.iter().filter(wanted).take(if input.one_of { 1 } else { 99 });
        fields.map(|one| (one.name.clone(), self.least(&one.ty, &one.name, about))).collect()
    }

    fn own(&self, name: &str, about: &Option<String>) -> &str {
        let stem = name.strip_suffix("Ids").or_else(|| name.strip_suffix("Id")).unwrap_or(name);
        let known = KINDS.iter().find(|(known, _)| known == &stem).map(|(_, kind)| *kind);
        let named = || {
            let ends = |kind: &&String| kind.to_lowercase().ends_with(&stem.to_lowercase());
            self.ids.keys().find(ends).map(String::as_str)
        };
        let by_name =
            if matches!(stem, "id" | "ids" | "eq" | "in") { None } else { known.or_else(named) };
        let kind = by_name.or(about.as_deref()).unwrap_or("District");
        // A caller that sees nothing of the kind asks with what it has: the wrong kind.
        let any = || self.ids.values().next();
        self.ids.get(kind).or_else(any).unwrap_or_else(|| panic!("the walk has no id for `{name}`"))
    }

    /// The value with one place open, its path, and whether an id goes there.
    fn open(
        &self,
        ty: &Type,
        name: &str,
        about: &Option<String>,
        inside: &[&str],
    ) -> Vec<(Json, String, bool)> {
        let inner = match &ty.base {
            BaseType::List(item) => {
                let items = self.open(item, name, about, inside);
                return items
                    .into_iter()
                    .map(|(item, path, id)| (json!([item]), path, id))
                    .collect();
            }
            BaseType::Named(inner) => inner.as_str(),
        };
        let here = |value: Json, is_id| vec![(value, name.to_owned(), is_id)];
        match (inner, self.shape.model.kind(inner)) {
            ("ID", _) => here(json!(HOLE), true),
            ("String", _) if inside.last() == Some(&"StringFilter") => here(json!(HOLE), false),
            // A code by itself names a row, as an id does.
            ("String", _) if name == "code" && inside.is_empty() => here(json!(HOLE), false),
            ("ExternalIdInput", _) => here(json!({ "system": "zz", "value": HOLE }), false),
            (_, Some(Kind::Input(input))) if !inside.contains(&inner) && inside.len() < DEEPEST => {
                let inside: Vec<_> = inside.iter().copied().chain([inner]).collect();
                self.open_input(input, name, about, &inside)
            }
            _ => Vec::new(),
        }
    }

    fn open_input(
        &self,
        input: &Input,
        name: &str,
        about: &Option<String>,
        inside: &[&str],
    ) -> Vec<(Json, String, bool)> {
        let mut found = Vec::new();
        for field in &input.fields {
            for (value, path, is_id) in self.open(&field.ty, &field.name, about, inside) {
                let mut object = if input.one_of { Map::new() } else { self.object(input, about) };
                object.insert(field.name.clone(), value);
                found.push((Json::Object(object), format!("{name}.{path}"), is_id));
            }
        }
        found
    }
}
