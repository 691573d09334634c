//! Writing a document down.

use std::{collections::BTreeMap, fmt::Write};

use super::Item;

/// A selection set; the named fragments that it spreads are added to `fragments`.
pub fn set(items: &[Item], fragments: &mut BTreeMap<String, String>) -> String {
    let items: Vec<_> = items.iter().map(|item| one(item, fragments)).collect();
    format!("{{ {} }}", items.join(" "))
}

fn one(item: &Item, fragments: &mut BTreeMap<String, String>) -> String {
    match item {
        Item::Field { key, name, arguments, directive, of, set: inner } => {
            let mut text = if key == name { key.clone() } else { format!("{key}: {name}") };
            text.push_str(arguments);
            text.push_str(directive);
            if !of.is_empty() {
                let _ = write!(text, " {}", set(inner, fragments));
            }
            text
        }
        Item::Fragment { name: Some(name), on, directive, set: inner } => {
            let on = on.expect("a named fragment has a type condition");
            let body = set(inner, fragments);
            fragments.insert(name.clone(), format!("fragment {name} on {on} {body}\n"));
            format!("...{name}{directive}")
        }
        Item::Fragment { name: None, on, directive, set: inner } => {
            let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
            format!("...{on}{directive} {}", set(inner, fragments))
        }
    }
}
