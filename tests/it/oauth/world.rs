//! A database, keys, a clock that moves by hand, and replicas of the server on them.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    api_client::ApiClientKind,
    district::{self, DistrictKind},
    id::DistrictId,
    partner::{self, PartnerKind},
    status::RecordStatus,
};
use http_body_util::BodyExt;
use pathbridge::{
    app::App,
    auth::{
        Keys, Scopes,
        client::{self, NewClient},
    },
    clock::{Clock, Source},
    config::Config,
    http::oauth,
    store::Db,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

pub const ISSUER: &str = "https://pathbridge.test";

/// The time, moved by the test.
#[derive(Clone)]
pub struct Time(Arc<Mutex<DateTime<Utc>>>);

impl Time {
    pub fn pass(&self, delta: TimeDelta) {
        *self.0.lock().unwrap() += delta;
    }
}

impl Source for Time {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).unwrap();
    }
}

/// One server and what it stands on.
pub struct World {
    pub app: App,
    pub time: Time,
    folder: TempDir,
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    /// The error code and its description.
    pub fn error(&self) -> (u16, &str, &str) {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        (self.status.as_u16(), text("error"), text("error_description"))
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn token(&self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body["access_token"].as_str().unwrap().to_owned()
    }
}

/// A client and its secret.
pub struct Known {
    pub id: String,
    pub secret: String,
}

impl Known {
    pub fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.id, self.secret)))
    }
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Far from today: whoever asked the machine's clock would find every token expired.
        let start = DateTime::parse_from_rfc3339("2024-02-29T08:00:00.250Z").unwrap();
        let time = Time(Arc::new(Mutex::new(start.to_utc())));
        let app = start_app(folder.path(), &time).await;
        migration::up(app.db.writer()).await.unwrap();
        Self { app, time, folder }
    }

    /// Another process on the same database and the same keys.
    pub async fn replica(&self) -> App {
        start_app(self.folder.path(), &self.time).await
    }

    pub fn keys(&self) -> std::path::PathBuf {
        self.folder.path().join("keys")
    }

    pub async fn register(&self, new: NewClient) -> Known {
        let created = client::create(&self.app, new).await.unwrap();
        let secret = created.secret.map(|secret| secret.reveal().to_owned()).unwrap_or_default();
        Known { id: created.client_id, secret }
    }

    pub async fn platform(&self, scopes: &str) -> Known {
        self.register(new_client(ApiClientKind::Platform, None, scopes)).await
    }

    pub async fn district(&self, slug: &str) -> DistrictId {
        let id = self.app.clock.id();
        let now = self.app.clock.now();
        let row = district::ActiveModel {
            id: Set(id),
            slug: Set(slug.to_owned()),
            name: Set(slug.to_owned()),
            kind: Set(DistrictKind::District),
            identifier: Set(None),
            time_zone: Set("America/Denver".to_owned()),
            is_sandbox: Set(false),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
        };
        district::Entity::insert(row).exec(self.app.db.writer()).await.unwrap();
        id
    }

    pub async fn partner(&self, name: &str) -> entity::id::PartnerId {
        let id = self.app.clock.id();
        let now = self.app.clock.now();
        let row = partner::ActiveModel {
            id: Set(id),
            name: Set(name.to_owned()),
            kind: Set(PartnerKind::Clinic),
            naics: Set(None),
            website: Set(None),
            description: Set(None),
            status: Set(RecordStatus::Active),
            sandbox_id: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
        };
        partner::Entity::insert(row).exec(self.app.db.writer()).await.unwrap();
        id
    }

    /// A token by `client_secret_basic`.
    pub async fn token_of(&self, client: &Known) -> String {
        let grant = [("grant_type", "client_credentials")];
        post(&self.app, "/oauth/token", Some(&client.basic()), &grant).await.token()
    }
}

pub fn new_client(kind: ApiClientKind, tenant: Option<&str>, scopes: &str) -> NewClient {
    NewClient {
        kind,
        tenant: tenant.map(str::to_owned),
        name: "Nightly sync".to_owned(),
        scopes: Scopes::parse(scopes).unwrap(),
        public_key: None,
    }
}

async fn start_app(folder: &Path, time: &Time) -> App {
    let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
    let db = Db::connect(&url, None).await.unwrap();
    let mut config = Config::at(([127, 0, 0, 1], 8080).into());
    ISSUER.clone_into(&mut config.public_url);
    config.keys = folder.join("keys");
    let clock = Clock::new(time.clone());
    let keys = Keys::load_or_create(&config.keys, &clock).unwrap();
    App::new(db, config, clock, keys)
}

/// A form post to one endpoint.
pub async fn post(
    app: &App,
    path: &str,
    authorization: Option<&str>,
    form: &[(&str, &str)],
) -> Reply {
    let body: Vec<_> =
        form.iter().map(|(name, value)| format!("{name}={}", quote(value))).collect();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.join("&")))
        .unwrap();
    let (mut parts, body) = request.into_parts();
    if let Some(authorization) = authorization {
        parts.headers.insert(header::AUTHORIZATION, authorization.parse().unwrap());
    }
    send(app, Request::from_parts(parts, body)).await
}

pub async fn send(app: &App, request: Request<Body>) -> Reply {
    let router: Router = oauth::routes().with_state(app.clone());
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Reply { status: parts.status, headers: parts.headers, body }
}

/// Form encoding of a value, of every byte that might mean something.
pub fn quote(text: &str) -> String {
    let quoted = text.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    quoted.collect()
}
