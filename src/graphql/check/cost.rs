//! What an operation costs at most.
//!
//! An object costs 1, a scalar nothing. A connection costs 1 and as many times its child as the
//! page is long; the edges around its nodes and its `pageInfo` are part of it, its `totalCount`
//! costs 10. A list that no argument limits counts as ten items, unless `@cost` gives it a price
//! or `@listSize` a length. A mutation costs 10, and 2 for each item of the lists in its input.
//! `@cost` adds. What is selected twice under one response key is counted once, what is skipped
//! not at all, and introspection is free.

use std::collections::HashMap;

use async_graphql_parser::types::{
    ExecutableDocument, Field as Selected, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql_value::{ConstValue, Value, Variables};

use crate::graphql::{
    condition::is_included,
    model::{self, Field, Model},
};

const UNBOUNDED_LIST: u64 = 10;
const TOTAL_COUNT: u64 = 10;
const MUTATION: u64 = 10;
const INPUT_ITEM: u64 = 2;

/// The price of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// All points together.
    pub total: u64,
    /// The three dearest fields by themselves, dearest first, each with its points.
    pub dearest: Vec<(String, u64)>,
}

/// Adds up what an operation costs with these coerced variables.
#[must_use]
pub fn cost(
    model: &Model,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Cost {
    let mut walk = Walk { model, document, variables, lines: Vec::new() };
    if let Some(root) = model.root(operation.ty) {
        let place = Place { line: None, times: 1, page: None };
        let is_mutation = operation.ty == OperationType::Mutation;
        walk.sets(&[(&operation.selection_set.node, root)], place, is_mutation);
    }
    let total = walk.lines.iter().fold(0_u64, |total, line| total.saturating_add(line.cost));
    Cost { total, dearest: walk.dearest() }
}

/// Where a selection set stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: Option<usize>,
    /// How many objects the set is selected on.
    times: u64,
    /// The length of the page, directly inside a connection.
    page: Option<u64>,
}

/// What one field costs by itself, and how many objects it leads to.
struct Price {
    own: u64,
    items: u64,
    page: Option<u64>,
}

struct Line<'a> {
    parent: Option<usize>,
    key: &'a str,
    cost: u64,
}

/// One response key of a selection set with everything that is selected under it.
struct Group<'a> {
    on: &'a str,
    selected: &'a Selected,
    sets: Vec<&'a SelectionSet>,
}

#[derive(Default)]
struct Groups<'a> {
    list: Vec<Group<'a>>,
    index: HashMap<(&'a str, &'a str), usize>,
}

struct Walk<'a> {
    model: &'a Model,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    lines: Vec<Line<'a>>,
}

impl<'a> Walk<'a> {
    fn sets(&mut self, sets: &[(&'a SelectionSet, &'a str)], place: Place, is_mutation: bool) {
        let mut groups = Groups::default();
        for (set, on) in sets {
            self.collect(set, on, &mut groups);
        }
        for group in groups.list {
            let name = group.selected.name.node.as_str();
            let Some(field) = self.model.field(group.on, name) else { continue };
            let price = if is_mutation {
                self.mutation_price(field, group.selected)
            } else {
                self.price(field, group.selected, place.page)
            };
            let key = group.selected.response_key().node.as_str();
            let cost = price.own.saturating_mul(place.times);
            self.lines.push(Line { parent: place.line, key, cost });
            let times = place.times.saturating_mul(price.items);
            let below = Place { line: Some(self.lines.len() - 1), times, page: price.page };
            let on = model::named(&field.ty);
            let sets: Vec<_> = group.sets.into_iter().map(|set| (set, on)).collect();
            self.sets(&sets, below, false);
        }
    }

