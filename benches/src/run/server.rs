//! A server that is measured: started, asked once, ended.

use std::{
    fs::{self, File},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::pathbridge::Credential;

/// How long a server may take to listen.
const START: Duration = Duration::from_mins(1);

/// A running server; ended when dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    pid: u32,
    http: reqwest::Client,
    /// Its address, up to the port.
    pub(super) url: String,
    /// The token that it wants to see.
    pub(super) token: Option<String>,
}

impl Server {
    /// Starts a server that says on its standard output where it listens.
    pub(super) async fn start(mut command: Command, log: &Path) -> anyhow::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(log)?);
        let mut child = command.kill_on_drop(true).spawn()?;
        let output = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(output).lines();
        let listening = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(url) = address(&line) {
                    return Ok(url);
                }
            }
            bail!("it ended: {}", fs::read_to_string(log)?)
        };
        let url = timeout(START, listening).await.context("it does not listen")??;
        // Whatever else it has to say must not fill the pipe and stop it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let pid = child.id().context("it ended")?;
        let http = reqwest::Client::builder().timeout(START).build()?;
        Ok(Self { child, pid, http, url, token: None })
    }

    /// Takes a token for what follows.
    pub(super) async fn sign_in(&mut self, credential: &Credential) -> anyhow::Result<()> {
        let request = self
            .http
            .post(format!("{}/oauth/token", self.url))
            .basic_auth(&credential.client_id, Some(&credential.client_secret))
            .form(&[("grant_type", "client_credentials")]);
        let answer: Value = request.send().await?.error_for_status()?.json().await?;
        let token = answer["access_token"].as_str().context("no token was given")?;
        self.token = Some(token.to_owned());
        Ok(())
    }

    /// The answer to one request body; errors in it are errors.
    pub(super) async fn ask(&self, body: &str) -> anyhow::Result<Value> {
        let mut request = self.http.post(format!("{}/graphql", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let request = request.header("Content-Type", "application/json").body(body.to_owned());
        let answer: Value = request.send().await?.json().await?;
        ensure!(answer.get("errors").is_none() && answer["data"].is_object(), "{answer}");
        Ok(answer)
    }

    /// How many bytes a file of it has; the file is read to its end.
    pub(super) async fn fetch(&self, url: &str) -> anyhow::Result<u64> {
        let path = url.find("/bulk/").map(|at| &url[at..]).context("no path")?;
        let mut request = self.http.get(format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let mut answer = request.send().await?.error_for_status()?;
        let mut bytes = 0;
        while let Some(piece) = answer.chunk().await? {
            bytes += piece.len() as u64;
        }
        Ok(bytes)
    }

    /// Its process.
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Ends it and waits until it is gone.
    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// The address in a line that tells it, without a path.
fn address(line: &str) -> Option<String> {
    const SCHEME: &str = "http://";
    let rest = &line[line.find(SCHEME)? + SCHEME.len()..];
    let host = rest.split(|c: char| c == '/' || c.is_whitespace()).next()?;
    Some(format!("{SCHEME}{host}"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_what_servers_say() {
        let said = "Server listening on port 5678 at http://127.0.0.1:5678/graphql";
        assert_eq!(address(said).as_deref(), Some("http://127.0.0.1:5678"));
        let said = "listening on http://127.0.0.1:8080";
        assert_eq!(address(said).as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(address("starting"), None);
    }
}
