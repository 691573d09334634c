//! The doors to rows: every `Select` starts at `store::visible`, and every write goes through
//! `store::Write`, which tells the log of changes.

use super::{
    Violation,
    paths::{Token, tokens},
    source::SourceFile,
};

/// Where a `Select` may begin otherwise: the door itself, and the look-up of a client before there
/// is a caller.
const OPEN: [&str; 2] = ["src/store", "src/auth"];

/// What may write past `store::Write` besides: the log itself, joins that are told as a change of
/// what they join, and tables that end with their transaction.
/// The files of bulk jobs are bytes; that there are some is told by the job.
/// A sandbox that is emptied loses the keys of rows that stay, which only its own clients had given.
/// The deliveries of webhooks tell of changes and are none; their secrets are told of by the
/// endpoint. Reference data belong to no tenant, whose log could tell of them. Standings are counted
/// only, and follow from signals that were told. The results of a run are told with it.
const WRITERS: [&str; 15] = [
    "src/changes",
    "src/roster/service/class/joins",
    "src/bulk/file",
    "src/sandbox/service/clear",
    "src/bulk/import/ledger",
    "src/interests/service/standing",
    "src/matching/service/confirm",
    "src/matching/service/run",
    "src/reference/service/load",
    "src/webhooks/service/claim",
    "src/webhooks/service/delivery",
    "src/webhooks/service/fan_out",
    "src/webhooks/service/outcome",
    "src/webhooks/service/retention",
    "src/webhooks/service/secret",
];

/// Every place where the file reaches rows past a door.
pub fn check(file: &SourceFile) -> Vec<Violation> {
    if lies_in(file, &OPEN) || !file.path.starts_with("src/") {
        return Vec::new();
    }
    let tokens = tokens(&file.code);
    let mut found = selects(file, &tokens);
    if !lies_in(file, &WRITERS) {
        found.extend(writes(file, &tokens));
    }
    found
}

fn lies_in(file: &SourceFile, rooms: &[&str]) -> bool {
    rooms.iter().any(|room| {
        let below = file.path.strip_prefix(room);
        below.is_some_and(|below| below.starts_with('/') || below == ".rs")
    })
}

/// Writes that the log of changes would not hear of.
fn writes(file: &SourceFile, tokens: &[Token<'_>]) -> Vec<Violation> {
    let found = tokens.windows(8).filter(|next| {
        let on_transaction =
            || next[2..].iter().take_while(|one| one.text != ")").any(|one| one.text == "tx");
        match next[1].text {
            name if next[0].text == "::" => writes_many(name),
            "insert"
            | "update"
            | "save"
            | "delete"
            | "exec"
            | "exec_with_returning"
            | "exec_without_returning" => next[0].text == "." && on_transaction(),
            _ => next[0].text == "tx" && next[2].text.starts_with("execute"),
        }
    });
    let violations = found.map(|next| Violation {
        path: file.path.clone(),
        line: next[1].line,
        reason: format!(
            "`{}` writes what the log of changes does not hear of: go through `store::Write`",
            next[1].text
        ),
    });
    violations.collect()
}

fn writes_many(name: &str) -> bool {
    ["insert_many", "delete_many", "delete_by_id"].contains(&name)
}

/// Selects that begin elsewhere.
fn selects(file: &SourceFile, tokens: &[Token<'_>]) -> Vec<Violation> {
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
