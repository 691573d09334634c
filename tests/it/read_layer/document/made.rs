//! Making a document in which no response key stands twice in one place.

use std::collections::HashSet;

use serde_json::json;

use super::{Document, Item, Variable, arguments, draw::Draw, types};

/// Fields below fields below fields, but no deeper.
const DEEPEST: usize = 6;

/// A document out of random bytes.
pub fn made(bytes: &[u8]) -> Document {
    let mut maker =
        Maker { draw: Draw::new(bytes), variables: Vec::new(), aliases: 0, fragments: 0 };
    let items = maker.set("ToyQuery", 0, &mut HashSet::new());
    Document { items, variables: maker.variables }
}

struct Maker<'b> {
    draw: Draw<'b>,
    variables: Vec<Variable>,
    aliases: usize,
    fragments: usize,
}

impl Maker<'_> {
    /// A selection set; `used` holds the keys of the place, fragments around it included.
    fn set(&mut self, on: &'static str, depth: usize, used: &mut HashSet<String>) -> Vec<Item> {
        let items = 1 + self.draw.below(4);
        (0..items).map(|_| self.item(on, depth, used)).collect()
    }

    fn item(&mut self, on: &'static str, depth: usize, used: &mut HashSet<String>) -> Item {
        let fragments = if on == "Media" { 60 } else { 25 };
        if depth < DEEPEST && self.draw.in_100(fragments) {
            return self.fragment(on, depth, used);
        }
        let fields = types::named(on).fields;
        let leaves = fields.iter().filter(|field| field.of.is_empty()).count();
        let choices = if depth < DEEPEST { fields.len() } else { leaves };
        if choices == 0 || self.draw.in_100(12) {
            return self.type_name(used);
        }
        let field = &fields[self.draw.below(choices)];
        let arguments: Vec<_> = field
            .arguments
            .iter()
            .filter_map(|(name, takes)| {
                // What is required is there; everything else may be left out.
                arguments::written(&mut self.draw, &mut self.variables, name, *takes)
            })
            .collect();
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        };
        let key = self.key(field.name, used);
        let directive = self.directive();
        let set = match field.of {
            "" => Vec::new(),
            of => self.set(of, depth + 1, &mut HashSet::new()),
        };
        Item::Field { key, name: field.name, arguments, directive, of: field.of, set }
    }

    fn type_name(&mut self, used: &mut HashSet<String>) -> Item {
        let key = self.key("__typename", used);
        // A variable beside `__typename` is "not used" to async-graphql's validation.
        let directive = self.draw.one_of(&["", "", " @include(if: true)", " @skip(if: true)"]);
        let (arguments, directive) = (String::new(), directive.to_owned());
        Item::Field { key, name: "__typename", arguments, directive, of: "", set: Vec::new() }
    }

    fn fragment(&mut self, on: &'static str, depth: usize, used: &mut HashSet<String>) -> Item {
        let condition = if self.draw.in_100(75) {
            Some(self.draw.one_of(types::named(on).conditions))
        } else {
            None
        };
        let name = (condition.is_some() && self.draw.in_100(40)).then(|| {
            self.fragments += 1;
            format!("F{}", self.fragments)
        });
        let directive = self.directive();
        let set = self.set(condition.unwrap_or(on), depth + 1, used);
        Item::Fragment { name, on: condition, directive, set }
    }

    fn key(&mut self, name: &str, used: &mut HashSet<String>) -> String {
        if !self.draw.in_100(25) && used.insert(name.to_owned()) {
            return name.to_owned();
        }
        self.aliases += 1;
        format!("k{}", self.aliases)
    }

    fn directive(&mut self) -> String {
        if !self.draw.in_100(12) {
            return String::new();
        }
        let name = self.draw.one_of(&["include", "skip"]);
        let flag = self.draw.in_100(50);
        if self.draw.in_100(50) {
            return format!(" @{name}(if: {flag})");
        }
        let variable = format!("v{}", self.variables.len());
        let text = format!(" @{name}(if: ${variable})");
        let given = Some(json!(flag));
        self.variables.push(Variable { name: variable, declared: "Boolean!".to_owned(), given });
        text
    }
}
