//! Nodes as lines of a file.
//!
//! CSV is that of RFC 4180: a header, `CRLF`, quotes where they are needed. A value that is null is
//! an empty field, an empty text is `""`; a list stands as its JSON. The file is made for programs:
//! nothing is put in front of a text that a spreadsheet would take for a formula, since whoever
//! reads it back would have to know.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::{
    error::{Error, Result},
    graphql::export::Column,
};

/// What a line looks like.
#[derive(Debug)]
pub enum Lines {
    /// The JSON of a node.
    Ndjson,
    /// Its values, in these columns.
    Csv(Vec<Column>),
}

impl Lines {
    /// What stands in front of all nodes.
    pub fn header(&self, out: &mut Vec<u8>) {
        if let Self::Csv(columns) = self {
            for (at, name) in Column::names(columns).iter().enumerate() {
                comma(at == 0, out);
                text(name, out);
            }
            out.extend(b"\r\n");
        }
    }

    /// The line of a node.
    pub fn write(&self, node: &[u8], out: &mut Vec<u8>) -> Result<()> {
        match self {
            Self::Ndjson => {
                out.extend(node);
                out.push(b'\n');
            }
            Self::Csv(columns) => {
                let mut is_first = true;
                let node = serde_json::from_slice(node).map_err(Error::internal)?;
                object(columns, Some(node), &mut is_first, out).map_err(Error::internal)?;
                out.extend(b"\r\n");
            }
        }
        Ok(())
    }
}

/// The values of an object; all of them are empty when there is none.
fn object(
    columns: &[Column],
    json: Option<&RawValue>,
    is_first: &mut bool,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let members: Option<HashMap<&str, &RawValue>> = match json.map(RawValue::get) {
        None | Some("null") => None,
        Some(json) => Some(serde_json::from_str(json)?),
    };
    for column in columns {
        let value = members.as_ref().and_then(|members| members.get(column.key.as_str()));
        if column.below.is_empty() {
            comma(std::mem::take(is_first), out);
            field(value.map_or("null", |value| value.get()), out)?;
        } else {
            object(&column.below, value.copied(), is_first, out)?;
        }
    }
    Ok(())
}

fn comma(is_first: bool, out: &mut Vec<u8>) {
    if !is_first {
        out.push(b',');
    }
}

fn field(json: &str, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match json.as_bytes() {
        b"null" => {}
        [b'"', ..] => text(&serde_json::from_str::<String>(json)?, out),
        _ => text(json, out),
    }
    Ok(())
}

fn text(text: &str, out: &mut Vec<u8>) {
    let is_plain = !text.is_empty() && !text.contains(['"', ',', '\r', '\n']);
    if is_plain {
        out.extend(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::{Column, Lines};

    fn column(key: &str, below: &[Column]) -> Column {
        Column { key: key.to_owned(), below: below.to_vec() }
    }

    fn written(columns: Vec<Column>, nodes: &[&str]) -> String {
        let lines = Lines::Csv(columns);
        let mut out = Vec::new();
        lines.header(&mut out);
        for node in nodes {
            lines.write(node.as_bytes(), &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_stand_in_their_columns_and_what_is_not_there_is_empty() {
        let school = column("school", &[column("id", &[]), column("name", &[])]);
        let columns = vec![column("id", &[]), school, column("tags", &[]), column("hours", &[])];
        let nodes = [
            r#"{"id":"a","school":{"id":"s","name":"North"},"tags":["x","y"],"hours":7}"#,
            r#"{"id":"b","school":null,"tags":[],"hours":null}"#,
        ];
        assert_eq!(
            written(columns, &nodes),
            "id,school.id,school.name,tags,hours\r\n\
             a,s,North,\"[\"\"x\"\",\"\"y\"\"]\",7\r\n\
             b,,,[],\r\n"
        );
    }

    #[test]
    fn quotes_commas_and_line_ends_are_quoted_and_formulas_are_left_alone() {
        let columns = vec![column("name", &[]), column("is", &[])];
        let nodes = [
            r#"{"name":"a \"b\", c\r\nd","is":true}"#,
            r#"{"name":"","is":false}"#,
            r#"{"name":"=1+1","is":null}"#,
            r#"{"name":"Zo\u00eb"}"#,
        ];
        assert_eq!(
            written(columns, &nodes),
            "name,is\r\n\"a \"\"b\"\", c\r\nd\",true\r\n\"\",false\r\n=1+1,\r\nZo\u{eb},\r\n"
        );
    }

    #[test]
    fn json_stands_as_it_was_answered() {
        let mut out = Vec::new();
        Lines::Ndjson.header(&mut out);
        Lines::Ndjson.write(br#"{"a":1}"#, &mut out).unwrap();
        assert_eq!(out, b"{\"a\":1}\n");
    }
}
