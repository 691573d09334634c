//! Servers on one database that are killed and started again, and who asks them.

use std::{
    env,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use pathbridge::store::Backend;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value as Json, json};
use tokio::task::JoinHandle;

use crate::{
    binary::command::{Installation, Server},
    support::TestDatabase,
};

/// Nobody tries longer than that after the last server has come up.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Tokens are good at all servers of this name, and receivers of webhooks are on this machine.
const SETTINGS: [(&str, &str); 2] =
    [("PATHBRIDGE_PUBLIC_URL", "http://pathbridge.example"), ("PATHBRIDGE_WEBHOOKS_LOOPBACK", "1")];

/// The servers as they are at the moment, and who asks them.
#[derive(Clone)]
pub struct Fleet {
    addresses: Arc<Mutex<Vec<String>>>,
    http: reqwest::Client,
    token: String,
}

impl Fleet {
    /// Asks one server after the other until one answers with data.
    pub async fn ask(&self, turn: usize, query: &str, variables: &Json) -> Json {
        let since = Instant::now();
        let mut refused = Json::Null;
        for attempt in 0.. {
            let address = {
                let known = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
                known[(turn + attempt) % known.len()].clone()
            };
            let request = self.http.post(format!("http://{address}/graphql"));
            let request = request.bearer_auth(&self.token);
            let sent = request.json(&json!({ "query": query, "variables": variables })).send();
            if let Ok(answer) = sent.await
                && let Ok(mut answer) = answer.json::<Json>().await
            {
                if answer.get("errors").is_none() {
                    return answer["data"].take();
                }
                refused = answer;
            }
            assert!(since.elapsed() < PATIENCE, "no server answers with data; one said {refused}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        unreachable!("it asks for ever")
    }

    /// A request to the first server.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = self.addresses.lock().unwrap_or_else(PoisonError::into_inner)[0].clone();
        let request = self.http.request(method, format!("http://{address}{path}"));
        request.bearer_auth(&self.token).timeout(PATIENCE)
    }
}

/// Servers that nobody has killed yet.
pub struct Stage {
    installation: Installation,
    servers: Vec<Server>,
    pub fleet: Fleet,
}

impl Stage {
    /// Starts so many servers on one database. They are killed once [`Stage::begin`] is called.
    pub async fn set(backend: Backend, replicas: usize) -> Self {
        let installation = Installation::new(TestDatabase::new(backend).await);
        installation.run(&["district", "create", "--slug", "north", "--name", "North"]).done();
        let create = ["client", "create", "--kind", "district", "--tenant", "north"];
        let create = [&create[..], &["--scopes", "all", "--json"]].concat();
        let client: Json = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
        let servers: Vec<_> =
            (0..replicas).map(|_| installation.serve_with(&["serve"], &SETTINGS)).collect();
        let http =
            reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
        let token = crate::binary::token(&http, &servers[0], &client).await;
        let addresses = servers.iter().map(|server| server.address().to_owned()).collect();
        let fleet = Fleet { addresses: Arc::new(Mutex::new(addresses)), http, token };
        Self { installation, servers, fleet }
    }

    /// Starts one more server, which is asked from then on.
    pub fn start(&mut self) {
        let server = self.installation.serve_with(&["serve"], &SETTINGS);
        self.addresses().push(server.address().to_owned());
        self.servers.push(server);
    }

    /// Kills the oldest server, without a warning.
    pub fn kill(&mut self) {
        self.addresses().remove(0);
        drop(self.servers.remove(0));
    }

    /// Where the database is.
    pub fn url(&self) -> &str {
        self.installation.url()
    }

    fn addresses(&self) -> MutexGuard<'_, Vec<String>> {
        self.fleet.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on one server after the other is killed.
    pub fn begin(self) -> Torture {
        let seconds = env::var("PATHBRIDGE_TORTURE_SECONDS").ok();
        let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(6);
        let until = Instant::now() + Duration::from_secs(seconds);
        let addresses = Arc::clone(&self.fleet.addresses);
        let Self { installation, servers, fleet } = self;
        let killer = tokio::task::spawn_blocking(move || {
            let (servers, kills) = kill(&installation, servers, &addresses, until);
            (installation, servers, kills)
        });
        Torture { fleet, until, killer }
    }
}

/// What goes on while the servers are killed, and until when.
pub struct Torture {
    pub fleet: Fleet,
    pub until: Instant,
    killer: JoinHandle<(Installation, Vec<Server>, usize)>,
}

impl Torture {
    /// The servers that are left when the killing is over; they end with the value.
    pub async fn over(self) -> (Installation, Vec<Server>) {
        let (installation, servers, kills) = self.killer.await.expect("the killer ends well");
        assert!(kills >= 3, "the servers were killed {kills} times");
        (installation, servers)
    }
}

/// Kills the servers one after the other, without a warning, and starts each again.
fn kill(
    installation: &Installation,
    mut servers: Vec<Server>,
    addresses: &Mutex<Vec<String>>,
    until: Instant,
) -> (Vec<Server>, usize) {
    let mut kills = 0;
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(900));
        let at = kills % servers.len();
        drop(servers.remove(at));
        servers.insert(at, installation.serve_with(&["serve"], &SETTINGS));
        let address = servers[at].address().to_owned();
        addresses.lock().unwrap_or_else(PoisonError::into_inner)[at] = address;
        kills += 1;
    }
    (servers, kills)
}
