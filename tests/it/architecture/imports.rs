//! Who may import whom, and which crate is named where.

use std::collections::HashMap;

use super::{
    Violation,
    paths::{Mention, mentions, tokens},
    rooms::{Part, Room, SLICES},
    source::SourceFile,
};

/// What the roots of the slices re-export, so that `crate::roster::Student` is known for a face.
pub struct Exports(HashMap<(String, String), String>);

impl Exports {
    pub fn of(files: &[SourceFile]) -> Self {
        let mut exports = HashMap::new();
        for slice in &SLICES {
            let root = format!("src/{}/mod.rs", slice.name);
            for file in files.iter().filter(|file| file.path == root) {
                for mention in mentions(&tokens(&file.code)) {
                    let steps = mention.path.iter().map(String::as_str);
                    let steps: Vec<_> = steps.skip_while(|step| *step == "self").collect();
                    if let [from, .., name] = steps[..] {
                        exports.insert((slice.name.to_owned(), name.to_owned()), from.to_owned());
                    }
                }
            }
        }
        Self(exports)
    }

    /// The room behind a path below `crate`.
    fn room(&self, steps: &[&str]) -> Option<Room> {
        if let [slice, name, ..] = steps
            && let Some(from) = self.0.get(&((*slice).to_owned(), (*name).to_owned()))
        {
            return Room::at(&[slice, from]);
        }
        Room::at(steps)
    }
}

/// Every import of the file that breaks a rule.
pub fn check(file: &SourceFile, exports: &Exports) -> Vec<Violation> {
    let Some(place) = file.below_src() else { return Vec::new() };
    let Some(here) = Room::at(&place) else {
        let reason = "the plan has no such room: see tests/it/architecture/rooms.rs".to_owned();
        return vec![Violation { path: file.path.clone(), line: 1, reason }];
    };
    let mentions = mentions(&tokens(&file.code));
    let found = mentions.iter().filter_map(|mention| {
        let reason = match inside(mention, &place) {
            Some(steps) => here.refuses(exports.room(&steps)?)?,
            None => outside(mention, here, &place)?.to_owned(),
        };
        let reason = format!("`{}`: {reason}", mention.path.join("::"));
        Some(Violation { path: file.path.clone(), line: mention.line, reason })
    });
    found.collect()
}

/// The path below `crate`, when the mention leads there.
fn inside<'a>(mention: &'a Mention, place: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut steps = mention.path.iter().map(String::as_str).peekable();
    let mut base = match place {
        ["main" | "lib"] => Vec::new(),
        [folders @ .., "mod"] => folders.to_vec(),
        _ => place.to_vec(),
    };
    match steps.next()? {
        "crate" | "pathbridge" => base.clear(),
        "self" => {}
        "super" => drop(base.pop()),
        _ => return None,
    }
    while steps.next_if(|step| *step == "super").is_some() {
        base.pop();
    }
    base.extend(steps);
    Some(base)
}

/// Why the place may not name what lies outside the crate.
fn outside(mention: &Mention, here: Room, place: &[&str]) -> Option<&'static str> {
    let inner = matches!(here, Room::Slice(_, Part::Service | Part::Rules));
    match mention.path[0].as_str() {
        "async_graphql" | "async_graphql_parser" | "async_graphql_value" => {
            (!speaks_graphql(here, place)).then_some(
                "async-graphql stays behind src/graphql, src/schema, src/http/graphql, src/error \
                 and the faces of the slices, so that it can be changed in a day",
            )
        }
        "axum" => inner.then_some("a service or a rule knows nothing of HTTP"),
        "sea_orm" | "sea_orm_migration" | "sqlx" => (matches!(here, Room::Slice(_, Part::Rules)))
            .then_some("rules are pure functions over data: no database"),
        "std" if mention.path[1] == "env" => {
            let arguments = mention.path.get(2).is_some_and(|name| name.starts_with("args"));
            let allowed = here == Room::Base("config") || here == Room::Commands && arguments;
            (!allowed).then_some("only src/config.rs reads the environment")
        }
        _ => None,
    }
}

fn speaks_graphql(here: Room, place: &[&str]) -> bool {
    match here {
        Room::Graphql | Room::Schema | Room::Slice(_, Part::Face) | Room::Base("error") => true,
        Room::Http => place.get(1).is_some_and(|file| file.starts_with("graphql")),
        _ => false,
    }
}
