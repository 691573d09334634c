//! Variables that fit their types, and those that do not.

use async_graphql_parser::parse_query;
use serde_json::{Value as Json, json};

use crate::graphql::toy;

fn coerce(declared: &str, given: Json) -> Result<Json, String> {
    let document = parse_query(format!("query({declared}) {{ viewer {{ text }} }}")).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    let Json::Object(given) = given else { panic!("variables are a map") };
    super::coerce(&toy::model(), &operation.node, given)
        .map(|variables| variables.into_value().into_json().unwrap())
        .map_err(|error| error.to_string())
}

#[test]
fn values_become_what_their_type_says() {
    let cases = [
        ("$a: Int", json!({"a": 5}), json!({"a": 5})),
        ("$a: Int", json!({"a": 5.0}), json!({"a": 5})),
        ("$a: Int", json!({}), json!({})),
        ("$a: Int", json!({"a": null}), json!({"a": null})),
        ("$a: Int = 3", json!({}), json!({"a": 3})),
        ("$a: Int = 3", json!({"a": null}), json!({"a": null})),
        ("$a: Boolean! = true", json!({}), json!({"a": true})),
        ("$a: Float", json!({"a": 1}), json!({"a": 1})),
        ("$a: ID", json!({"a": 7, "undeclared": []}), json!({"a": "7"})),
        ("$a: [Int!]", json!({"a": 5}), json!({"a": [5]})),
        ("$a: [[Int]]", json!({"a": [1, [2, null]]}), json!({"a": [[1], [2, null]]})),
        ("$a: Grade", json!({"a": "TEN"}), json!({"a": "TEN"})),
        ("$a: Date", json!({"a": "2026-09-01"}), json!({"a": "2026-09-01"})),
        (
            "$a: StudentInput",
            json!({"a": {"name": "x"}}),
            json!({"a": {"name": "x", "grade": "NINE"}}),
        ),
        ("$a: StudentKey", json!({"a": {"id": 1}}), json!({"a": {"id": "1"}})),
    ];
    for (declared, given, expected) in cases {
        assert_eq!(coerce(declared, given.clone()), Ok(expected), "{declared} {given}");
    }
}

#[test]
fn a_wrong_value_is_told_with_its_place() {
    let cases = [
        ("$a: Int!", json!({}), "`$a`: a value of type Int! is required"),
        ("$a: Date", json!({"a": {"any": 1}}), "`$a`: a day as 2026-09-01 is expected"),
        ("$a: Date", json!({"a": "2026-02-30"}), "`$a`: a day of the calendar as 2026-09-01"),
        ("$a: Int!", json!({"a": null}), "`$a`: Int! is expected, and null is not allowed"),
        ("$a: Int", json!({"a": 2_147_483_648_u64}), "whole number of 32 bits"),
        ("$a: Int", json!({"a": 1.5}), "whole number of 32 bits"),
        ("$a: Int", json!({"a": "1"}), "Int is expected, not a string"),
        ("$a: Float", json!({"a": "1"}), "Float is expected, not a string"),
        ("$a: String", json!({"a": 1}), "String is expected, not a number"),
        ("$a: Boolean", json!({"a": 1}), "Boolean is expected, not a number"),
        ("$a: ID", json!({"a": 1.5}), "ID is expected, not a number"),
        ("$a: [Int!]", json!({"a": [1, null]}), "`$a` at `[1]`: Int! is expected"),
        ("$a: Grade", json!({"a": "ELEVEN"}), "use NINE, TEN"),
        ("$a: StudentInput", json!({"a": []}), "StudentInput is expected, not a list"),
        (
            "$a: StudentInput",
            json!({"a": {}}),
            "`$a` at `name`: a value of type String! is required",
        ),
        ("$a: StudentInput", json!({"a": {"name": "x", "nmae": 1}}), "has no field `nmae`"),
        ("$a: StudentInput", json!({"a": {"name": "x", "scores": [1, "2"]}}), "at `scores[1]`"),
        (
            "$a: [StudentInput]",
            json!({"a": [{"name": "x", "friend": {"name": 1}}]}),
            "at `[0].friend.name`",
        ),
        ("$a: StudentKey", json!({"a": {}}), "exactly one"),
        ("$a: StudentKey", json!({"a": {"id": 1, "code": "x"}}), "exactly one"),
        ("$a: StudentKey", json!({"a": {"id": null}}), "exactly one"),
    ];
    for (declared, given, expected) in cases {
        let error = coerce(declared, given.clone()).expect_err(declared);
        assert!(error.contains(expected), "{declared} {given}: {error}");
    }
}

#[test]
fn input_has_a_bottom() {
    let mut given = json!({"name": "x"});
    for _ in 0..40 {
        given = json!({"name": "x", "friend": given});
    }
    let error = coerce("$a: StudentInput", json!({"a": given})).expect_err("too deep");
    assert!(error.contains("at most 32 levels"), "{error}");
}
