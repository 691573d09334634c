//! The same document in a roundabout way: keys selected several times, more fragments.

use super::{Document, Item, draw::Draw};

/// A document that GraphQL says has the same answer, in the same order.
pub fn scattered(document: &Document, bytes: &[u8]) -> Document {
    let mut scatter = Scatter { draw: Draw::new(bytes), fragments: 0 };
    let items = scatter.set(&document.items, "ToyQuery", true);
    Document { items, variables: document.variables.clone() }
}

struct Scatter<'b> {
    draw: Draw<'b>,
    fragments: usize,
}

impl Scatter<'_> {
    /// Items in their order; further selections of a key come anywhere behind the first one.
    fn set(&mut self, items: &[Item], on: &'static str, is_root: bool) -> Vec<Item> {
        let mut scattered = Vec::new();
        let mut later = Vec::new();
        for item in items {
            let item = self.inside(item, on, is_root);
            let item = self.split(item, &mut later, is_root);
            scattered.push(self.wrapped(item, on));
            if self.draw.in_100(50) {
                scattered.extend(later.drain(..).map(|item| self.wrapped(item, on)));
            }
        }
        scattered.extend(later.into_iter().map(|item| self.wrapped(item, on)));
        scattered
    }

    fn inside(&mut self, item: &Item, on: &'static str, is_root: bool) -> Item {
        let mut item = item.clone();
        match &mut item {
            Item::Field { of, set, .. } => *set = self.set(set, of, false),
            Item::Fragment { on: condition, set, .. } => {
                *set = self.set(set, condition.unwrap_or(on), is_root);
            }
        }
        item
    }

    /// Leaves part of the item for later, or all of it a second time.
    fn split(&mut self, mut item: Item, later: &mut Vec<Item>, is_root: bool) -> Item {
        if !self.draw.in_100(45) {
            return item;
        }
        let mut second = item.clone();
        match (&mut item, &mut second) {
            (Item::Field { set, .. }, Item::Field { set: rest, .. }) if !set.is_empty() => {
                let cut = 1 + self.draw.below(set.len());
                let behind = set.split_off(cut);
                let repeated: Vec<_> =
                    set.iter().filter(|_| self.draw.in_100(40)).cloned().collect();
                *rest = repeated.into_iter().rev().chain(behind).collect();
                if !rest.is_empty() {
                    later.push(second);
                }
            }
            // The executor gives the root no way to tell two spreads of one fragment apart: what
            // failed is reported twice then.
            (Item::Fragment { .. }, _) if is_root => {}
            _ => later.push(second),
        }
        item
    }

    fn wrapped(&mut self, item: Item, on: &'static str) -> Item {
        let (name, on) = match self.draw.below(12) {
            11 => {
                self.fragments += 1;
                (Some(format!("G{}", self.fragments)), Some(on))
            }
            10 => (None, Some(on)),
            9 => (None, None),
            _ => return item,
        };
        Item::Fragment { name, on, directive: String::new(), set: vec![item] }
    }
}
