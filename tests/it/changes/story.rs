//! Mutations performed one after the other, each with what the log must say of it.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::types::OperationType;
use entity::{change_log::ChangeOp, outbox};
use pathbridge::{auth::Tenant, graphql::model::named, typeid};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value as Json, json};

use crate::support::{Actor, TestApp, shape::Shape};

/// A district's client, what it has written so far, and which mutations it used.
pub struct Story<'a> {
    pub app: &'a TestApp,
    pub shape: Shape,
    pub actor: Actor,
    pub performed: BTreeSet<String>,
    told: i64,
}

/// What the log says of one mutation, a line for each change.
pub type Told = Vec<String>;

#[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
pub async fn waiting(app: &TestApp, after: i64) -> Vec<outbox::Model> {
    let rows = outbox::Entity::find().filter(outbox::Column::Seq.gt(after));
    rows.order_by_asc(outbox::Column::Seq).all(app.app.db.writer()).await.expect("the queue")
}

/// The changed fields of a change.
pub fn fields(change: &outbox::Model) -> BTreeSet<String> {
    serde_json::from_str(&change.changed_fields).expect("a list of names")
}

impl<'a> Story<'a> {
    pub async fn begin(app: &'a TestApp, tenant: Tenant) -> Self {
        let actor = app.client(tenant).await;
        let told = waiting(app, 0).await.last().map_or(0, |change| change.seq);
        Self { app, shape: Shape::read(), actor, performed: BTreeSet::new(), told }
    }

    /// Performs a mutation, which must succeed, and holds the log against what it should say; gives
    /// the id of the row. Sent again under the same key it must answer the same and tell nothing.
    pub async fn perform(&mut self, name: &str, arguments: Json, expected: &[&str]) -> String {
        let key = format!("{name} {}", self.told);
        let (row, first) = self.send_once(name, arguments.clone(), &key).await;
        assert_eq!(first, Json::Null, "{name} is done for the first time");
        let (again, replay) = self.send_once(name, arguments, &key).await;
        assert_eq!(again, row, "{name} again");
        assert_eq!(replay[0]["field"], json!(name));
        assert_eq!((&replay[0]["key"], &replay[0]["replayed"]), (&json!(key), &json!(true)));
        let changes = waiting(self.app, self.told).await;
        self.told = changes.last().map_or(self.told, |change| change.seq);
        // What the mutation moves in other tenants' views is another story.
        let own = changes.iter().filter(|change| change.audience_id.is_none());
        let mut told: Told = own.map(line).collect();
        told.sort();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        expected.sort();
        assert_eq!(told, expected, "{name}");
        self.is_one_transaction(name, &changes);
        let id = row["id"].as_str().unwrap_or_else(|| panic!("{name} gives a row")).to_owned();
        let of_row = changes.iter().rfind(|one| global(one) == id);
        let of_row = of_row.unwrap_or_else(|| panic!("{name} tells of {id}"));
        assert_eq!(row["version"], json!(of_row.version.to_string()), "{name}");
        self.performed.insert(name.to_owned());
        id
    }

    /// Goes on behind what was told meanwhile by others.
    pub async fn skip(&mut self) {
        let last = waiting(self.app, self.told).await.last().map(|change| change.seq);
        self.told = last.unwrap_or(self.told);
    }

    /// Sends a mutation and gives the row of its payload, or what it says of its refusal.
    pub async fn send(&self, name: &str, arguments: Json) -> Json {
        let (document, variables) = self.document(name, &arguments);
        answered(name, self.actor.ok(&document, variables).await)
    }

    /// Sends a mutation under a key; gives its row, and what the answer says of an earlier one.
    async fn send_once(&self, name: &str, arguments: Json, key: &str) -> (Json, Json) {
        let (document, variables) = self.document(name, &arguments);
        let mut answer = self.actor.gql_once(&document, variables, Some(key)).await.body;
        assert!(answer.get("errors").is_none(), "{name}: {answer:#}");
        (answered(name, answer["data"].take()), answer["extensions"]["idempotency"].take())
    }

