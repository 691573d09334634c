//! Source files, and what of them is code: comments, texts and unit tests are blanked out, with
//! every line kept in its place.

use std::{fs, path::Path};

/// A source file of the workspace.
pub struct SourceFile {
    /// Its path from the top of the workspace, with forward slashes.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Only what runs in production; spaces elsewhere.
    pub code: String,
}

impl SourceFile {
    pub fn new(path: &str, text: &str) -> Self {
        let code = if is_test_file(path) { String::new() } else { without_tests(&code_only(text)) };
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// The folders and the file's stem below `src/`, as `["roster", "service", "create"]`.
    pub fn below_src(&self) -> Option<Vec<&str>> {
        let inner = self.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        Some(inner.split('/').collect())
    }
}

/// Every Rust file of ours.
pub fn tree() -> Vec<SourceFile> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "entity", "migration", "tests", "benches", "examples"] {
        collect(&top.join(folder), top, &mut files);
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn collect(folder: &Path, top: &Path, files: &mut Vec<SourceFile>) {
    // Not every folder that may hold Rust exists.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the source can be read").path();
        if path.is_dir() {
            if !path.ends_with("target") {
                collect(&path, top, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("source is UTF-8");
            let name = path.strip_prefix(top).expect("it lies below the top");
            files.push(SourceFile::new(&name.to_string_lossy().replace('\\', "/"), &text));
        }
    }
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').rev().skip(1).any(|folder| folder == "tests")
}

/// The text with comments, strings and characters blanked out.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let blank = comment(rest).or_else(|| raw_string(rest, word)).or_else(|| literal(rest));
        let taken = blank.unwrap_or(word.max(first.len_utf8()));
        if blank.is_some() {
            blank_out(&rest[..taken], &mut code);
        } else {
            code.push_str(&rest[..taken]);
        }
        rest = &rest[taken..];
    }
    code
}

fn blank_out(text: &str, code: &mut String) {
    code.extend(text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
}

/// The length of the comment that starts here.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    let mut depth = 0;
    let mut at = 0;
    while rest.starts_with("/*") {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += here.chars().next().map_or(0, char::len_utf8);
        }
        if depth == 0 || at >= rest.len() {
            return Some(at);
        }
    }
    None
}

/// The length of the raw string that starts here, after the `r`, `br` or `cr` of this length.
fn raw_string(rest: &str, word: usize) -> Option<usize> {
    if !matches!(&rest[..word], "r" | "br" | "cr") {
        return None;
    }
    let hashes = rest[word..].chars().take_while(|c| *c == '#').count();
    let body = rest[word + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(word + hashes + 1 + length)
}

/// The length of the string or character that starts here; a lifetime is neither.
fn literal(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut inner = rest.char_indices().skip(1);
    let is_lifetime = || {
        let mut after = rest.chars().skip(1);
        after.next() != Some('\\') && after.next() != Some('\'')
    };
    if quote == '\'' && is_lifetime() {
        return None;
    }
    while let Some((at, c)) = inner.next() {
        if c == '\\' {
            inner.next();
        } else if c == quote {
            return Some(at + 1);
        }
    }
    Some(rest.len())
}

/// The code with every item under `#[cfg(test)]` blanked out.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        kept.push_str(&rest[..start]);
        let end = start + MARK.len() + item_length(&rest[start + MARK.len()..]);
        blank_out(&rest[start..end], &mut kept);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// Up to the closing brace of the item, or to its semicolon when it has no body.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn only_code_is_kept_and_lines_stay() {
    let text = "a /* x /* y */\n */ b // c\n\"d \\\" e\" r#\"f \" g\"# 'h' '\\'' <'i> j\n\
                #[cfg(test)]\nmod tests {\n fn k() {}\n}\nl\n";
    let file = SourceFile::new("src/x.rs", text);
    let words: Vec<_> = file.code.split_whitespace().collect();
    assert_eq!(words, ["a", "b", "<'i>", "j", "l"]);
    assert_eq!(file.code.lines().count(), text.lines().count());
    assert_eq!(file.code.lines().position(|line| line.trim() == "l"), Some(7));
}
