//! What a query must be to be exported.

use std::collections::HashSet;

use async_graphql::{
    Positioned, Variables,
    parser::types::{Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::{MOST_LISTS, wrong};
use crate::{
    error::{Error, Problem, ProblemCode, Result},
    graphql::{
        Document, Operation,
        condition::is_included,
        model::{self, Model},
    },
};

/// The arguments by which a client walks pages itself.
const PAGING: [&str; 4] = ["first", "after", "last", "before"];

/// Refuses what is no query for data.
pub(super) fn check_kind(operation: &Operation) -> Result<()> {
    if operation.kind != OperationType::Query {
        return Err(wrong("an export is a query").into());
    }
    if operation.asks_the_schema {
        return Err(wrong("an export asks for data; the schema is at `/schema.graphql`").into());
    }
    Ok(())
}

/// The lists that a query names, if it names nothing else.
pub(super) fn lists<'a>(
    model: &Model,
    document: &'a Document,
    definition: &'a OperationDefinition,
    variables: &Variables,
) -> Result<Vec<&'a Field>> {
    let mut walk = Walk { model, document, problems: Vec::new(), spread: HashSet::new() };
    let mut lists: Vec<&'a Field> = Vec::new();
    let items = definition.selection_set.node.items.iter();
    for item in items.filter(|item| is_included(item.node.directives(), variables)) {
        let Selection::Field(field) = &item.node else {
            walk.refuse("the root of an export names its lists itself, without fragments");
            continue;
        };
        if lists.iter().any(|list| list.response_key().node == field.node.response_key().node) {
            walk.refuse(&format!("`{}` is named twice", field.node.response_key().node));
        }
        walk.list(field);
        lists.push(&field.node);
    }
    if lists.is_empty() && walk.problems.is_empty() {
        walk.refuse("an export names at least one list");
    }
    if lists.len() > MOST_LISTS {
        let message = format!("an export has {MOST_LISTS} lists at most, here are {}", lists.len());
        walk.problems.push(Problem::field(ProblemCode::LimitExceeded, "query", message));
    }
    if walk.problems.is_empty() { Ok(lists) } else { Err(Error::Invalid(walk.problems)) }
}

/// Whether a type is a page of a list.
fn is_page(model: &Model, name: &str) -> bool {
    model.composite(name).is_some_and(|composite| {
        composite.fields.contains_key("nodes") && composite.fields.contains_key("pageInfo")
    })
}

struct Walk<'a> {
    model: &'a Model,
    document: &'a Document,
    problems: Vec<Problem>,
    /// Fragments that were walked: what is wrong with them is wrong wherever they are spread.
    spread: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn refuse(&mut self, message: &str) {
        self.problems.push(wrong(message));
    }

    fn list(&mut self, list: &'a Positioned<Field>) {
        let (key, name) = (&list.node.response_key().node, list.node.name.node.as_str());
        let known = self.model.root(OperationType::Query).and_then(|on| self.model.field(on, name));
        let known = known.filter(|field| {
            let takes = |wanted: &str| field.arguments.iter().any(|known| known.name == wanted);
            is_page(self.model, model::named(&field.ty)) && PAGING.iter().all(|name| takes(name))
        });
        let Some(known) = known else {
            return self.refuse(&format!(
                "`{key}` is no list that has pages: an export names such lists, as `students`"
            ));
        };
        for (argument, _) in &list.node.arguments {
            if PAGING.contains(&argument.node.as_str()) {
                self.refuse(&format!(
                    "`{key}` takes no `{}` here: an export reads every page; narrow it down with \
                     `where`",
                    argument.node
                ));
            }
        }
        let [item] = list.node.selection_set.node.items.as_slice() else {
            return self.refuse_selection(key);
        };
        match &item.node {
            Selection::Field(nodes)
                if nodes.node.response_key().node == "nodes"
                    && nodes.node.name.node == "nodes"
                    && nodes.node.directives.is_empty() =>
            {
                let page = model::named(&known.ty);
                let Some(nodes_of) = self.model.field(page, "nodes") else { return };
                let on = model::named(&nodes_of.ty);
                self.set(&nodes.node.selection_set.node, on, &mut vec![key.as_str(), "nodes"]);
            }
            _ => self.refuse_selection(key),
        }
    }

    fn refuse_selection(&mut self, key: &str) {
        self.refuse(&format!(
            "of `{key}` an export selects `nodes {{ … }}` and nothing else, without fragments \
             around it"
        ));
    }

    fn set(&mut self, set: &'a SelectionSet, on: &'a str, path: &mut Vec<&'a str>) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(&field.node, on, path),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.set(&inline.node.selection_set.node, on, path);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.parsed().fragments.get(name)
                        && self.spread.insert(name)
                    {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.set(&fragment.node.selection_set.node, on, path);
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &'a Field, on: &'a str, path: &mut Vec<&'a str>) {
        path.push(field.response_key().node.as_str());
        if field.alias.as_ref().is_some_and(|alias| alias.node.starts_with("__")) {
            self.refuse(&format!(
                "`{}` has an alias that begins with `__`: such names are ours",
                path.join(".")
            ));
        }
        if let Some(known) = self.model.field(on, field.name.node.as_str()) {
            let of = model::named(&known.ty);
            if is_page(self.model, of) {
                self.refuse(&format!(
                    "`{}` comes in pages, and an export would cut it off behind its first: export \
                     that list as a root field of its own; each of its nodes names its parent",
                    path.join(".")
                ));
            } else {
                // The model outlives the walk, so its names do.
                let of = self.model.composite(of).map(|_| of);
                if let Some(of) = of {
                    self.set(&field.selection_set.node, of, path);
                }
            }
        }
        path.pop();
    }
}
