//! `pathbridge client list`.

use std::collections::HashMap;

use chrono::SecondsFormat;
use clap::Args;
use entity::api_client::ApiClientState;
use pathbridge::{
    app::App,
    auth::{
        Client, Tenant,
        client::{self, tenant_names},
    },
};
use serde_json::{Value, json};

use crate::cli::{output, problem::explain};

/// How to list them.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Prints every client, the oldest first.
pub async fn run(app: &App, arguments: Arguments) -> anyhow::Result<()> {
    let clients = client::list(app).await.map_err(explain)?;
    let tenants = tenant_names(app, &clients).await.map_err(explain)?;
    if arguments.json {
        let clients = clients.iter().map(|client| value(client, &tenants)).collect();
        output::json(&Value::Array(clients))?;
        return Ok(());
    }
    let heading = ["CLIENT_ID", "STATE", "KIND", "TENANT", "LAST USED", "NAME", "SCOPES"];
    let mut rows = vec![heading.map(str::to_owned)];
    rows.extend(clients.iter().map(|client| row(client, &tenants)));
    for line in aligned(&rows) {
        output::line(&line)?;
    }
    Ok(())
}

fn state(client: &Client) -> &'static str {
    match client.state {
        ApiClientState::Active => "active",
        ApiClientState::Revoked => "revoked",
    }
}

fn value(client: &Client, tenants: &HashMap<Tenant, String>) -> Value {
    json!({
        "client_id": client.client_id(),
        "state": state(client),
        "kind": super::kind_of(client.tenant),
        "tenant": tenants.get(&client.tenant),
        "name": client.name,
        "scopes": super::names(client.scopes),
        "credential": if client.has_key() { "public_key" } else { "secret" },
        "created_at": client.created_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "last_used_at": client
            .last_used_at
            .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
    })
}

fn row(client: &Client, tenants: &HashMap<Tenant, String>) -> [String; 7] {
    let tenant = tenants.get(&client.tenant).map_or("-", String::as_str);
    let used = client.last_used_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    [
        client.client_id(),
        state(client).to_owned(),
        super::kind_of(client.tenant).to_owned(),
        tenant.to_owned(),
        used.unwrap_or_else(|| "never".to_owned()),
        client.name.clone(),
        client.scopes.to_string(),
    ]
}

/// The rows with their columns one below the other.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; COLUMNS] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let line = |row: &[String; COLUMNS]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_stand_one_below_the_other() {
        let rows = [["a", "b"], ["long", "c"]].map(|row| row.map(str::to_owned));
        assert_eq!(super::aligned(&rows), ["a     b", "long  c"]);
    }
}