    fn collect(&self, set: &'a SelectionSet, on: &'a str, groups: &mut Groups<'a>) {
        for item in &set.items {
            if !is_included(item.node.directives(), self.variables) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => groups.add(&field.node, on),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.collect(&inline.node.selection_set.node, on, groups);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.collect(&fragment.node.selection_set.node, on, groups);
                    }
                }
            }
        }
    }

    fn price(&self, field: &Field, selected: &Selected, page: Option<u64>) -> Price {
        let weight = field.weight.unwrap_or_default();
        let name = model::named(&field.ty);
        if selected.name.node == "totalCount" {
            return Price { own: field.weight.unwrap_or(TOTAL_COUNT), items: 0, page: None };
        }
        if self.model.composite(name).is_none() {
            return Price { own: weight, items: 0, page: None };
        }
        let sliced = self.slice(field, selected);
        if !model::is_list(&field.ty) {
            let own = u64::from(page.is_none() || name != "PageInfo");
            return Price { own: own + weight, items: 1, page: sliced };
        }
        if let Some(page) = page.or(sliced) {
            let own = if self.is_edge(name) { 0 } else { page };
            return Price { own: own.saturating_add(weight), items: page, page: None };
        }
        match field.weight {
            Some(weight) => Price { own: weight, items: 1, page: None },
            None => Price { own: UNBOUNDED_LIST, items: UNBOUNDED_LIST, page: None },
        }
    }

    fn mutation_price(&self, field: &Field, selected: &Selected) -> Price {
        let items = selected.arguments.iter().map(|(_, value)| self.items(&value.node));
        let items = items.fold(0_u64, u64::saturating_add);
        let own = MUTATION
            .saturating_add(items.saturating_mul(INPUT_ITEM))
            .saturating_add(field.weight.unwrap_or_default());
        Price { own, items: 1, page: None }
    }

    /// How many items the arguments ask for, where arguments can say so.
    fn slice(&self, field: &Field, selected: &Selected) -> Option<u64> {
        if field.slicing.is_empty() {
            return field.assumed_size;
        }
        let sizes = field.slicing.iter().filter_map(|name| {
            if let Some(value) = selected.get_argument(name) {
                return self.size(&value.node);
            }
            let argument = field.arguments.iter().find(|argument| argument.name == *name)?;
            const_size(argument.default.as_ref()?)
        });
        Some(sizes.max().or(field.assumed_size).unwrap_or_default())
    }

    fn size(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Variable(name) => const_size(self.variables.get(name)?),
            Value::Number(number) => number.as_u64(),
            Value::List(items) => Some(items.len() as u64),
            _ => None,
        }
    }

    fn items(&self, value: &Value) -> u64 {
        match value {
            Value::Variable(name) => self.variables.get(name).map_or(0, const_items),
            Value::List(items) => {
                let below = items.iter().map(|item| self.items(item));
                below.fold(items.len() as u64, u64::saturating_add)
            }
            Value::Object(fields) => {
                fields.values().map(|field| self.items(field)).fold(0, u64::saturating_add)
            }
            _ => 0,
        }
    }

    fn is_edge(&self, name: &str) -> bool {
        self.model.composite(name).is_some_and(|composite| {
            composite.fields.contains_key("node") && composite.fields.contains_key("cursor")
        })
    }

    fn dearest(&self) -> Vec<(String, u64)> {
        let mut lines: Vec<&Line<'_>> = self.lines.iter().filter(|line| line.cost > 0).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.cost));
        lines.into_iter().take(3).map(|line| (self.path(line), line.cost)).collect()
    }

    fn path(&self, line: &Line<'a>) -> String {
        let parents = std::iter::successors(Some(line), |line| Some(&self.lines[line.parent?]));
        let mut keys: Vec<_> = parents.map(|line| line.key).collect();
        keys.reverse();
        keys.join(".")
    }
}

impl<'a> Groups<'a> {
    fn add(&mut self, selected: &'a Selected, on: &'a str) {
        let key = selected.response_key().node.as_str();
        let at = *self.index.entry((key, on)).or_insert_with(|| {
            self.list.push(Group { on, selected, sets: Vec::new() });
            self.list.len() - 1
        });
        self.list[at].sets.push(&selected.selection_set.node);
    }
}

fn const_size(value: &ConstValue) -> Option<u64> {
    match value {
        ConstValue::Number(number) => number.as_u64(),
        ConstValue::List(items) => Some(items.len() as u64),
        _ => None,
    }
}

fn const_items(value: &ConstValue) -> u64 {
    match value {
        ConstValue::List(items) => {
            items.iter().map(const_items).fold(items.len() as u64, u64::saturating_add)
        }
        ConstValue::Object(fields) => fields.values().map(const_items).fold(0, u64::saturating_add),
        _ => 0,
    }
}
