//! The plan of the house: its rooms, and which slice stands on which.
//!
//! To add a slice, add a row here; everything else follows.

/// A slice, and the slices on its right.
#[derive(Debug, PartialEq, Eq)]
pub struct Slice {
    pub name: &'static str,
    /// Its services call the services of these.
    pub calls: &'static [&'static str],
    /// Its faces name the faces of these besides, because its rows point there.
    pub names: &'static [&'static str],
    /// Files of its own, beyond those that every slice has.
    pub own: &'static [&'static str],
    /// Whether its services ask the API itself, as a client would.
    pub asks: bool,
}

const BUSINESS: [&str; 9] = [
    "roster",
    "reference",
    "interests",
    "pathways",
    "partners",
    "placements",
    "matching",
    "mentorship",
    "practicum",
];

/// Slices that any business service may call: who may see this, and what has changed.
pub const WATCHERS: [&str; 2] = ["consent", "changes"];

const fn business(name: &'static str, calls: &'static [&'static str]) -> Slice {
    Slice { name, calls, names: &[], own: &[], asks: false }
}

/// The slices from left to right.
pub static SLICES: [Slice; 14] = [
    business("roster", &[]),
    // Public knowledge: stands on nothing, and everything may stand on it.
    business("reference", &[]),
    business("interests", &["roster", "reference"]),
    business("pathways", &["roster", "reference", "interests"]),
    // An affiliation agreement points to a district.
    Slice { names: &["roster"], ..business("partners", &[]) },
    business("placements", &["roster", "pathways", "partners", "interests"]),
    business("matching", &["roster", "interests", "partners", "placements"]),
    business("mentorship", &["placements"]),
    business("practicum", &["placements"]),
    Slice {
        name: "consent",
        calls: &["changes"],
        names: &BUSINESS,
        own: &["gate", "disclosure"],
        asks: false,
    },
    // A change shows the row that has changed, whichever it is.
    Slice {
        name: "changes",
        calls: &[],
        names: &BUSINESS,
        own: &[
            "cursor",
            "feed",
            "kinds",
            "pin",
            "retention",
            "sequencer",
            "state",
            "subscription",
            "worker",
        ],
        asks: false,
    },
    Slice {
        name: "webhooks",
        calls: &["changes"],
        names: &[],
        own: &["worker", "sign", "target"],
        asks: false,
    },
    // It founds tenants, and has the demo tell their story.
    Slice {
        name: "sandbox",
        calls: &["roster", "partners"],
        names: &[],
        own: &["worker"],
        asks: false,
    },
    Slice {
        name: "bulk",
        calls: &BUSINESS,
        names: &[],
        own: &["file", "import", "export", "oneroster", "reference", "subscription", "worker"],
        // An export is a query.
        asks: true,
    },
];

/// The slice whose services have the demo tell its story; the demo never hears of it.
const TELLS_THE_DEMO: &str = "sandbox";

/// What every part of the house stands on.
const BASE: [&str; 8] = ["store", "auth", "app", "error", "clock", "config", "typeid", "telemetry"];

/// The command line, in as many files as it takes.
const COMMANDS: [&str; 3] = ["main", "lib", "cli"];

/// What a slice's file is to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `mod.rs`: the concept, and what the slice shows to others.
    Root,
    /// `types`, `query`, `mutation`, `subscription`: GraphQL.
    Face,
    /// `service` and a slice's own files: SQL and use cases.
    Service,
    /// `rules`: pure functions over data.
    Rules,
}

