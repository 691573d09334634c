//! The schema as a test walks it: read from what is printed, so that types and fields that come
//! later are walked without a word here.

mod select;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::{
    parse_schema,
    types::{OperationType, Type, TypeKind, TypeSystemDefinition},
};
use async_graphql_value::ConstValue;
use pathbridge::{
    auth::Scope,
    graphql::model::{Composite, Field, Kind, Model, named},
    schema,
};
use serde_json::{Map, Value as Json};

pub use select::Reach;
pub use values::Sample;

/// Every type, field and directive of the printed schema.
pub struct Shape {
    /// The types and fields.
    pub model: Model,
    /// The members of each interface and union.
    members: BTreeMap<String, Vec<String>>,
    /// Type, field and class of personal data.
    pub personal: Vec<(String, String, String)>,
}

/// A field that leads from one stored type to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The type that it begins on.
    pub from: String,
    /// Its name.
    pub name: String,
    /// The stored type that it leads to.
    pub to: String,
}

impl Shape {
    /// Reads the printed schema.
    pub fn read() -> Self {
        let sdl = schema::sdl();
        let model = Model::parse(&sdl).expect("the schema can be read");
        let mut shape = Self { model, members: BTreeMap::new(), personal: Vec::new() };
        for definition in parse_schema(&sdl).expect("the schema can be parsed").definitions {
            if let TypeSystemDefinition::Type(ty) = definition {
                shape.note(ty.node.name.node.as_str(), &ty.node.kind);
            }
        }
        shape
    }

    fn note(&mut self, name: &str, kind: &TypeKind) {
        match kind {
            TypeKind::Object(object) => {
                for interface in &object.implements {
                    let members = self.members.entry(interface.node.to_string()).or_default();
                    members.push(name.to_owned());
                }
                for field in &object.fields {
                    let pii = field.node.directives.iter().find(|one| one.node.name.node == "pii");
                    let class = pii.and_then(|pii| pii.node.get_argument("class"));
                    if let Some(ConstValue::String(class)) = class.map(|class| &class.node) {
                        let field = field.node.name.node.to_string();
                        self.personal.push((name.to_owned(), field, class.clone()));
                    }
                }
            }
            TypeKind::Union(union) => {
                let members = union.members.iter().map(|member| member.node.to_string());
                self.members.insert(name.to_owned(), members.collect());
            }
            _ => {}
        }
    }

    /// The types that have a table behind them.
    pub fn stored(&self) -> &[String] {
        self.members.get("Node").map_or(&[], Vec::as_slice)
    }

    pub fn is_stored(&self, name: &str) -> bool {
        self.stored().iter().any(|stored| stored == name)
    }

    /// The fields of a type, always in the same order.
    pub fn fields(&self, name: &str) -> BTreeMap<&str, &Field> {
        let fields = self.model.composite(name).map(|composite| &composite.fields);
        fields.into_iter().flatten().map(|(name, field)| (name.as_str(), field)).collect()
    }

    /// The root fields of queries or mutations.
    pub fn roots(&self, kind: OperationType) -> BTreeMap<&str, &Field> {
        self.model.root(kind).map(|root| self.fields(root)).unwrap_or_default()
    }

    /// The fields of a stored type that lead to stored types.
    pub fn edges(&self, from: &str) -> Vec<Edge> {
        let edge = |(name, field): (&str, &Field)| {
            let to = self.target(&field.ty)?;
            Some(Edge { from: from.to_owned(), name: name.to_owned(), to })
        };
        self.fields(from).into_iter().filter_map(edge).collect()
    }

    /// The stored type at the end of a field, through a connection where there is one.
    pub fn target(&self, ty: &Type) -> Option<String> {
        let name = named(ty);
        if self.is_stored(name) {
            return Some(name.to_owned());
        }
        let nodes = self.fields(name).get("nodes").map(|nodes| named(&nodes.ty).to_owned());
        nodes.filter(|name| self.is_stored(name))
    }

    /// The first stored type that a field's answer holds, as `Student` in the payload of an upsert.
    pub fn subject(&self, ty: &Type) -> Option<String> {
        let (mut seen, mut next) = (BTreeSet::new(), vec![named(ty).to_owned()]);
        while !next.is_empty() {
            if let Some(found) = next.iter().find(|name| self.is_stored(name)) {
                return Some(found.clone());
            }
            let below = next.iter().flat_map(|name| self.fields(name).into_values());
            let below: Vec<_> = below.map(|field| named(&field.ty).to_owned()).collect();
            next = below.into_iter().filter(|name| seen.insert(name.clone())).collect();
        }
        None
    }

    /// What is needed to select anything of a type, through a connection where there is one.
    pub fn scope(&self, name: &str) -> Option<Scope> {
        self.composite(name).and_then(|composite| composite.scope)
    }

    fn composite(&self, name: &str) -> Option<&Composite> {
        self.model.composite(name)
    }

    fn is_leaf(&self, name: &str) -> bool {
        !matches!(self.model.kind(name), Some(Kind::Composite(_)))
    }

    /// A document that asks one root field, with its variables.
    pub fn call(
        &self,
        kind: OperationType,
        name: &str,
        arguments: &Map<String, Json>,
        selection: &str,
    ) -> (String, Json) {
        let field = self.roots(kind)[name];
        let given = field.arguments.iter().filter(|one| arguments.contains_key(&one.name));
        let (mut declared, mut passed) = (Vec::new(), Vec::new());
        for argument in given {
            declared.push(format!("${}: {}", argument.name, argument.ty));
            passed.push(format!("{0}: ${0}", argument.name));
        }
        if field.arguments.iter().any(|one| one.name == "first")
            && !arguments.contains_key("first")
            && !arguments.contains_key("last")
        {
            passed.push("first: 250".to_owned());
        }
        let list = |items: Vec<String>| match items.as_slice() {
            [] => String::new(),
            items => format!("({})", items.join(", ")),
        };
        let document = format!("{kind}{} {{ {name}{} {selection} }}", list(declared), list(passed));
        (document, Json::Object(arguments.clone()))
    }
}
