//! The clients of the demo, as whoever started it gets to see them.

use std::fmt::Write;

use entity::api_client::ApiClientKind;
use serde_json::{Value, json};

use crate::auth::{Scope, Scopes, client::Secret};

/// A client with its secret, on the way to whoever started the demo.
#[derive(Debug, Clone)]
pub struct Credential {
    /// On whose behalf it calls.
    pub kind: ApiClientKind,
    /// A district's slug, or a partner's name; none for the platform.
    pub tenant: Option<&'static str>,
    /// What it is for.
    pub name: String,
    /// What it calls itself at `/oauth/token`.
    pub client_id: String,
    /// What it proves itself with.
    pub secret: Secret,
    /// What it may do.
    pub scopes: Scopes,
}

impl Credential {
    /// Its kind, as the command line writes it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            ApiClientKind::District => "district",
            ApiClientKind::Partner => "partner",
            ApiClientKind::Platform => "platform",
        }
    }

    fn names_of_scopes(&self) -> Vec<&'static str> {
        self.scopes.iter().map(Scope::name).collect()
    }
}

/// The credentials for a program, with the address where they are good.
#[must_use]
pub fn to_json(url: &str, credentials: &[Credential]) -> Value {
    let client = |client: &Credential| {
        json!({
            "kind": client.kind_name(),
            "tenant": client.tenant,
            "client_id": client.client_id,
            "client_secret": client.secret.reveal(),
            "scopes": client.names_of_scopes(),
        })
    };
    json!({ "url": url, "clients": credentials.iter().map(client).collect::<Vec<_>>() })
}

/// The credentials for a person.
#[must_use]
pub fn table(credentials: &[Credential]) -> String {
    let names: Vec<_> = credentials.iter().map(|client| client.name.as_str()).collect();
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.chars().count()).max().unwrap_or_default()
    };
    let name = width(&mut names.iter().copied()).max("client".len());
    let id = width(&mut credentials.iter().map(|client| client.client_id.as_str()));
    let mut table = format!("{:name$}  {:id$}  client_secret", "client", "client_id");
    for client in credentials {
        let secret = client.secret.reveal();
        // Writing to a text cannot fail.
        let _ = write!(table, "\n{:name$}  {:id$}  {secret}", client.name, client.client_id);
    }
    table
}

/// A line for a shell that gets a token and asks a first question with it.
#[must_use]
pub fn curl(url: &str, client: &Credential) -> String {
    let (id, secret) = (&client.client_id, client.secret.reveal());
    let token = format!(
        "curl -s -u {id}:{secret} -d grant_type=client_credentials {url}/oauth/token | \
         sed 's/.*\"access_token\": *\"\\([^\"]*\\)\".*/\\1/'"
    );
    let query = "{ students(first: 3) { nodes { givenName familyName gradeLevel \
                 placements(first: 2) { nodes { state startsOn partner { name } } } } } }";
    format!(
        "curl -s {url}/graphql -H 'Content-Type: application/json' \
         -H \"Authorization: Bearer $({token})\" -d '{{\"query\":\"{query}\"}}'"
    )
}
