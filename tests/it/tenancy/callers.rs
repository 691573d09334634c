//! Two districts, two partners, and who may see what of them.

use std::{collections::BTreeMap, sync::Mutex};

use pathbridge::auth::{Scopes, Tenant};
use serde_json::json;

use super::watch::{Seen, Watched};
use crate::support::{
    Actor, TestApp,
    seed::{self, Row, Side},
    shape::Shape,
};

/// What a partner sees of a district beside what its own slice of the schema holds.
const BANK: [&str; 2] = ["partner", "site"];
/// What belongs to nobody and is seen by everybody.
pub const PUBLIC: [&str; 3] = ["release", "occupation", "cluster"];
/// What a district keeps to itself, whoever takes its students.
const KEPT: [&str; 21] = [
    "school",
    "session",
    "guardian",
    "guardianship",
    "course",
    "class",
    "enrollment",
    "assessment",
    "survey",
    "question",
    "response",
    "exposure",
    "goal",
    "pathway",
    "pathcourse",
    "credential",
    "participation",
    "definition",
    "preference",
    "matching",
    "match",
];

/// Both sides of the wall, and clients on each.
pub struct World {
    pub shape: Shape,
    pub a: Side,
    pub b: Side,
    sis_of_a: Actor,
    portal_of_p: Actor,
    sis_of_b: Actor,
    portal_of_q: Actor,
    nobody: Actor,
    types: BTreeMap<&'static str, String>,
}

impl World {
    /// District A with partner P, district B with partner Q.
    pub async fn new(app: &TestApp) -> Self {
        let (a, b) = (seed::side(app, "a").await, seed::side(app, "b").await);
        let operator = app.client(Tenant::Platform).await;
        let shape = Shape::read();
        let types = types(&shape, &operator, &a).await;
        let sis_of_a = app.client(Tenant::District(a.district)).await;
        let sis_of_b = app.client(Tenant::District(b.district)).await;
        a.hand_jobs_to(app, &sis_of_a).await;
        b.hand_jobs_to(app, &sis_of_b).await;
        Self {
            sis_of_a,
            portal_of_p: app.client(Tenant::Partner(a.partner)).await,
            sis_of_b,
            portal_of_q: app.client(Tenant::Partner(b.partner)).await,
            nobody: app.client_with(Tenant::District(a.district), Scopes::default()).await,
            shape,
            a,
            b,
            types,
        }
    }

    /// The student information system of district A.
    pub fn sis_of_a(&self) -> Watched<'_> {
        self.watched("SIS of A", &self.sis_of_a, &self.a, of_others(&self.b), bank(&self.b))
    }

    /// The portal of partner P.
    pub fn portal_of_p(&self) -> Watched<'_> {
        let hidden = self.b.rows.iter().cloned().chain(self.hidden_from_p());
        let mut shown = self.a.only(&["district", "student", "staff"]);
        shown.extend(self.b.only(&PUBLIC));
        self.watched("portal of P", &self.portal_of_p, &self.a, hidden.collect(), shown)
    }

    /// A client of district A whose token carries no scope.
    pub fn nobody(&self) -> Watched<'_> {
        // Its own district's id is no secret to it: `viewer` tells it.
        let others =
            self.a.rows.iter().chain(&self.b.rows).filter(|row| row.key != self.a.district.0);
        let all = others.cloned().collect();
        self.watched("nobody", &self.nobody, &self.a, all, Vec::new())
    }

    /// Those who may see what is hidden from the others.
    pub fn owners_of_b(&self) -> [Watched<'_>; 2] {
        [
            self.watched("SIS of B", &self.sis_of_b, &self.b, of_others(&self.a), bank(&self.a)),
            self.watched("portal of Q", &self.portal_of_q, &self.b, self.a.rows.clone(), vec![]),
        ]
    }

    /// What district A does not show to its partner: the roster, a student who is not placed, and
    /// staff who coordinate nothing.
    fn hidden_from_p(&self) -> Vec<Row> {
        let unplaced = [self.a.row("student", 2), self.a.row("staff", 2)];
        self.a.only(&KEPT).into_iter().chain(unplaced.into_iter().cloned()).collect()
    }

    fn watched<'a>(
        &'a self,
        name: &'static str,
        actor: &Actor,
        side: &Side,
        mut hidden: Vec<Row>,
        kept: Vec<Row>,
    ) -> Watched<'a> {
        hidden.retain(|row| !PUBLIC.contains(&row.prefix));
        let is_hidden = |row: &&Row| hidden.iter().any(|hidden| hidden.key == row.key);
        let own = side.rows.iter().filter(|row| name == "nobody" || !is_hidden(row));
        Watched {
            shape: &self.shape,
            name,
            actor: actor.clone(),
            own: own.cloned().collect(),
            hidden,
            kept,
            types: self.types.clone(),
            seen: Mutex::new(Seen::default()),
        }
    }
}

/// What a district must not see of the other side: all but the bank of partners, which is shared.
fn of_others(side: &Side) -> Vec<Row> {
    let shared = bank(side);
    let is_shared = |row: &Row| shared.iter().any(|shared| shared.key == row.key);
    side.rows.iter().filter(|row| !is_shared(row)).cloned().collect()
}

/// What every district sees of a partner: who it is, where, and what it offers; and what all see.
fn bank(side: &Side) -> Vec<Row> {
    let shared = [&BANK[..], &PUBLIC[..]].concat();
    side.only(&shared).into_iter().chain([side.row("opportunity", 1).clone()]).collect()
}

/// The type behind each prefix, as the schema tells it; every stored type must have a row.
async fn types(shape: &Shape, operator: &Actor, side: &Side) -> BTreeMap<&'static str, String> {
    let mut types = BTreeMap::new();
    for row in &side.rows {
        let document = "query($id: ID!) { node(id: $id) { __typename } }";
        let answer = operator.gql(document, json!({ "id": row.id() })).await;
        if let Some(name) = answer.body["data"]["node"]["__typename"].as_str() {
            types.insert(row.prefix, name.to_owned());
        }
    }
    for stored in shape.stored() {
        let has_row = types.values().any(|name| name == stored);
        assert!(has_row, "{stored} has no row in tests/it/support/seed: give it one on each side");
    }
    types
}
