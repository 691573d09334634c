//! The only reader of environment variables.

use std::{env, net::SocketAddr, path::PathBuf, time::Duration};

use chrono::TimeDelta;

/// Schools close for the summer; who was away for it still finds its place.
const CHANGE_RETENTION: TimeDelta = TimeDelta::days(90);

/// How this process is set up. The defaults suit a laptop; see the README's table.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the rows are: `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// A PostgreSQL replica for reads that may lag behind.
    pub database_read_url: Option<String>,
    /// The address to listen on.
    pub bind: SocketAddr,
    /// The address under which clients reach this server; also the issuer of its tokens.
    pub public_url: String,
    /// The folder of the signing keys.
    pub keys: PathBuf,
    /// The longest a request may take.
    pub request_deadline: Duration,
    /// How long changes are kept.
    pub change_retention: TimeDelta,
    /// Whether webhooks may also be posted to this machine itself, by plain http: for development.
    pub webhooks_loopback: bool,
    /// What is logged, in the language of `RUST_LOG`; nothing means the usual.
    pub log_filter: Option<String>,
    /// The collector that gets traces by OTLP over HTTP; nothing means that there are none.
    pub otlp_endpoint: Option<String>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{variable} is `{value}`: {expected}")]
pub struct ConfigError {
    variable: &'static str,
    value: String,
    expected: &'static str,
}

impl Config {
    /// Reads the environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        let bind = variable("PATHBRIDGE_BIND").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let address: SocketAddr = bind.parse().map_err(|_| ConfigError {
            variable: "PATHBRIDGE_BIND",
            value: bind,
            expected: "an address and a port are expected, as 127.0.0.1:8080",
        })?;
        let database = variable("DATABASE_URL");
        Ok(Self {
            database_url: database.unwrap_or_else(|| "sqlite://pathbridge.db?mode=rwc".to_owned()),
            database_read_url: variable("DATABASE_READ_URL"),
            keys: variable("PATHBRIDGE_KEYS").map_or_else(|| PathBuf::from("keys"), PathBuf::from),
            public_url: variable("PATHBRIDGE_PUBLIC_URL").unwrap_or_default(),
            change_retention: change_retention()?,
            webhooks_loopback: webhooks_loopback()?,
            log_filter: variable("RUST_LOG"),
            otlp_endpoint: variable("OTEL_EXPORTER_OTLP_ENDPOINT"),
            ..Self::at(address)
        }
        .with_public_url())
    }

    /// The defaults for a server at this address.
    #[must_use]
    pub fn at(bind: SocketAddr) -> Self {
        Self {
            database_url: "sqlite://pathbridge.db?mode=rwc".to_owned(),
            database_read_url: None,
            bind,
            public_url: String::new(),
            keys: PathBuf::from("keys"),
            request_deadline: Duration::from_secs(10),
            change_retention: CHANGE_RETENTION,
            webhooks_loopback: false,
            log_filter: None,
            otlp_endpoint: None,
        }
        .with_public_url()
    }

    /// The same settings at the address that was really bound, which differs where the port was 0.
    #[must_use]
    pub fn bound_to(mut self, address: SocketAddr) -> Self {
        if self.public_url == Self::at(self.bind).public_url {
            self.public_url.clear();
        }
        self.bind = address;
        self.with_public_url()
    }

    /// Fills in the public address from the bound one, and drops a slash at its end.
    #[must_use]
    pub fn with_public_url(mut self) -> Self {
        if self.public_url.is_empty() {
            self.public_url = format!("http://{}", self.bind);
        }
        let trimmed = self.public_url.trim_end_matches('/').len();
        self.public_url.truncate(trimmed);
        self
    }
}

fn change_retention() -> Result<TimeDelta, ConfigError> {
    let name = "PATHBRIDGE_CHANGE_RETENTION_DAYS";
    let Some(value) = variable(name) else { return Ok(CHANGE_RETENTION) };
    let days = value.parse().ok().filter(|days| (1..=3650).contains(days));
    let expected = "a number of days from 1 to 3650 is expected";
    days.map(TimeDelta::days).ok_or(ConfigError { variable: name, value, expected })
}

fn webhooks_loopback() -> Result<bool, ConfigError> {
    let name = "PATHBRIDGE_WEBHOOKS_LOOPBACK";
    match variable(name).as_deref() {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(other) => {
            let (value, expected) = (other.to_owned(), "1 or 0 is expected");
            Err(ConfigError { variable: name, value, expected })
        }
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
