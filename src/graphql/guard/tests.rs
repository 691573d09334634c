//! The limits of a document, each reached and passed.

use std::{fmt::Write, time::Instant};

use async_graphql_parser::parse_query;

use super::Limits;
use crate::error::{Code, Error, Result};

fn check(text: &str) -> Result<()> {
    let limits = Limits::default();
    limits.check_text(text)?;
    let document = parse_query(text).map_err(|error| {
        Error::argument(Code::GraphqlParseFailed, format!("{error} in {text:.60}"))
    })?;
    limits.check_document(&document)
}

fn refusal(text: &str) -> (Code, String) {
    let error = check(text).expect_err("the document must be refused");
    (error.code(), error.to_string())
}

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(" ")
}

/// `fragment f0 { ...f1 ...f1 }`, and so on: two to the power of `n` fields.
fn doubling(n: usize) -> String {
    let mut text = "{ ...f0 }".to_owned();
    for i in 0..n {
        write!(text, " fragment f{i} on Query {{ ...f{next} ...f{next} }}", next = i + 1).unwrap();
    }
    text + &format!(" fragment f{n} on Query {{ __typename }}")
}

#[test]
fn doubling_fragments_cost_next_to_nothing() {
    let text = doubling(30);
    let document = parse_query(&text).unwrap();
    let once = || {
        let start = Instant::now();
        let error = Limits::default().check_document(&document).expect_err("a billion fields");
        assert_eq!(error.code(), Code::FragmentLimitExceeded);
        start.elapsed()
    };
    // The best of a few, since the machine has other things to do.
    let took = (0..5).map(|_| once()).min().unwrap_or_default();
    assert!(took.as_millis() < 5, "it took {took:?}");
}

#[test]
fn a_refusal_tells_number_and_maximum() {
    let (code, message) = refusal(&format!("{{ {} }}", many(21, |i| format!("x{i}"))));
    assert_eq!(code, Code::RootFieldLimitExceeded);
    assert!(message.contains("21 root fields") && message.contains("maximum is 20"), "{message}");
}

/// A document that has so many of something.
type Text<'a> = &'a dyn Fn(usize) -> String;

