//! Selections: all that can be asked of a type.

use pathbridge::{
    auth::Scopes,
    graphql::model::{Field, is_list, named},
};

use super::Shape;

/// Value objects inside value objects end here.
const DEEPEST: usize = 4;

/// What a selection goes into.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// How many edges, one behind the other.
    pub edges: usize,
    /// The size of every page.
    pub page: usize,
    /// What the caller may select.
    pub scopes: Scopes,
    /// Without what makes a large question too dear: lists of value objects and counts.
    pub is_thin: bool,
}

impl Shape {
    /// The leaves and value objects of a field's answer, and of the stored types behind it.
    pub fn flat(&self, field: &Field, scopes: Scopes) -> String {
        self.selection(named(&field.ty), Reach { edges: 0, page: 250, scopes, is_thin: false })
    }

    /// Everything of a type within reach; nothing for a leaf.
    pub fn selection(&self, name: &str, reach: Reach) -> String {
        if self.is_leaf(name) { String::new() } else { self.object(name, reach, 0) }
    }

    fn object(&self, name: &str, reach: Reach, depth: usize) -> String {
        let mut asked = vec!["__typename".to_owned()];
        for (field_name, field) in self.fields(name) {
            asked.extend(self.field(name, field_name, field, reach, depth));
        }
        if let Some(members) = self.members.get(name) {
            let own = self.fields(name);
            for member in members.iter().filter(|member| self.may(member, reach.scopes)) {
                asked.push(self.member(name, member, &own.keys().copied().collect::<Vec<_>>()));
            }
        }
        format!("{{ {} }}", asked.join(" "))
    }

    /// What a member of an interface has beyond it. Of stored types the id alone: two of them may
    /// have fields of one name and different types.
    fn member(&self, interface: &str, member: &str, own: &[&str]) -> String {
        if interface == "Node" {
            return format!("... on {member} {{ id }}");
        }
        let mut leaves = vec!["__typename".to_owned()];
        for (name, field) in self.fields(member) {
            let inner = named(&field.ty);
            if own.contains(&name) || !field.arguments.is_empty() {
                continue;
            }
            if self.is_leaf(inner) {
                leaves.push(name.to_owned());
            } else if inner == "Node" {
                leaves.push(format!("{name} {{ __typename id }}"));
            }
        }
        format!("... on {member} {{ {} }}", leaves.join(" "))
    }

    fn field(
        &self,
        on: &str,
        name: &str,
        field: &Field,
        reach: Reach,
        depth: usize,
    ) -> Option<String> {
        let inner = named(&field.ty);
        if !field.scope.is_none_or(|scope| reach.scopes.contains(scope)) {
            return None;
        }
        if self.is_leaf(inner) {
            let is_plain = field.arguments.iter().all(|argument| !argument.is_required());
            return is_plain.then(|| name.to_owned());
        }
        if name == "edges" {
            return Some("edges { cursor node { __typename id } }".to_owned());
        }
        let is_list = is_list(&field.ty) && self.is_stored(on);
        let is_dear = is_list && depth > 0 || reach.is_thin && (is_list || name == "totalCount");
        if is_dear {
            return None;
        }
        let target = self.target(&field.ty);
        if target.as_deref().is_some_and(|target| !self.may(target, reach.scopes)) {
            return None;
        }
        let arguments = arguments(on, name, field, reach.page);
        if let Some(leaves) = self.worked_out(field) {
            return Some(format!("{name}{arguments} {leaves}"));
        }
        if self.is_stored(on) && target.is_some() {
            let below = Reach { edges: reach.edges.checked_sub(1)?, ..reach };
            return Some(format!("{name}{arguments} {}", self.object(inner, below, 0)));
        }
        (depth < DEEPEST)
            .then(|| format!("{name}{arguments} {}", self.object(inner, reach, depth + 1)))
    }

    /// The leaves of what is worked out row by row, since it weighs something of its own: its lists
    /// are too dear for a page, and it has tests of its own.
    fn worked_out(&self, field: &Field) -> Option<String> {
        if field.weight.is_none() || self.target(&field.ty).is_some() {
            return None;
        }
        let leaves = self.fields(named(&field.ty)).into_iter();
        let leaves = leaves.filter(|(_, one)| self.is_leaf(named(&one.ty)));
        let leaves: Vec<_> = leaves.map(|(leaf, _)| leaf).collect();
        Some(format!("{{ __typename {} }}", leaves.join(" ")))
    }

    fn may(&self, name: &str, scopes: Scopes) -> bool {
        self.scope(name).is_none_or(|scope| scopes.contains(scope))
    }

    /// One edge of a stored type, with the leaves behind it.
    pub fn edge(&self, from: &str, name: &str, reach: Reach) -> String {
        let field = self.fields(from)[name];
        let arguments = arguments(from, name, field, reach.page);
        let below = self.worked_out(field);
        let below = below.unwrap_or_else(|| self.object(named(&field.ty), reach, 0));
        format!("{name}{arguments} {below}")
    }
}

/// A page where there are pages; nothing else is needed to follow an edge.
fn arguments(on: &str, name: &str, field: &Field, page: usize) -> String {
    let required = field.arguments.iter().find(|argument| argument.is_required());
    assert!(required.is_none(), "{on}.{name} needs an argument that the walk does not know");
    let is_paged = field.arguments.iter().any(|argument| argument.name == "first");
    if is_paged { format!("(first: {page})") } else { String::new() }
}
