//! Where the rows of a level stand in the answer; read only when something failed.

use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment};

/// The way from the answer's root to the rows of one level.
#[derive(Clone, Debug)]
pub struct Trail<'t> {
    up: Up<'t>,
    /// Field names between the parent and the position in the list.
    before: Vec<&'t str>,
    /// Field names behind the position in the list.
    after: Vec<&'t str>,
    /// For each row its parent's row in the level above, and its position when it is in a list.
    rows: Vec<(usize, Option<usize>)>,
}

#[derive(Clone, Debug)]
enum Up<'t> {
    Root(Vec<PathSegment>),
    Level(&'t Trail<'t>),
}

impl<'t> Trail<'t> {
    /// The way to the values of a field that the executor itself resolves.
    #[must_use]
    pub fn root(node: Option<&QueryPathNode<'_>>, rows: Vec<Option<usize>>) -> Self {
        let mut start = Vec::new();
        let segment = |node: &QueryPathNode<'_>| match node.segment {
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
            QueryPathSegment::Index(at) => PathSegment::Index(at),
        };
        if let Some(node) = node {
            start.push(segment(node));
            start.extend(node.parents().map(segment));
            start.reverse();
        }
        let rows = rows.into_iter().map(|position| (0, position)).collect();
        Self { up: Up::Root(start), before: Vec::new(), after: Vec::new(), rows }
    }

    /// The way to the rows of the next level.
    #[must_use]
    pub fn down(
        &'t self,
        before: Vec<&'t str>,
        after: Vec<&'t str>,
        rows: Vec<(usize, Option<usize>)>,
    ) -> Self {
        Self { up: Up::Level(self), before, after, rows }
    }

    /// The same level with some of its rows only.
    #[must_use]
    pub fn narrowed(&self, kept: &[usize]) -> Self {
        let rows = kept.iter().filter_map(|at| self.rows.get(*at).copied()).collect();
        Self { rows, ..self.clone() }
    }

    /// The path to a field of a row, as `errors[].path` wants it.
    #[must_use]
    pub fn path(&self, row: usize, field: Option<&str>) -> Vec<PathSegment> {
        let (parent, position) = self.rows.get(row).copied().unwrap_or_default();
        let mut path = match &self.up {
            Up::Root(start) => start.clone(),
            Up::Level(up) => up.path(parent, None),
        };
        path.extend(self.before.iter().map(|name| PathSegment::Field((*name).to_owned())));
        path.extend(position.map(PathSegment::Index));
        path.extend(self.after.iter().map(|name| PathSegment::Field((*name).to_owned())));
        path.extend(field.map(|name| PathSegment::Field(name.to_owned())));
        path
    }
}
