//! A caller that asks everything it may.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::types::OperationType;
use pathbridge::graphql::model::{Field, Kind, is_list, named};
use serde_json::{Value as Json, json};

use super::{
    explain::Plans,
    questions::{Question, filters, sorts},
};
use crate::support::{
    Actor, TestApp,
    shape::{Reach, Shape},
};

/// A caller and, for each type, values of fields that it sees.
pub struct Asking<'a> {
    test: &'a TestApp,
    shape: &'a Shape,
    name: &'static str,
    actor: Actor,
    /// By type and field: values of rows in the middle of the first page.
    samples: BTreeMap<String, BTreeMap<String, Vec<Json>>>,
}

impl<'a> Asking<'a> {
    /// Looks at the first page of each list.
    pub async fn new(
        test: &'a TestApp,
        shape: &'a Shape,
        name: &'static str,
        actor: Actor,
    ) -> Self {
        let mut asking = Self { test, shape, name, actor, samples: BTreeMap::new() };
        for (list, kind) in asking.lists() {
            let values = asking.look(list, None, &kind).await;
            asking.samples.insert(kind, values);
        }
        for (list, edge, kind) in asking.hidden_lists() {
            let values = asking.look(list, Some(edge), &kind).await;
            asking.samples.insert(kind, values);
        }
        asking
    }

    /// Lists of what has no list of the root: the list above, the edge and the type.
    fn hidden_lists(&self) -> Vec<(&'a str, &'a str, String)> {
        let mut found = Vec::new();
        for (list, above) in self.lists() {
            for (edge, field) in self.shape.fields(&above) {
                let target = self.shape.target(&field.ty).filter(|_| is_paged(field));
                let target = target.filter(|kind| self.may(kind) && !self.is_listed(kind));
                found.extend(target.map(|kind| (list, edge, kind)));
            }
        }
        found
    }

    fn is_listed(&self, kind: &str) -> bool {
        self.lists().iter().any(|(_, listed)| listed == kind)
    }

    /// The lists of the root that the caller may ask for, with the types in them.
    fn lists(&self) -> Vec<(&'a str, String)> {
        let roots = self.shape.roots(OperationType::Query);
        let list = |(name, field): (&'a str, &'a Field)| {
            let kind = self.shape.target(&field.ty)?;
            (is_paged(field) && self.may(&kind)).then_some((name, kind))
        };
        roots.into_iter().filter_map(list).collect()
    }

    fn may(&self, kind: &str) -> bool {
        self.shape.scope(kind).is_none_or(|scope| self.actor.caller.scopes.contains(scope))
    }

    /// Values of everything that the type can be filtered by.
    async fn look(
        &self,
        list: &str,
        edge: Option<&str>,
        kind: &str,
    ) -> BTreeMap<String, Vec<Json>> {
        let fields = self.shape.filtered(kind);
        let paths: Vec<_> = fields.iter().map(|field| (field, self.path(kind, field))).collect();
        let selection: BTreeSet<String> =
            paths.iter().map(|(_, (asked, _))| asked.clone()).collect();
        let selection = selection.into_iter().collect::<Vec<_>>().join(" ");
        let below = match edge {
            None => format!("id {selection}"),
            Some(edge) => format!("{edge}(first: 2) {{ nodes {{ id {selection} }} }}"),
        };
        let document = format!("{{ {list}(first: 50) {{ nodes {{ {below} }} }} }}");
        let found = self.actor.ok(&document, json!({})).await;
        let rows = found[list]["nodes"].as_array().expect("a list").iter();
        let rows: Vec<&Json> = match edge {
            None => rows.collect(),
            Some(edge) => rows.filter_map(|row| row[edge]["nodes"].as_array()).flatten().collect(),
        };
        let middle = rows.len() / 2;
        let values = |pointer: &str| {
            let in_turn = rows[middle..].iter().chain(&rows[..middle]);
            let given = in_turn.filter_map(|row| row.pointer(pointer)).filter(|one| !one.is_null());
            given.take(2).cloned().collect::<Vec<_>>()
        };
        paths.iter().map(|(field, (_, at))| ((*field).clone(), values(at))).collect()
    }

    /// How the value that a filter compares is asked for, and where it stands in the answer: a field
    /// of the same name, on the object itself or behind one of its edges.
    fn path(&self, kind: &str, filter: &str) -> (String, String) {
        let near = self.shape.fields(kind);
        // What stands in a list is found at its head.
        let several = format!("{filter}s");
        if !near.contains_key(filter)
            && near.get(several.as_str()).is_some_and(|field| is_list(&field.ty))
        {
            return (format!("{several} {{ id }}"), format!("/{several}/0/id"));
        }
        if let Some(field) = near.get(filter) {
            return if self.shape.is_stored(named(&field.ty)) {
                (format!("{filter} {{ id }}"), format!("/{filter}/id"))
            } else {
                (filter.to_owned(), format!("/{filter}"))
            };
        }
        let leads_there = |(_, field): &(&&str, &&Field)| {
            let beyond = self.shape.fields(named(&field.ty));
            let is_there =
                beyond.get(filter).is_some_and(|far| self.shape.is_stored(named(&far.ty)));
            is_there && !is_list(&field.ty)
        };
        let (edge, _) = near.iter().find(leads_there).unwrap_or_else(|| {
            panic!("nothing near {kind} shows what `{filter}` of {kind}Where compares")
        });
        (format!("{edge} {{ {filter} {{ id }} }}"), format!("/{edge}/{filter}/id"))
    }