    /// The document of a mutation that asks for the row and the refusals, and its variables.
    fn document(&self, name: &str, arguments: &Json) -> (String, Json) {
        let field = self.shape.roots(OperationType::Mutation)[name];
        let payload = named(&field.ty);
        let row = |on: &str| {
            let fields = self.shape.fields(on).into_iter();
            let mut stored = fields.filter(|(_, field)| self.shape.is_stored(named(&field.ty)));
            stored.next().map(|(name, _)| name.to_owned())
        };
        let errors = "userErrors { code path message }";
        let selection = if let Some(row) = row(payload) {
            format!("{{ row: {row} {{ id version }} {errors} }}")
        } else {
            let result = named(&self.shape.fields(payload)["results"].ty).to_owned();
            let row = row(&result).expect("a result has a row");
            format!("{{ results {{ row: {row} {{ id version }} {errors} }} }}")
        };
        let arguments = arguments.as_object().expect("arguments").clone();
        self.shape.call(OperationType::Mutation, name, &arguments, &selection)
    }

    fn is_one_transaction(&self, name: &str, changes: &[outbox::Model]) {
        for (at, change) in changes.iter().enumerate() {
            assert_eq!(change.transaction_id, changes[0].transaction_id, "{name}");
            assert_eq!(change.index_in_transaction, i32::try_from(at).expect("few"), "{name}");
            assert_eq!(change.is_last, at + 1 == changes.len(), "{name}");
            assert_eq!(change.client_id, self.actor.caller.client, "{name}");
            assert!(change.request_id.as_ref().is_some_and(|id| id.len() > 8), "{name}");
            let kind = self.type_of(&change.kind);
            let known = self.shape.fields(&kind);
            for field in fields(change) {
                assert!(known.contains_key(field.as_str()), "{name}: {kind} has no field {field}");
            }
        }
    }

    /// The type behind a prefix.
    fn type_of(&self, prefix: &str) -> String {
        let known = BTreeMap::from([
            ("session", "AcademicSession"),
            ("assessment", "InterestAssessment"),
            ("survey", "CareerSurvey"),
            ("question", "CareerSurveyQuestion"),
            ("response", "CareerSurveyResponse"),
            ("exposure", "CareerExposure"),
            ("goal", "CareerGoal"),
            ("pathcourse", "PathwayCourse"),
            ("credential", "PathwayCredential"),
            ("participation", "PathwayEnrollment"),
            ("definition", "PathwayDefinition"),
            ("preference", "PlacementPreference"),
            ("matching", "MatchRun"),
            ("site", "PartnerSite"),
            ("contact", "PartnerContact"),
            ("affiliation", "AffiliationAgreement"),
            ("hours", "TimeEntry"),
            ("webhook", "WebhookEndpoint"),
        ]);
        let same = |name: &&String| name.to_lowercase() == prefix;
        let stored = self.shape.stored().iter().find(same).map(String::as_str);
        known.get(prefix).copied().or(stored).expect("a stored type").to_owned()
    }
}

/// The row that a mutation answered with; nothing may have been refused.
fn answered(name: &str, mut data: Json) -> Json {
    let mut answer = data[name].take();
    let mut one = if answer["results"].is_array() { answer["results"][0].take() } else { answer };
    assert_eq!(one["userErrors"], json!([]), "{name}");
    one["row"].take()
}

/// The global id of a changed row.
pub fn global(change: &outbox::Model) -> String {
    typeid::with_prefix(&change.kind, change.entity_id)
}

/// A change as one line: what happened, to what, which fields.
fn line(change: &outbox::Model) -> String {
    let op: ChangeOp = change.op;
    let fields: Vec<_> = fields(change).into_iter().collect();
    format!("{} {} {}", op.to_value(), change.kind, fields.join(",")).trim_end().to_owned()
}

/// A row of a batch under a key of the information system.
pub fn row(noun: &str, key: &str, fields: &Json) -> Json {
    let key = json!({ "externalId": { "system": "sis", "value": key } });
    json!({ "input": [{ "key": key, noun: fields }] })
}

/// A change of one row.
pub fn change(id: &str, fields: &Json) -> Json {
    json!({ "id": id, "input": fields })
}
