//! From the printed schema to the model.

use std::collections::HashMap;

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{
        ConstDirective, FieldDefinition, InputValueDefinition, SchemaDefinition, TypeDefinition,
        TypeKind, TypeSystemDefinition,
    },
};
use async_graphql_value::ConstValue;

use super::{Composite, Field, Input, Kind, Model, ModelError, Value};
use crate::auth::Scope;

pub(super) fn model(sdl: &str) -> Result<Model, ModelError> {
    let mut types = HashMap::new();
    let mut roots = None;
    for definition in parse_schema(sdl)?.definitions {
        match definition {
            TypeSystemDefinition::Schema(schema) => roots = Some(schema.node),
            TypeSystemDefinition::Type(ty) => {
                types.insert(ty.node.name.node.to_string(), kind(&ty.node)?);
            }
            TypeSystemDefinition::Directive(_) => {}
        }
    }
    Ok(with_roots(types, roots))
}

fn with_roots(types: HashMap<String, Kind>, schema: Option<SchemaDefinition>) -> Model {
    let Some(schema) = schema else {
        let usual = |name: &str| types.contains_key(name).then(|| name.to_owned());
        let (mutation, subscription) = (usual("Mutation"), usual("Subscription"));
        return Model { types, query: "Query".to_owned(), mutation, subscription };
    };
    let name = |root: Option<Positioned<async_graphql_value::Name>>| {
        root.map(|root| root.node.to_string())
    };
    Model {
        types,
        query: name(schema.query).unwrap_or_else(|| "Query".to_owned()),
        mutation: name(schema.mutation),
        subscription: name(schema.subscription),
    }
}

fn kind(ty: &TypeDefinition) -> Result<Kind, ModelError> {
    Ok(match &ty.kind {
        TypeKind::Scalar => Kind::Scalar,
        TypeKind::Object(object) => Kind::Composite(composite(ty, &object.fields)?),
        TypeKind::Interface(interface) => Kind::Composite(composite(ty, &interface.fields)?),
        TypeKind::Union(_) => Kind::Composite(composite(ty, &[])?),
        TypeKind::Enum(values) => {
            let names = values.values.iter().map(|value| value.node.value.node.to_string());
            Kind::Enum(names.collect())
        }
        TypeKind::InputObject(input) => Kind::Input(Input {
            fields: input.fields.iter().map(|field| value(&field.node)).collect(),
            one_of: directive(&ty.directives, "oneOf").is_some(),
        }),
    })
}

fn composite(
    ty: &TypeDefinition,
    fields: &[Positioned<FieldDefinition>],
) -> Result<Composite, ModelError> {
    let name = ty.name.node.as_str();
    let fields = fields.iter().map(|definition| {
        let field_name = definition.node.name.node.to_string();
        let place = format!("{name}.{field_name}");
        field(&definition.node, &place).map(|field| (field_name, field))
    });
    Ok(Composite { scope: scope(&ty.directives, name)?, fields: fields.collect::<Result<_, _>>()? })
}

fn field(definition: &FieldDefinition, place: &str) -> Result<Field, ModelError> {
    let directives = &definition.directives;
    let weight = number(directives, "cost", "weight", place)?;
    let assumed_size = number(directives, "listSize", "assumedSize", place)?;
    Ok(Field {
        ty: definition.ty.node.clone(),
        arguments: definition.arguments.iter().map(|argument| value(&argument.node)).collect(),
        scope: scope(directives, place)?,
        weight,
        slicing: slicing(directives, place)?,
        assumed_size,
    })
}

fn value(definition: &InputValueDefinition) -> Value {
    Value {
        name: definition.name.node.to_string(),
        ty: definition.ty.node.clone(),
        default: definition.default_value.as_ref().map(|value| value.node.clone()),
    }
}

type Directives = [Positioned<ConstDirective>];

fn directive<'a>(directives: &'a Directives, name: &str) -> Option<&'a ConstDirective> {
    directives.iter().map(|directive| &directive.node).find(|found| found.name.node == name)
}

fn argument<'a>(directives: &'a Directives, name: &str, key: &str) -> Option<&'a ConstValue> {
    Some(&directive(directives, name)?.get_argument(key)?.node)
}

fn scope(directives: &Directives, place: &str) -> Result<Option<Scope>, ModelError> {
    if directive(directives, "scope").is_none() {
        return Ok(None);
    }
    let name = match argument(directives, "scope", "requires") {
        Some(ConstValue::String(name)) => name.as_str(),
        Some(ConstValue::Enum(name)) => name.as_str(),
        _ => "",
    };
    let unknown = || unreadable(place, "scope", format!("`{name}` is no scope"));
    Scope::parse(name).map(Some).ok_or_else(unknown)
}

fn number(
    directives: &Directives,
    name: &'static str,
    key: &str,
    place: &str,
) -> Result<Option<u64>, ModelError> {
    match argument(directives, name, key) {
        None | Some(ConstValue::Null) => Ok(None),
        Some(ConstValue::Number(number)) if number.is_u64() => Ok(number.as_u64()),
        Some(other) => Err(unreadable(place, name, format!("`{key}` is {other}"))),
    }
}

fn slicing(directives: &Directives, place: &str) -> Result<Vec<String>, ModelError> {
    let names = match argument(directives, "listSize", "slicingArguments") {
        None | Some(ConstValue::Null) => return Ok(Vec::new()),
        Some(ConstValue::List(names)) => names.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let names = names.iter().map(|name| match name {
        ConstValue::String(name) => Ok(name.clone()),
        other => Err(unreadable(place, "listSize", format!("{other} names no argument"))),
    });
    names.collect()
}

fn unreadable(place: &str, directive: &'static str, reason: String) -> ModelError {
    ModelError::Directive { place: place.to_owned(), directive, reason }
}
