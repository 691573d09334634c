//! Filters: what SQL lets through is what the words of the filter say.

use entity::{status::PersonStatus, student};
use pathbridge::{error::Code, typeid};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use serde_json::{Map, Value, json};

use super::roster::{Chance, NAMES, Roster, drawn};
use crate::support::both;

const FOUND: &str =
    "query($where: StudentWhere) { students(first: 250, where: $where) { nodes { id } } }";
const FILTERS: usize = 400;

fn name() -> BoxedStrategy<Value> {
    let text = prop_oneof![
        4 => proptest::sample::select(NAMES.to_vec()),
        1 => proptest::sample::select(vec!["A", "a", "%", "_", "\\", "An", "*", "B'", "b"]),
    ];
    let list = proptest::collection::vec(text.clone(), 0..4);
    prop_oneof![
        text.clone().prop_map(|text| json!({ "eq": text })),
        text.clone().prop_map(|text| json!({ "startsWith": text })),
        list.prop_map(|texts| json!({ "in": texts })),
        any::<bool>().prop_map(|none| json!({ "isNull": none })),
        (text.clone(), text).prop_map(|(eq, start)| json!({ "eq": eq, "startsWith": start })),
        Just(json!({})),
    ]
    .boxed()
}

fn key(ids: Vec<String>) -> BoxedStrategy<Value> {
    let one = proptest::sample::select(ids);
    let list = proptest::collection::vec(one.clone(), 0..4);
    prop_oneof![
        one.prop_map(|id| json!({ "eq": id })),
        list.prop_map(|ids| json!({ "in": ids })),
        any::<bool>().prop_map(|none| json!({ "isNull": none })),
    ]
    .boxed()
}

fn status() -> BoxedStrategy<Value> {
    let one = proptest::sample::select(vec!["ACTIVE", "INACTIVE"]);
    let list = proptest::collection::vec(one.clone(), 0..3);
    prop_oneof![
        one.prop_map(|status| json!({ "eq": status })),
        list.prop_map(|list| json!({ "in": list })),
    ]
    .boxed()
}

fn instant() -> BoxedStrategy<Value> {
    let instants = (0..5_i64).prop_map(|at| {
        let start: chrono::DateTime<chrono::Utc> = "2026-09-01T08:00:00Z".parse().unwrap();
        (start + chrono::TimeDelta::microseconds(at * 500_001)).to_rfc3339()
    });
    let operator = proptest::sample::select(vec!["eq", "lt", "lte", "gt", "gte"]);
    (operator, instants).prop_map(|(operator, instant)| json!({ operator: instant })).boxed()
}

/// A filter on one field, or several fields at once.
fn leaf(schools: Vec<String>, students: Vec<String>) -> BoxedStrategy<Value> {
    let field = |name: &'static str, value: BoxedStrategy<Value>| {
        value.prop_map(move |value| json!({ name: value })).boxed()
    };
    prop_oneof![
        3 => field("familyName", name()),
        3 => field("school", key(schools.clone())),
        1 => field("id", key(students)),
        1 => field("status", status()),
        1 => field("updatedAt", instant()),
        1 => (name(), key(schools))
            .prop_map(|(name, school)| json!({ "familyName": name, "school": school })),
        1 => Just(json!({})),
    ]
    .boxed()
}

fn tree(leaf: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    leaf.prop_recursive(4, 24, 3, |inner| {
        let list = proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            list.clone().prop_map(|all| json!({ "and": all })),
            list.clone().prop_map(|any| json!({ "or": any })),
            inner.clone().prop_map(|not| json!({ "not": not })),
            (inner.clone(), list, inner).prop_map(|(first, any, not)| {
                let mut fields = first.as_object().cloned().unwrap_or_default();
                fields.insert("or".to_owned(), json!(any));
                fields.insert("not".to_owned(), not);
                Value::Object(fields)
            }),
        ]
    })
    .boxed()
}

/// Whether the filter lets the row through, in plain words.
fn fits(filter: &Value, row: &student::Model) -> bool {
    let fields = filter.as_object().unwrap();
    fields.iter().all(|(name, value)| match name.as_str() {
        "and" => value.as_array().unwrap().iter().all(|filter| fits(filter, row)),
        "or" => value.as_array().unwrap().iter().any(|filter| fits(filter, row)),
        "not" => !fits(value, row),
        "familyName" => operators(value, Some(&row.family_name)),
        "id" => operators(value, Some(&typeid::encode(row.id))),
        "school" => operators(value, row.school_id.map(typeid::encode).as_deref()),
        "status" => operators(value, Some(status_of(row))),
        "updatedAt" => operators(value, Some(&row.updated_at.to_rfc3339())),
        other => panic!("{other} is no filter"),
    })
}

fn status_of(row: &student::Model) -> &'static str {
    if row.status == PersonStatus::Active { "ACTIVE" } else { "INACTIVE" }
}

/// Without a value nothing fits but `isNull`.
fn operators(asked: &Value, value: Option<&str>) -> bool {
    let operators: &Map<String, Value> = asked.as_object().unwrap();
    operators.iter().all(|(operator, wanted)| {
        let text = wanted.as_str().unwrap_or_default();
        let has = |fits: fn(&str, &str) -> bool| value.is_some_and(|value| fits(value, text));
        match operator.as_str() {
            "isNull" => value.is_none() == (*wanted == true),
            "in" => value.is_some_and(|value| {
                wanted.as_array().unwrap().iter().any(|wanted| wanted == value)
            }),
            "eq" => has(|value, text| value == text),
            "startsWith" => has(|value, text| value.starts_with(text)),
            "lt" => has(|value, text| value < text),
            "lte" => has(|value, text| value <= text),
            "gt" => has(|value, text| value > text),
            "gte" => has(|value, text| value >= text),
            other => panic!("{other} is no operator"),
        }
    })
}

both! {
    async fn a_filter_lets_through_what_it_says(test: TestApp) {
        let roster = Roster::new(&test).await;
        let mut chance = Chance::new();
        let rows = roster.enrol(chance.many(&drawn(), 60)).await;
        let schools = roster.schools.iter().map(|id| typeid::encode(*id)).collect();
        let students = rows.iter().map(|row| typeid::encode(row.id)).collect();
        let filters = tree(leaf(schools, students));
        let mut partial = 0;
        for _ in 0..FILTERS {
            let filter = chance.draw(&filters);
            let expected: Vec<_> = rows
                .iter()
                .filter(|row| fits(&filter, row))
                .map(|row| json!({ "id": typeid::encode(row.id) }))
                .collect();
            let found = roster.data(FOUND, json!({ "where": filter })).await;
            assert_eq!(found["students"]["nodes"], json!(expected), "{filter}");
            partial += usize::from(!expected.is_empty() && expected.len() < rows.len());
        }
        assert!(partial > FILTERS / 4, "{partial} filters let some students through, not all");
    }

    async fn an_operator_that_is_null_is_refused(test: TestApp) {
        let roster = Roster::new(&test).await;
        for filter in [
            json!({ "familyName": { "eq": null } }),
            json!({ "school": { "in": null } }),
            json!({ "not": { "or": [{ "updatedAt": { "lt": null } }] } }),
            json!({ "status": { "eq": null } }),
            json!({ "familyName": { "isNull": null } }),
        ] {
            let refusal = roster.refusal(FOUND, json!({ "where": filter })).await;
            assert_eq!(refusal, Code::BadUserInput, "{filter}");
        }
    }
}
