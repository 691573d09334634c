//! The one door to rows: every `Select` starts at `store::visible`.

use super::{Violation, paths::tokens, source::SourceFile};

/// Where a `Select` may begin otherwise: the door itself, and the look-up of a client before there
/// is a caller.
const OPEN: [&str; 2] = ["src/store", "src/auth"];

/// Every place where the file reaches rows past the door.
pub fn check(file: &SourceFile) -> Vec<Violation> {
    let open = OPEN.iter().any(|room| {
        let below = file.path.strip_prefix(room);
        below.is_some_and(|below| below.starts_with('/') || below == ".rs")
    });
    if open || !file.path.starts_with("src/") {
        return Vec::new();
    }
    let tokens = tokens(&file.code);
    let found = tokens.windows(3).filter(|three| {
        let [owner, sign, name] = [three[0].text, three[1].text, three[2].text];
        let of_type = owner == ">" || owner.starts_with(char::is_uppercase) && owner != "Iterator";
        match sign {
            "::" => of_type && starts_a_select(name),
            "." => joins_a_select(name),
            _ => false,
        }
    });
    let violations = found.map(|three| Violation {
        path: file.path.clone(),
        line: three[2].line,
        reason: format!(
            "`{}` reaches rows that the caller may not see: start at `store::visible`",
            three[2].text
        ),
    });
    violations.collect()
}

fn starts_a_select(name: &str) -> bool {
    name == "find" || name.starts_with("find_by_") || joins_a_select(name)
}

fn joins_a_select(name: &str) -> bool {
    let joins = ["find_with_", "find_also_", "find_related", "find_linked"];
    joins.iter().any(|start| name.starts_with(start)) || matches!(name, "load_one" | "load_many")
}