#[test]
fn each_limit_holds_at_its_edge() {
    let nested = |n: usize| format!("{}{}", "{ a ".repeat(n), "}".repeat(n));
    let inner = |fields: String| format!("{{ a {{ {fields} }} }}");
    let aliases = |n| inner(many(n, |i| format!("a{i}: x")));
    let roots = |n| format!("{{ {} }}", many(n, |i| format!("x{i}")));
    let repeats = |n| inner(many(n, |_| "x".to_owned()));
    let directives = |n| inner(many(n, |i| format!("x{i} @include(if: true)")));
    let fragments = |n| format!("{{ x }} {}", many(n, |i| format!("fragment f{i} on Q {{ x }}")));
    let tokens = |n: usize| format!("{{ x(a: [{}]) }}", "1 ".repeat(n - 9));
    let bytes = |n: usize| format!("{{ x }}#{}", "x".repeat(n - 6));
    let cases: [(Code, Text<'_>, usize, usize); 8] = [
        (Code::DepthLimitExceeded, &nested, 12, 13),
        (Code::AliasLimitExceeded, &aliases, 30, 31),
        (Code::RootFieldLimitExceeded, &roots, 20, 21),
        (Code::RepeatLimitExceeded, &repeats, 100, 101),
        (Code::DirectiveLimitExceeded, &directives, 20, 21),
        (Code::FragmentLimitExceeded, &fragments, 50, 51),
        (Code::TokenLimitExceeded, &tokens, 10_000, 10_001),
        (Code::DocumentSizeExceeded, &bytes, 256 * 1024, 256 * 1024 + 1),
    ];
    for (code, text, most, too_many) in cases {
        let within = check(&text(most));
        assert!(within.is_ok(), "{code:?} at {most}: {within:?}");
        assert_eq!(refusal(&text(too_many)).0, code);
    }
}

#[test]
fn counts_go_through_fragments() {
    let aliases = many(16, |i| format!("a{i}: x"));
    let text = format!("{{ a {{ ...f }} b {{ ...f }} }} fragment f on Q {{ {aliases} }}");
    assert_eq!(refusal(&text).0, Code::AliasLimitExceeded);
    let repeats = many(51, |_| "x".to_owned());
    let text = format!("{{ a {{ ...f ...f }} }} fragment f on Q {{ {repeats} }}");
    assert_eq!(refusal(&text).0, Code::RepeatLimitExceeded);
    let chain = many(13, |i| format!("fragment f{i} on Q {{ a {{ ...f{} }} }}", i + 1));
    let text = format!("{{ ...f0 }} {chain} fragment f13 on Q {{ x }}");
    assert_eq!(refusal(&text).0, Code::DepthLimitExceeded);
}

#[test]
fn ten_thousand_brackets_never_reach_the_parser() {
    let limits = Limits { tokens: usize::MAX, ..Limits::default() };
    for open in ["{", "[", "(", "{a(b:["] {
        let error = limits.check_text(&open.repeat(10_000)).expect_err("too deep");
        assert_eq!(error.code(), Code::DepthLimitExceeded);
    }
}

#[test]
fn brackets_in_strings_and_comments_are_text() {
    let brackets = "{".repeat(300);
    for text in [
        format!("{{ x(a: \"{brackets}\") }}"),
        format!("{{ x(a: \"\\\"{brackets}\") }}"),
        format!("{{ x(a: \"\"\"{brackets} \\\"\"\" {brackets}\"\"\") }}"),
        format!("{{ x # {brackets}\n }}"),
    ] {
        check(&text).unwrap();
    }
    let read = super::lexer::read("\u{feff}query($a: Int = -1.5e+3) { ...f @x }", 100, 100);
    assert_eq!(read, super::lexer::Read { tokens: 17, brackets: 1 });
}

#[test]
fn circles_are_named_and_do_not_loop() {
    for text in [
        "{ ...f } fragment f on Q { ...f }",
        "{ ...f } fragment f on Q { a { ...g } } fragment g on Q { ...f }",
        "{ x } fragment f on Q { ...f ...f }",
    ] {
        let (code, message) = refusal(text);
        assert_eq!(code, Code::GraphqlValidationFailed);
        assert!(message.contains("`f` spreads itself"), "{message}");
    }
}

#[test]
fn many_operations_share_the_room_of_one() {
    let fields = many(90, |i| format!("x{i}"));
    let operations = many(250, |i| format!("query q{i} {{ ...f }}"));
    let text = format!("{operations} fragment f on Q {{ a {{ {fields} }} }}");
    assert_eq!(refusal(&text).0, Code::FragmentLimitExceeded);
}

#[test]
fn the_introspection_query_of_the_ides_passes() {
    check(async_graphql_introspection()).unwrap();
    let deeper = format!("{{ __schema {}{} }}", "{ a ".repeat(20), "}".repeat(20));
    assert_eq!(refusal(&deeper).0, Code::DepthLimitExceeded);
}

fn async_graphql_introspection() -> &'static str {
    "query IntrospectionQuery { __schema { description queryType { name kind }
     mutationType { name kind } subscriptionType { name kind } types { ...FullType }
     directives { name description isRepeatable locations args { ...InputValue } } } }
     fragment FullType on __Type { kind name description specifiedByURL isOneOf
     fields(includeDeprecated: true) { name description args { ...InputValue }
     type { ...TypeRef } isDeprecated deprecationReason } inputFields { ...InputValue }
     interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description
     isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
     fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
     fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType {
     kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
     ofType { kind name ofType { kind name } } } } } } } } } }"
}

/// What the reader lets through must neither overflow the parser's stack nor make it try for ever.
#[test]
fn the_parser_survives_whatever_is_within_the_limits() {
    let deep = 199;
    let texts = [
        "{a".repeat(deep),
        format!("{}{}", "{a".repeat(deep), "}".repeat(deep)),
        format!("{{ a(b: {}", "[".repeat(deep - 2)),
        format!("{{ a(b: {}{}) }}", "[".repeat(deep - 2), "]".repeat(deep - 2)),
        format!("{{ a(b: {}", "{c: ".repeat(deep - 2)),
        format!("{{ a(b: {}1{}) }}", "{c: ".repeat(deep - 2), "}".repeat(deep - 2)),
        format!("query($a: X = {}", "[".repeat(deep - 1)),
        format!("query($a: {}X", "[".repeat(deep - 1)),
        "{... on A".repeat(deep),
        "{a @b(c: {d: [".repeat(49),
        "{ a(b: \"".repeat(deep / 2),
    ];
    for text in texts {
        Limits::default().check_text(&text).unwrap();
        let start = Instant::now();
        // The stack of a worker thread.
        let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
        let parsed = thread.spawn({
            let text = text.clone();
            move || check(&text)
        });
        let _within_or_not = parsed.unwrap().join().expect("the parser must come back");
        let took = start.elapsed();
        assert!(took.as_secs() < 2, "{text:.60} took {took:?}");
    }
}
