//! From the cells of a line to a row.
//!
//! An empty cell leaves its field out. Null, which clears a field, is written `\N`: a word would be
//! somebody's name.

use serde_json::{Map, Number, Value as Json};

use crate::store::{Column, Shape};

const NULL: &str = r"\N";

/// The row that the cells make.
pub fn row<'c>(columns: &[Column], cells: impl Iterator<Item = &'c str>) -> Json {
    let mut row = Map::new();
    // What the row is made of is there even when nothing is said about it.
    for column in columns.iter().filter(|column| column.is_needed && column.path.len() > 1) {
        row.entry(column.path[0].clone()).or_insert_with(|| Json::Object(Map::new()));
    }
    for (column, cell) in columns.iter().zip(cells) {
        if !cell.is_empty() {
            put(&mut row, &column.path, value(&column.shape, cell));
        }
    }
    Json::Object(row)
}

fn put(row: &mut Map<String, Json>, path: &[String], value: Json) {
    match path {
        [] => {}
        [last] => drop(row.insert(last.clone(), value)),
        [first, rest @ ..] => {
            let inner = row.entry(first.clone()).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// What cannot be read stays a text: whoever knows the type says what was expected.
fn value(shape: &Shape, cell: &str) -> Json {
    let text = || Json::String(cell.to_owned());
    match shape {
        _ if cell == NULL => Json::Null,
        Shape::Text => text(),
        Shape::Number => cell.trim().parse::<Number>().map_or_else(|_| text(), Json::Number),
        Shape::Boolean => match cell.trim() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => text(),
        },
        Shape::List(item) => Json::Array(cell.split('|').map(|one| value(item, one)).collect()),
        Shape::Json => serde_json::from_str(cell).unwrap_or_else(|_| text()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Column, Shape, row};

    fn column(path: &str, shape: Shape) -> Column {
        let is_needed = !path.starts_with("new");
        Column { path: path.split('.').map(str::to_owned).collect(), shape, is_needed }
    }

    #[test]
    fn cells_become_what_their_columns_say() {
        let columns = [
            column("key.externalId.system", Shape::Text),
            column("key.id", Shape::Text),
            column("student.givenName", Shape::Text),
            column("student.age", Shape::Number),
            column("student.isNew", Shape::Boolean),
            column("student.ids", Shape::List(Box::new(Shape::Text))),
            column("student.ties", Shape::Json),
            column("expectedVersion", Shape::Text),
            column("newExternalId.value", Shape::Text),
        ];
        let cells = ["sis", "", "7", "7", "true", "a|b", r#"[{"a":1}]"#, "", ""];
        let expected = json!({
            "key": { "externalId": { "system": "sis" } },
            "student": {
                "givenName": "7", "age": 7, "isNew": true, "ids": ["a", "b"], "ties": [{ "a": 1 }],
            },
        });
        assert_eq!(row(&columns, cells.into_iter()), expected);
        let cells = ["", "x", r"\N", "seven", "yes", "", "[", "3", ""];
        let expected = json!({
            "key": { "id": "x" },
            "student": { "givenName": null, "age": "seven", "isNew": "yes", "ties": "[" },
            "expectedVersion": "3",
        });
        assert_eq!(row(&columns, cells.into_iter()), expected);
        assert_eq!(row(&columns, [].into_iter()), json!({ "key": {}, "student": {} }));
    }
}
