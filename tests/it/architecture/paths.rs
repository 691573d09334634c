//! The paths that a file names: in `use` trees, and inline.

/// A word or a sign of the code.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    pub line: usize,
    pub text: &'a str,
}

impl Token<'_> {
    fn is_word(self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// A path as it stands in the code, group by group, as `["crate", "store", "Db"]`.
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
}

/// The words and signs of the code; `::` is one sign.
pub fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let sign = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            let (text, after) = rest.split_at(word.max(sign));
            tokens.push(Token { line: at + 1, text });
            rest = after.trim_start();
        }
    }
    tokens
}

/// Every path of two or more steps.
pub fn mentions(tokens: &[Token<'_>]) -> Vec<Mention> {
    let mut reader = Reader { tokens, at: 0, found: Vec::new() };
    while let Some(token) = tokens.get(reader.at) {
        if token.is_word() {
            reader.tree(&[]);
        } else {
            reader.at += 1;
        }
    }
    reader.found.retain(|mention| mention.path.len() > 1);
    reader.found
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    found: Vec<Mention>,
}

impl Reader<'_> {
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.text)
    }

    /// Reads one path, or one tree of a `use`, from here on.
    fn tree(&mut self, before: &[String]) {
        let mut path = before.to_vec();
        let line = self.tokens[self.at].line;
        loop {
            if self.text(0) == "{" {
                return self.group(&path);
            }
            path.push(self.text(0).to_owned());
            self.at += 1;
            let next = self.tokens.get(self.at + 1);
            let goes_on = next.is_some_and(|next| next.is_word() || matches!(next.text, "{" | "*"));
            if self.text(0) != "::" || !goes_on {
                break;
            }
            self.at += 1;
        }
        if self.text(0) == "as" {
            self.at += 2;
        }
        self.found.push(Mention { line, path });
    }

    fn group(&mut self, before: &[String]) {
        self.at += 1;
        while self.at < self.tokens.len() && self.text(0) != "}" {
            if self.tokens[self.at].is_word() || self.text(0) == "*" {
                self.tree(before);
            } else {
                self.at += 1;
            }
        }
        self.at += 1;
    }
}

#[test]
fn paths_are_read_from_trees_and_from_lines() {
    let code = "use crate::{a::{B, c::D as E},\n f::*};\nlet x = std::env::var::<T>(y) * super::z;";
    let found: Vec<_> = mentions(&tokens(code))
        .into_iter()
        .map(|mention| format!("{} {}", mention.line, mention.path.join("::")))
        .collect();
    let expected =
        ["1 crate::a::B", "1 crate::a::c::D", "2 crate::f::*", "3 std::env::var", "3 super::z"];
    assert_eq!(found, expected);
}
