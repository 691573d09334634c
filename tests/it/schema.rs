//! The schema is a promise to people whom we never meet: it is written down, explained and even.

use std::{fs, path::Path};

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{
        BaseType, ConstDirective, FieldDefinition, InputValueDefinition, ServiceDocument, Type,
        TypeDefinition, TypeKind, TypeSystemDefinition,
    },
};

/// Verbs with which a mutation's name must not begin: the object comes first, then what happens
/// to it, so that everything about placements stands together.
const VERBS: [&str; 11] = [
    "create", "update", "delete", "set", "get", "add", "remove", "upsert", "make", "start",
    "submit",
];

type Rule = fn(&ServiceDocument) -> Vec<String>;

fn read(sdl: &str) -> ServiceDocument {
    parse_schema(sdl).expect("the schema is printed as it can be read")
}

fn types(document: &ServiceDocument) -> Vec<&TypeDefinition> {
    let types = document.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(&definition.node),
        _ => None,
    });
    types.collect()
}

fn fields(definition: &TypeDefinition) -> &[Positioned<FieldDefinition>] {
    match &definition.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        _ => &[],
    }
}

fn inputs(definition: &TypeDefinition) -> &[Positioned<InputValueDefinition>] {
    match &definition.kind {
        TypeKind::InputObject(input) => &input.fields,
        _ => &[],
    }
}

fn values(definition: &TypeDefinition) -> Vec<(&str, bool)> {
    let TypeKind::Enum(of) = &definition.kind else { return Vec::new() };
    let values = of
        .values
        .iter()
        .map(|value| (value.node.value.node.as_str(), is_told(value.node.description.as_ref())));
    values.collect()
}

fn is_told(description: Option<&Positioned<String>>) -> bool {
    description.is_some_and(|text| text.node.split_whitespace().nth(1).is_some())
}

/// The fields of the roots, with the names of their types.
fn roots(document: &ServiceDocument) -> Vec<(&str, &FieldDefinition)> {
    let is_root = |name: &str| matches!(name, "Query" | "Mutation" | "Subscription");
    let roots = types(document).into_iter().filter(|root| is_root(root.name.node.as_str()));
    let roots: Vec<_> = roots
        .flat_map(|root| fields(root).iter().map(|field| (root.name.node.as_str(), &field.node)))
        .collect();
    roots
}

fn carries(directives: &[Positioned<ConstDirective>], name: &str) -> bool {
    directives.iter().any(|directive| directive.node.name.node == name)
}

/// The name inside, and whether it stands in a list.
fn named(of: &Type) -> (&str, bool) {
    match &of.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(item) => (named(item).0, true),
    }
}