    /// Every question, each explained.
    pub async fn ask_everything(&self, plans: &mut Plans<'_>) {
        for (list, kind) in self.lists() {
            let root = self.shape.roots(OperationType::Query)[list];
            let sample = &self.samples[&kind];
            let filtered = filters(self.shape, root, sample);
            for question in [Question::default()].into_iter().chain(filtered) {
                let document = question.document(|body| format!("{list}{body}"), 50);
                self.ask(plans, &format!("{list}{question}"), &document, &question).await;
            }
            self.walk(plans, list, root).await;
            for (name, field) in self.shape.fields(&kind) {
                self.ask_edge(plans, list, &kind, name, field).await;
            }
        }
        self.ask_for_one(plans).await;
    }

    /// An edge of the objects of a list. Below a parent its own index leads to the rows, so that a
    /// filter can only drop some of them, and only the sorts are asked.
    async fn ask_edge(
        &self,
        plans: &mut Plans<'_>,
        list: &str,
        kind: &str,
        name: &str,
        field: &Field,
    ) {
        let scopes = self.actor.caller.scopes;
        let target = self.shape.target(&field.ty);
        let needed = [field.scope, target.as_deref().and_then(|to| self.shape.scope(to))];
        let is_edge = matches!(self.shape.model.kind(named(&field.ty)), Some(Kind::Composite(_)));
        if !is_edge || !needed.into_iter().flatten().all(|scope| scopes.contains(scope)) {
            return;
        }
        let Some(target) = target.filter(|_| is_paged(field)) else {
            let reach = Reach { edges: 0, page: 5, scopes, is_thin: true };
            let edge = self.shape.edge(kind, name, reach);
            let document = format!("{{ {list}(first: 20) {{ nodes {{ {edge} }} }} }}");
            self.ask(plans, &format!("{list}.{name}"), &document, &Question::default()).await;
            return;
        };
        let mut asked = vec![Question::default()];
        asked.extend(sorts(self.shape, field));
        if !self.is_listed(&target) {
            asked.extend(filters(self.shape, field, &self.samples[&target]));
        }
        for mut question in asked {
            let around = |body| format!("{list}(first: 20) {{ nodes {{ {name}{body} }} }}");
            let document = question.document(around, 5);
            // The rows of several parents are put in order parent by parent.
            question.is_sort = false;
            self.ask(plans, &format!("{list}.{name}{question}"), &document, &question).await;
        }
    }

    /// The end of the list in each order, and from there one page back and one page on.
    async fn walk(&self, plans: &mut Plans<'_>, list: &str, field: &Field) {
        for sort in [Question::default()].into_iter().chain(sorts(self.shape, field)) {
            let end = sort.paged("last: 250");
            let document = end.document(|body| format!("{list}{body}"), 50);
            let found = self.ask(plans, &format!("{list}{end}"), &document, &end).await;
            let cursor = found[list]["pageInfo"]["startCursor"].clone();
            for page in ["first: 50, after: $at", "last: 50, before: $at"] {
                let page = sort.paged(page).at(cursor.clone());
                let document = page.document(|body| format!("{list}{body}"), 50);
                self.ask(plans, &format!("{list}{page}"), &document, &page).await;
            }
        }
    }

    /// The fields of the root that answer one object.
    async fn ask_for_one(&self, plans: &mut Plans<'_>) {
        for (name, field) in self.shape.roots(OperationType::Query) {
            let Some(kind) = self.shape.target(&field.ty).filter(|kind| self.may(kind)) else {
                continue;
            };
            let known = self.samples.get(&kind).and_then(|sample| sample.get("id"));
            let Some(id) = known.and_then(|ids| ids.first()) else { continue };
            let by_id = json!({ "id": id });
            let other = json!({ "externalId": { "system": "sis", "value": "70" } });
            let keys: &[(&str, Json)] = match field.arguments.as_slice() {
                [one] if one.name == "id" => &[("$id: ID!) { NAME(id: $id)", by_id)],
                [one] if one.name == "key" => &[
                    ("$key: KeyInput!) { NAME(key: $key)", json!({ "key": by_id })),
                    ("$key: KeyInput!) { NAME(key: $key)", json!({ "key": other })),
                ],
                _ => continue,
            };
            for (call, variables) in keys {
                let document = format!("query({} {{ id }} }}", call.replace("NAME", name));
                let question = Question::of_one(variables.clone());
                self.ask(plans, name, &document, &question).await;
            }
        }
    }

    async fn ask(
        &self,
        plans: &mut Plans<'_>,
        what: &str,
        document: &str,
        question: &Question,
    ) -> Json {
        let before = self.test.app.db.statements();
        self.test.heard.listen();
        let data = self.actor.ok(document, question.variables.clone()).await;
        let told = self.test.heard.told();
        let counted = self.test.app.db.statements() - before;
        assert!(told.len() as u64 >= counted, "{counted} statements, {} heard", told.len());
        let what = format!("{} asks {what}", self.name);
        for statement in told {
            plans.explain(&what, question.is_sort, statement).await;
        }
        data
    }
}

fn is_paged(field: &Field) -> bool {
    field.arguments.iter().any(|argument| argument.name == "first")
}
