//! What can be asked of each type of the library.

pub struct Type {
    pub fields: &'static [Field],
    /// Types that a fragment here may ask for.
    pub conditions: &'static [&'static str],
}

pub struct Field {
    pub name: &'static str,
    /// The type behind the field; empty for a leaf.
    pub of: &'static str,
    pub arguments: &'static [(&'static str, Takes)],
}

/// What an argument takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `Int! = …`
    NumberOrDefault,
    /// `Int = …`
    MaybeNumberOrDefault,
    /// `Int`
    MaybeNumber,
    /// `[Int!]`
    MaybeNumbers,
    /// `[Int!]!`
    Numbers,
    /// `Kind`
    Kind,
    /// `Wish`
    Wish,
}

const fn leaf(name: &'static str) -> Field {
    edge(name, "", &[])
}

const fn edge(
    name: &'static str,
    of: &'static str,
    arguments: &'static [(&'static str, Takes)],
) -> Field {
    Field { name, of, arguments }
}

const SIZE: &[(&str, Takes)] = &[("first", Takes::NumberOrDefault)];

static QUERY: Type = Type {
    fields: &[
        leaf("version"),
        edge("author", "Author", &[("id", Takes::NumberOrDefault)]),
        edge("authors", "Author", &[("first", Takes::MaybeNumber)]),
        edge("media", "Media", &[("kind", Takes::Kind), ("ids", Takes::MaybeNumbers)]),
        edge("slots", "Media", &[("ids", Takes::Numbers)]),
        edge("books", "BookConnection", SIZE),
    ],
    conditions: &["ToyQuery"],
};
static AUTHOR: Type = Type {
    fields: &[
        leaf("id"),
        leaf("name"),
        leaf("born"),
        leaf("tags"),
        edge("agent", "Author", &[]),
        edge("publisher", "Publisher", &[]),
        edge(
            "books",
            "Book",
            &[("longerThan", Takes::MaybeNumberOrDefault), ("wish", Takes::Wish)],
        ),
        edge("works", "Media", &[]),
        edge("favourite", "Media", &[]),
        edge("shelf", "BookConnection", SIZE),
    ],
    conditions: &["Author"],
};
static BOOK: Type = Type {
    fields: &[
        leaf("id"),
        leaf("title"),
        leaf("pages"),
        edge("author", "Author", &[]),
        edge("sequel", "Book", &[]),
        edge("critic", "Author", &[]),
        edge("film", "Film", &[]),
    ],
    conditions: &["Book", "Media"],
};
static FILM: Type = Type {
    fields: &[
        leaf("id"),
        leaf("title"),
        edge("director", "Author", &[]),
        edge("basedOn", "Book", &[]),
    ],
    conditions: &["Film", "Media"],
};
static MEDIA: Type = Type { fields: &[leaf("id")], conditions: &["Book", "Film", "Media"] };
static PUBLISHER: Type =
    Type { fields: &[leaf("name"), edge("authors", "Author", &[])], conditions: &["Publisher"] };
static CONNECTION: Type = Type {
    fields: &[
        edge("pageInfo", "PageInfo", &[]),
        edge("nodes", "Book", &[]),
        edge("edges", "BookEdge", &[]),
        edge("totalCount", "Count", &[]),
    ],
    conditions: &["BookConnection"],
};
static EDGE: Type =
    Type { fields: &[leaf("cursor"), edge("node", "Book", &[])], conditions: &["BookEdge"] };
static PAGE_INFO: Type = Type {
    fields: &[leaf("hasNextPage"), leaf("hasPreviousPage"), leaf("startCursor"), leaf("endCursor")],
    conditions: &["PageInfo"],
};
static COUNT: Type = Type { fields: &[leaf("value"), leaf("precision")], conditions: &["Count"] };

pub fn named(name: &str) -> &'static Type {
    match name {
        "ToyQuery" => &QUERY,
        "Author" => &AUTHOR,
        "Book" => &BOOK,
        "Film" => &FILM,
        "Media" => &MEDIA,
        "Publisher" => &PUBLISHER,
        "BookConnection" => &CONNECTION,
        "BookEdge" => &EDGE,
        "PageInfo" => &PAGE_INFO,
        "Count" => &COUNT,
        _ => unreachable!("the library has no type {name}"),
    }
}