/// Holds the schema to a rule, and the rule to a sample that breaks it in exactly these places.
#[track_caller]
fn holds(rule: Rule, told: &str, sample: &str, breaks: &[&str]) {
    assert_eq!(rule(&read(sample)), breaks, "{told}: the sample");
    let document = read(&pathbridge::schema::sdl());
    assert!(roots(&document).len() > 3, "the roots were not read");
    let wrong = rule(&document);
    assert!(wrong.is_empty(), "{told}; {} break it:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_file_equals_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let written = fs::read_to_string(file).unwrap_or_default();
    let code = pathbridge::schema::sdl();
    let at = written.lines().zip(code.lines()).position(|(written, code)| written != code);
    let at = at.unwrap_or_else(|| written.lines().count().min(code.lines().count())) + 1;
    assert!(
        written == code,
        "schema.graphql differs from the code at line {at}; look at what has changed and run\n\
         cargo run -- schema > schema.graphql",
    );
}

#[test]
fn everything_is_explained() {
    holds(
        silent,
        "types, fields, arguments and values have descriptions in words",
        r#"
            "A type in words." type A { a: Int "Told in words." b("Told too, yes." c: Int d: Int): Int }
            "An enum, in words." enum E { ONE "The second one." TWO }
            input I { "Single" i: Int }
        "#,
        &["A.a", "A.b(d:)", "E.ONE", "I", "I.i"],
    );
}

fn silent(document: &ServiceDocument) -> Vec<String> {
    let mut found = Vec::new();
    for definition in types(document) {
        let name = definition.name.node.as_str();
        if !is_told(definition.description.as_ref()) {
            found.push(name.to_owned());
        }
        for field in fields(definition) {
            let field = &field.node;
            if !is_told(field.description.as_ref()) {
                found.push(format!("{name}.{}", field.name.node));
            }
            let arguments = field.arguments.iter().map(|argument| &argument.node);
            let untold = arguments.filter(|argument| !is_told(argument.description.as_ref()));
            found
                .extend(untold.map(|argument| {
                    format!("{name}.{}({}:)", field.name.node, argument.name.node)
                }));
        }
        let inputs = inputs(definition).iter().map(|input| &input.node);
        let untold = inputs.filter(|input| !is_told(input.description.as_ref()));
        found.extend(untold.map(|input| format!("{name}.{}", input.name.node)));
        let untold = values(definition).into_iter().filter(|(_, told)| !told);
        found.extend(untold.map(|(value, _)| format!("{name}.{value}")));
    }
    found
}

#[test]
fn every_root_field_says_what_it_needs() {
    holds(
        open,
        "a root field carries @scope",
        r#"type Query { a: Int @scope(requires: "x") b: Int } type Mutation { c: Int } type T { t: Int }"#,
        &["Query.b", "Mutation.c"],
    );
}

fn open(document: &ServiceDocument) -> Vec<String> {
    let unsaid =
        roots(document).into_iter().filter(|(_, field)| !carries(&field.directives, "scope"));
    let unsaid = unsaid.map(|(root, field)| format!("{root}.{}", field.name.node));
    unsaid.collect()
}

#[test]
fn mutations_name_the_object_first() {
    holds(
        verb_first,
        "a mutation is called object first, then verb",
        "type Query { getAll: Int } type Mutation { placementCreate: Int createPlacement: Int settle: Int setIt: Int }",
        &["createPlacement", "setIt"],
    );
}

fn verb_first(document: &ServiceDocument) -> Vec<String> {
    let begins = |name: &str| {
        VERBS.into_iter().any(|verb| {
            name.strip_prefix(verb).is_some_and(|rest| rest.starts_with(char::is_uppercase))
        })
    };
    let wrong = roots(document).into_iter().filter(|(root, _)| *root == "Mutation");
    let wrong = wrong.map(|(_, field)| field.name.node.to_string()).filter(|name| begins(name));
    wrong.collect()
}

#[test]
fn every_list_of_the_roots_is_bounded() {
    holds(
        unbounded,
        "a list of objects is a connection, or `nodes`",
        "type A { a: Int } scalar S
         type Query { as: [A!]! ss: [S!]! deep: [[A]] nodes: [A]! one: A }",
        &["Query.as", "Query.deep"],
    );
}

fn unbounded(document: &ServiceDocument) -> Vec<String> {
    let composite = types(document)
        .into_iter()
        .filter(|of| !matches!(of.kind, TypeKind::Scalar | TypeKind::Enum(_)));
    let composite: Vec<_> = composite.map(|of| of.name.node.as_str()).collect();
    let unbounded = roots(document).into_iter().filter(|(_, field)| {
        let (name, is_list) = named(&field.ty.node);
        // `nodes` answers as many as it was asked for, and no more can be asked for at once.
        is_list && composite.contains(&name) && field.name.node != "nodes"
    });
    unbounded.map(|(root, at)| format!("{root}.{}", at.name.node)).collect()
}

#[test]
fn every_connection_can_be_paged_both_ways() {
    holds(
        unpaged,
        "a connection takes first, after, last and before",
        "type AConnection { a: Int }
         type Query {
            a(first: Int, after: Int, last: Int, before: Int): AConnection!
            b(first: Int, after: Int): AConnection!
         }",
        &["Query.b"],
    );
}

fn unpaged(document: &ServiceDocument) -> Vec<String> {
    let connections = roots(document)
        .into_iter()
        .filter(|(_, field)| named(&field.ty.node).0.ends_with("Connection"))
        // The log of changes is walked in one direction: it grows at its end while it is read.
        .filter(|(_, field)| named(&field.ty.node).0 != "ChangeConnection");
    let unpaged = connections.filter(|(_, field)| {
        let taken = field.arguments.iter().map(|argument| argument.node.name.node.as_str());
        !["first", "after", "last", "before"]
            .into_iter()
            .all(|name| taken.clone().any(|taken| taken == name))
    });
    unpaged.map(|(root, at)| format!("{root}.{}", at.name.node)).collect()
}

#[test]
fn names_look_alike() {
    holds(
        odd,
        "types are PascalCase, fields camelCase, values SCREAMING_SNAKE",
        "type Query { Up: Int a_b: Int ok: Int } enum lower { OK_1 Off } input In_put { fine: Int }",
        &["Query.Up", "Query.a_b", "lower", "lower.Off", "In_put"],
    );
}

fn odd(document: &ServiceDocument) -> Vec<String> {
    let mut wrong = Vec::new();
    for definition in types(document) {
        let name = definition.name.node.as_str();
        if !is_pascal(name) {
            wrong.push(name.to_owned());
        }
        let shouted =
            |value: &str| value.bytes().all(|at| matches!(at, b'A'..=b'Z' | b'0'..=b'9' | b'_'));
        let values = values(definition).into_iter().filter(|(value, _)| !shouted(value));
        wrong.extend(values.map(|(value, _)| format!("{name}.{value}")));
        let fields = fields(definition).iter().map(|field| field.node.name.node.as_str());
        let inputs = inputs(definition).iter().map(|input| input.node.name.node.as_str());
        let members = fields.chain(inputs).filter(|member| !is_camel(member));
        wrong.extend(members.map(|member| format!("{name}.{member}")));
    }
    wrong
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase()) && !name.contains('_')
}
