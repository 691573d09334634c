//! Random documents over the toy library.
//!
//! A document is made so that no response key stands twice in one place: what it means is then
//! beyond doubt. [`scattered`] says the same in a roundabout way, with each key selected several
//! times, in fragments and beside them.

mod arguments;
mod draw;
mod made;
mod print;
mod scatter;
mod types;

use std::collections::BTreeMap;

use async_graphql::{Request, Variables};
use serde_json::Value;

pub use made::made;
pub use scatter::scattered;

/// A document, not yet written down.
#[derive(Debug, Clone)]
pub struct Document {
    items: Vec<Item>,
    variables: Vec<Variable>,
}

#[derive(Debug, Clone)]
struct Variable {
    name: String,
    /// The type, with a default where there is one.
    declared: String,
    /// What the request gives; nothing when it leaves the variable out.
    given: Option<Value>,
}

/// One selection.
#[derive(Debug, Clone)]
enum Item {
    Field {
        key: String,
        name: &'static str,
        arguments: String,
        directive: String,
        /// The type of the field's own fields; empty for a leaf.
        of: &'static str,
        set: Vec<Self>,
    },
    Fragment {
        /// The name of a named fragment, which has a type condition always.
        name: Option<String>,
        on: Option<&'static str>,
        directive: String,
        set: Vec<Self>,
    },
}

impl Document {
    /// The document as a client writes it.
    pub fn text(&self) -> String {
        let mut fragments = BTreeMap::new();
        let body = print::set(&self.items, &mut fragments);
        let declared = self.variables.iter();
        let declared: Vec<_> =
            declared.map(|variable| format!("${}: {}", variable.name, variable.declared)).collect();
        let head = if declared.is_empty() { String::new() } else { declared.join(", ") };
        let head = if head.is_empty() { "query".to_owned() } else { format!("query({head})") };
        let fragments: String = fragments.into_values().collect();
        format!("{head} {body}\n{fragments}")
    }

    /// What the request gives besides the text.
    pub fn variables(&self) -> Value {
        let given = self.variables.iter();
        given
            .filter_map(|variable| Some((variable.name.clone(), variable.given.clone()?)))
            .collect()
    }

    /// The document with its variables.
    pub fn request(&self) -> Request {
        Request::new(self.text()).variables(Variables::from_json(self.variables()))
    }
}
