//! An input object names each of its fields once.
//!
//! The parser keeps the last of two fields of one name and forgets the first, so the text itself is
//! read: a brace between parentheses opens an input object, for selections never stand there.

use std::collections::HashSet;

use async_graphql::{Pos, ServerError};

use crate::graphql::guard::lexer::tokens;

/// The fields that their object has named before.
pub(super) fn check(text: &str) -> Vec<ServerError> {
    let mut errors = Vec::new();
    // For each open bracket, the names so far when it is that of an input object.
    let mut open: Vec<Option<HashSet<&[u8]>>> = Vec::new();
    let mut parentheses = 0_usize;
    let (mut start, mut last): (usize, &[u8]) = (0, b"");
    for (at, token) in tokens(text) {
        match token {
            b"(" => {
                parentheses += 1;
                open.push(None);
            }
            b"[" => open.push(None),
            b"{" => open.push((parentheses > 0).then(HashSet::new)),
            b")" => {
                parentheses = parentheses.saturating_sub(1);
                open.pop();
            }
            b"]" | b"}" => {
                open.pop();
            }
            b":" => {
                if let Some(Some(names)) = open.last_mut()
                    && !names.insert(last)
                {
                    errors.push(twice(text, start, last));
                }
            }
            _ => {}
        }
        (start, last) = (at, token);
    }
    errors
}

fn twice(text: &str, at: usize, name: &[u8]) -> ServerError {
    let name = String::from_utf8_lossy(name);
    let message = format!("the input object names its field `{name}` more than once");
    ServerError::new(message, Some(position(text, at)))
}

fn position(text: &str, at: usize) -> Pos {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Pos { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::check;

    fn found(text: &str) -> Vec<String> {
        let shown = |error: &async_graphql::ServerError| {
            let at = error.locations[0];
            let name = error.message.split('`').nth(1).unwrap_or_default();
            format!("{name} {}:{}", at.line, at.column)
        };
        check(text).iter().map(shown).collect()
    }

    #[test]
    fn a_name_that_comes_again_is_found_wherever_the_object_stands() {
        let cases = [
            ("{ echo(input: { a: 1, a: 2 }) }", vec!["a 1:23"]),
            ("{ echo(input: { a: 1\n  a: 1, a: 1 }) }", vec!["a 2:3", "a 2:9"]),
            (
                "{ echo(input: { b: { a: 1, a: 2 }, c: [{ d: 1 d: 2 }] }) }",
                vec!["a 1:28", "d 1:47"],
            ),
            ("query($v: In = { a: 1, a: 2 }) { echo(input: $v) }", vec!["a 1:24"]),
            ("{ echo @on(x: { a: \"ä\", a: 2 }) }", vec!["a 1:25"]),
            ("{ echo(input: { type: 1, b: \"\"\"b: 1, b: \"\"\" type: 2 }) }", vec!["type 1:45"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_second_field_of_one_object_passes() {
        for text in [
            "{ a: b a: b c(x: 1) { a: b a: b } }",
            "{ echo(input: { a: { a: 1 }, b: { a: 1 } }, more: { a: 1 }) { a: b a: b } }",
            "{ echo(input: [{ a: 1 }, { a: 1 }]) }",
            "{ echo(input: { a: \"a: 1, a: 2\", b: \"\\\", a: 1\" }) # { a: 1 a: 1 }\n }",
            "query($a: In, $b: In = { a: a }) { x(a: $a, b: $b) { y(a: { a: $a }) } }",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
