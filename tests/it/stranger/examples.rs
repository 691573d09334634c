//! Each example of the playground answers with data, for the student information system.

use std::{fs, path::Path};

use serde_json::{Map, Value};

use super::demo::Demo;

/// The first value that is neither an object nor a list nor null.
fn leaf(value: &Value) -> Option<&Value> {
    match value {
        Value::Null => None,
        Value::Array(list) => list.iter().find_map(leaf),
        Value::Object(fields) => fields.values().find_map(leaf),
        plain => Some(plain),
    }
}

/// The variables that an example wants to be filled: `# $name: { operation }`.
fn wanted(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.strip_prefix("# $")?.split_once(": "))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_answers() {
    let demo = tokio::task::spawn_blocking(Demo::get).await.expect("the demo");
    let token = demo.token(demo.client("district", "students:write")).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playground/src/examples");
    let mut files: Vec<_> = fs::read_dir(folder).expect("examples").flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    assert!(files.len() >= 12, "a dozen examples");
    for file in files {
        let name = file.file_name();
        let text = fs::read_to_string(file.path()).expect("an example");
        assert!(text.starts_with("# "), "{name:?} begins with its title");
        let mut variables = Map::new();
        for (variable, operation) in wanted(&text) {
            let answer = demo.gql(&token, operation, &Value::Null).await;
            let value = leaf(&answer["data"]).unwrap_or_else(|| panic!("{name:?}: {answer:#}"));
            variables.insert(variable.to_owned(), value.clone());
        }
        let answer = demo.gql(&token, &text, &Value::Object(variables)).await;
        assert!(answer.get("errors").is_none(), "{name:?}: {answer:#}");
        assert!(leaf(&answer["data"]).is_some(), "{name:?} finds nothing: {answer:#}");
        assert!(refusals(&answer).is_empty(), "{name:?}: {answer:#}");
    }
}

/// Every user error in an answer.
fn refusals(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(refusals).collect(),
        Value::Object(fields) => {
            let own = fields.get("userErrors").and_then(Value::as_array);
            let deeper = fields.values().flat_map(refusals);
            own.into_iter().flatten().chain(deeper).collect()
        }
        _ => Vec::new(),
    }
}