/// Where a file lies, or where an import leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Commands,
    Http,
    Schema,
    Demo,
    Slice(&'static Slice, Part),
    Graphql,
    Base(&'static str),
}

impl Room {
    /// The room at the first steps of a path below `crate` or `src`.
    pub fn at(steps: &[&str]) -> Option<Self> {
        let name = *steps.first()?;
        Some(match name {
            "http" => Self::Http,
            "schema" => Self::Schema,
            "demo" => Self::Demo,
            "graphql" => Self::Graphql,
            _ if COMMANDS.contains(&name) => Self::Commands,
            _ => {
                let base = BASE.into_iter().find(|base| *base == name).map(Self::Base);
                base.or_else(|| {
                    let slice = SLICES.iter().find(|slice| slice.name == name)?;
                    Some(Self::Slice(slice, Part::at(steps.get(1).copied())))
                })?
            }
        })
    }

    /// Why a file of this room may not import from that one.
    pub fn refuses(self, to: Self) -> Option<String> {
        let allowed = match (self, to) {
            (Self::Commands, _) => true,
            (Self::Slice(own, part), to) => return refuses(own, part, to),
            (Self::Base(_), to) => matches!(to, Self::Base(_)),
            (Self::Http, to) => !matches!(to, Self::Commands),
            (Self::Schema, to) => !matches!(to, Self::Commands | Self::Http | Self::Demo),
            (Self::Graphql, Self::Slice(slice, part)) => slice.name == "consent" && part.is_inner(),
            (Self::Graphql, to) => matches!(to, Self::Graphql | Self::Base(_)),
            (Self::Demo, Self::Slice(slice, part)) => {
                part.is_inner() && slice.name != TELLS_THE_DEMO
            }
            (Self::Demo, to) => matches!(to, Self::Demo | Self::Base(_)),
        };
        let order = "imports go to the right only: main, http, schema, slice faces, services, \
                     consent and changes, store and auth and app and error";
        (!allowed).then(|| order.to_owned())
    }
}

impl Part {
    fn at(step: Option<&str>) -> Self {
        match step {
            Some("types" | "query" | "mutation" | "subscription") => Self::Face,
            Some("rules") => Self::Rules,
            // What the root re-exports by a name of its own.
            None | Some("mod" | "*") => Self::Root,
            Some(name) if name.starts_with(char::is_uppercase) => Self::Root,
            Some(_) => Self::Service,
        }
    }

    fn is_inner(self) -> bool {
        self != Self::Face
    }
}

fn refuses(own: &Slice, part: Part, to: Room) -> Option<String> {
    let faces = matches!(part, Part::Face | Part::Root);
    match to {
        Room::Base(name) => {
            let pure = part != Part::Rules || matches!(name, "error" | "auth" | "typeid");
            (!pure).then(|| format!("rules are pure functions over data: no `{name}`"))
        }
        Room::Slice(other, there) if other == own => (!faces && there == Part::Face)
            .then(|| "a service or a rule knows nothing of its slice's GraphQL face".to_owned()),
        Room::Slice(other, there) => {
            let known = if faces { faces_of(own) } else { services_of(own) };
            let named = known.contains(&other.name) && (faces || there.is_inner());
            (!named).then(|| {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let what = if faces { "faces" } else { "services, and never a face," };
                format!("`{}` may name these slices' {what} only: {known}", own.name)
            })
        }
        Room::Graphql => (!faces && (part == Part::Rules || !own.asks))
            .then(|| "only a slice's face speaks GraphQL; services and rules do not".to_owned()),
        Room::Demo if own.name == TELLS_THE_DEMO && part == Part::Service => None,
        Room::Commands | Room::Http | Room::Schema | Room::Demo => {
            Some(format!("the slice `{}` is to the left of everything it serves", own.name))
        }
    }
}

/// The slices whose services this one's services may call.
fn services_of(own: &Slice) -> Vec<&'static str> {
    let watchers =
        if BUSINESS.contains(&own.name) || own.name == "bulk" { &WATCHERS[..] } else { &[] };
    own.calls.iter().chain(watchers).copied().collect()
}

/// The slices that this one's faces may name: all that its services stand on, however far down.
fn faces_of(own: &Slice) -> Vec<&'static str> {
    let mut known = services_of(own);
    known.extend(own.names);
    let mut at = 0;
    while let Some(name) = known.get(at) {
        let slice = SLICES.iter().find(|slice| slice.name == *name && !WATCHERS.contains(name));
        for further in slice.map(services_of).into_iter().flatten() {
            if !known.contains(&further) {
                known.push(further);
            }
        }
        at += 1;
    }
    known
}

#[test]
fn services_form_no_circle() {
    for (at, slice) in SLICES.iter().enumerate() {
        // Watchers stand to the right of all business; the rest is listed in its order.
        let order = |name: &str| SLICES.iter().position(|slice| slice.name == name);
        for called in services_of(slice).into_iter().filter(|name| !WATCHERS.contains(name)) {
            assert!(order(called) < Some(at), "{} calls {called}", slice.name);
        }
    }
    let log = SLICES.iter().find(|slice| slice.name == "changes").expect("the change log");
    assert_eq!(services_of(log), [""; 0], "the change log calls nobody");
}
