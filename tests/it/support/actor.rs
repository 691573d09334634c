//! The actors of a test: clients with their tokens, who speak GraphQL over HTTP in process.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use entity::{
    affiliation_agreement::{self, AgreementState},
    api_client::ApiClientKind,
    district::{self, DistrictKind},
    id::{DistrictId, PartnerId},
    partner::{self, PartnerKind},
    status::RecordStatus,
};
use http_body_util::BodyExt;
use pathbridge::auth::{
    Caller, Scope, Scopes, Tenant,
    client::{self, NewClient},
    token,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::TestApp;

/// A client with a token.
#[derive(Clone)]
pub struct Actor {
    router: Router,
    /// Its access token.
    pub token: String,
    /// What the server makes of the token.
    pub caller: Caller,
}

/// An answer to a GraphQL request.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The codes of the top-level errors.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map_or(&[][..], Vec::as_slice);
        errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect()
    }
}

impl Actor {
    /// Sends a document with its variables.
    pub async fn gql(&self, query: &str, variables: Value) -> Answer {
        self.gql_once(query, variables, None).await
    }

    /// Sends a document whose mutation is to be done once under this key.
    pub async fn gql_once(&self, query: &str, variables: Value, key: Option<&str>) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        Answer { status, body: serde_json::from_slice(&bytes).expect("JSON") }
    }

    /// The data of an answer that must hold no error.
    pub async fn ok(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.gql(query, variables).await;
        assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
        assert_eq!(answer.status, StatusCode::OK, "{:#}", answer.body);
        answer.body["data"].take()
    }
}

impl TestApp {
    /// A district of this short name.
    pub async fn district(&self, slug: &str) -> DistrictId {
        let id = self.app.clock.id();
        let now = self.app.clock.now();
        let row = district::ActiveModel {
            id: Set(id),
            slug: Set(slug.to_owned()),
            name: Set(format!("{slug} District")),
            kind: Set(DistrictKind::District),
            identifier: Set(None),
            time_zone: Set("America/Chicago".to_owned()),
            is_sandbox: Set(false),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
        };
        district::Entity::insert(row).exec(self.app.db.writer()).await.expect("a district");
        id
    }

    /// A partner of this name.
    pub async fn partner(&self, name: &str) -> PartnerId {
        let id = self.app.clock.id();
        let now = self.app.clock.now();
        let row = partner::ActiveModel {
            id: Set(id),
            name: Set(name.to_owned()),
            kind: Set(PartnerKind::Employer),
            status: Set(RecordStatus::Active),
            sandbox_id: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
            ..Default::default()
        };
        partner::Entity::insert(row).exec(self.app.db.writer()).await.expect("a partner");
        id
    }

    /// An agreement between the two, in force for a year around today.
    pub async fn affiliate(&self, district: DistrictId, partner: PartnerId) {
        let now = self.app.clock.now();
        let row = affiliation_agreement::ActiveModel {
            id: Set(self.app.clock.id()),
            district_id: Set(district),
            partner_id: Set(partner),
            state: Set(AgreementState::Active),
            starts_on: Set((now - TimeDelta::days(180)).date_naive()),
            ends_on: Set((now + TimeDelta::days(180)).date_naive()),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
            ..Default::default()
        };
        let inserted = affiliation_agreement::Entity::insert(row).exec(self.app.db.writer()).await;
        inserted.expect("an agreement");
    }

    /// A client of this tenant with every scope that its kind may hold.
    pub async fn client(&self, tenant: Tenant) -> Actor {
        let kind = match tenant {
            Tenant::District(_) => ApiClientKind::District,
            Tenant::Partner(_) => ApiClientKind::Partner,
            Tenant::Platform => ApiClientKind::Platform,
        };
        self.client_with(tenant, client::grantable(kind)).await
    }

    /// A client of this tenant that was granted these scopes and no others.
    pub async fn granted(&self, tenant: Tenant, scopes: &[Scope]) -> Actor {
        let scopes = scopes.iter().copied().collect();
        self.register(tenant, Some(scopes), scopes).await
    }

    /// A client of this tenant with every scope, whose token has these.
    pub async fn client_with(&self, tenant: Tenant, scopes: Scopes) -> Actor {
        self.register(tenant, None, scopes).await
    }

    async fn register(&self, tenant: Tenant, granted: Option<Scopes>, scopes: Scopes) -> Actor {
        let (kind, name) = match tenant {
            Tenant::District(id) => (ApiClientKind::District, Some(self.slug(id).await)),
            Tenant::Partner(id) => (ApiClientKind::Partner, Some(pathbridge::typeid::encode(id))),
            Tenant::Platform => (ApiClientKind::Platform, None),
        };
        let new = NewClient {
            kind,
            tenant: name,
            name: "test".to_owned(),
            scopes: granted.unwrap_or_else(|| client::grantable(kind)),
            public_key: None,
        };
        let created = client::create(&self.app, new).await.expect("a client");
        let found = client::find(&self.app, &created.client_id).await.expect("a lookup");
        let token = token::issue(&self.app, &found.expect("the client"), scopes).expect("a token");
        let caller = token::authenticate(&self.app, &token).await.expect("a caller");
        Actor { router: self.router.clone(), token, caller }
    }

    /// The same client with a token of now.
    pub async fn renewed(&self, actor: &Actor) -> Actor {
        let id = pathbridge::typeid::encode(actor.caller.client);
        let found = client::find(&self.app, &id).await.expect("a lookup").expect("the client");
        let token = token::issue(&self.app, &found, actor.caller.scopes).expect("a token");
        let caller = token::authenticate(&self.app, &token).await.expect("a caller");
        Actor { router: self.router.clone(), token, caller }
    }

    /// The client with this secret, after it has asked for a token as any client does.
    pub async fn client_of(&self, client_id: &str, secret: &str) -> Actor {
        let form =
            format!("grant_type=client_credentials&client_id={client_id}&client_secret={secret}");
        let request = Request::post("/oauth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{client_id} gets a token");
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        let body: Value = serde_json::from_slice(&bytes).expect("JSON");
        let token = body["access_token"].as_str().expect("a token").to_owned();
        let caller = token::authenticate(&self.app, &token).await.expect("a caller");
        Actor { router: self.router.clone(), token, caller }
    }

    #[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
    async fn slug(&self, id: DistrictId) -> String {
        let row = district::Entity::find_by_id(id).one(self.app.db.writer()).await;
        row.expect("a lookup").expect("the district").slug
    }
}
