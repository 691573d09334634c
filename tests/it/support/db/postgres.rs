//! PostgreSQL: a template database, migrated once per process, copied for each test.
//!
//! The server is the one that `TEST_DATABASE_URL` names; without it the process starts one of its
//! own with `scripts/postgres`. What must go when the process ends is put into the hands of a child
//! that waits for the end of its standard input: that pipe closes however the process dies.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
};

use aws_lc_rs::rand;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr};
use tokio::{runtime, sync::OnceCell};

/// A database of one test.
pub struct Database(String);

impl Database {
    /// Its address.
    pub fn url(&self) -> String {
        in_database(&server().url, &self.0)
    }
}

impl Drop for Database {
    /// A test may be inside a runtime when it ends, so another thread does the work.
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0);
        let done = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(command(&drop)).map_err(std::io::Error::other)
        });
        if let Ok(Err(cause)) = done.join() {
            eprintln!("the database {} stays behind: {cause}", self.0);
        }
    }
}

/// A migrated database of one test.
pub async fn copy() -> Database {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(Template::make).await;
    let database = Database(unused_name("t"));
    command(&format!("CREATE DATABASE {} TEMPLATE {}", database.0, template.name))
        .await
        .expect("the template can be copied");
    database
}

/// Where the databases are.
struct Server {
    url: String,
    /// Ends when its standard input closes, with this process; a developer's server goes on.
    own: Option<Child>,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| match env::var("TEST_DATABASE_URL") {
        Ok(url) if !url.is_empty() => Server { url, own: None },
        _ => start(),
    })
}

fn start() -> Server {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres");
    let mut child = Command::new(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("scripts/postgres can be run");
    let (mut url, mut cause) = (String::new(), String::new());
    let stdout = child.stdout.take().expect("it was piped");
    BufReader::new(stdout).read_line(&mut url).expect("scripts/postgres writes text");
    if url.is_empty() {
        let stderr = child.stderr.as_mut().expect("it was piped");
        stderr.read_to_string(&mut cause).expect("scripts/postgres writes text");
        panic!("there is no PostgreSQL to test on: run scripts/test, which sees to it\n{cause}");
    }
    Server { url: url.trim_end().to_owned(), own: Some(child) }
}

struct Template {
    name: String,
    /// Drops the template when its standard input closes.
    _until_we_end: Option<Child>,
}

impl Template {
    async fn make() -> Self {
        let name = unused_name("template");
        // A server of our own takes everything with it.
        let until_we_end = server().own.is_none().then(|| drop_when_we_end(&name));
        command(&format!("CREATE DATABASE {name}")).await.expect("a database can be created");
        let db = connect(&in_database(&server().url, &name)).await.expect("the template opens");
        migration::up(&db).await.expect("the migrations run on PostgreSQL");
        db.close().await.expect("PostgreSQL closes a connection");
        Self { name, _until_we_end: until_we_end }
    }
}

fn drop_when_we_end(name: &str) -> Child {
    const WAIT_AND_DROP: &str = r#"trap '' INT TERM HUP; cat >/dev/null
        exec psql -Xqd "$0" -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)""#;
    let psql = Command::new("psql").arg("--version").stdout(Stdio::null()).status();
    assert!(psql.is_ok(), "psql is needed beside TEST_DATABASE_URL: run scripts/test instead");
    Command::new("sh")
        .args(["-c", WAIT_AND_DROP, &server().url, name])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell can be run")
}

async fn command(sql: &str) -> Result<(), DbErr> {
    let db = connect(&server().url).await?;
    let done = db.execute_unprepared(sql).await;
    db.close().await?;
    done.map(drop)
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await
}

fn unused_name(kind: &str) -> String {
    let mut random = [0; 8];
    rand::fill(&mut random).expect("the system has randomness");
    format!("{kind}_{:016x}", u64::from_be_bytes(random))
}

/// The address of another database on the same server.
fn in_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_at(server.find('?').unwrap_or(server.len()));
    let authority = address.find("://").map_or(0, |at| at + "://".len());
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    format!("{}/{name}{options}", &address[..end])
}

#[test]
fn the_name_of_the_database_is_replaced_in_an_address() {
    for (server, expected) in [
        ("postgres://u:p@h:5/postgres", "postgres://u:p@h:5/t"),
        ("postgres://u@%2Ftmp%2Fx/a?sslmode=disable", "postgres://u@%2Ftmp%2Fx/t?sslmode=disable"),
        ("postgres://h", "postgres://h/t"),
    ] {
        assert_eq!(in_database(server, "t"), expected);
    }
}
