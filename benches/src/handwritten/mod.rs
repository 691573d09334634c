//! The limit: what a server answers that was written by hand for these two questions.
//!
//! It reads five prepared statements in PostgreSQL's binary form into typed structs and writes
//! them with serde. It checks nothing: no token, no scope, no tenant, no cost. What Pathbridge
//! reaches of its speed is what the guards and the generality leave.

mod answer;
mod page;
mod statements;
mod write;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::post,
};
use clap::Args;
use serde::Deserialize;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use page::Reader;
use write::{Change, Writer};

/// Where it reads, where it listens, whose placements it answers.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The PostgreSQL database.
    #[arg(long, value_name = "URL")]
    postgres: String,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8090")]
    bind: SocketAddr,
    /// The short name of the district.
    #[arg(long, default_value_t = crate::data::district())]
    district: String,
    /// How many connections to the database.
    #[arg(long, default_value_t = 8)]
    connections: usize,
}

struct Server {
    readers: Vec<Reader>,
    writers: Vec<Writer>,
    next: AtomicUsize,
    district: Uuid,
}

/// What is read of the body: the text of the document is of no interest to it.
#[derive(Debug, Deserialize)]
struct Question {
    #[serde(default)]
    variables: Variables,
}

#[derive(Debug, Default, Deserialize)]
struct Variables {
    after: Option<Uuid>,
    id: Option<Uuid>,
    phone: Option<String>,
    key: Option<String>,
}

/// Answers until it is killed.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let (mut readers, mut writers) = (Vec::new(), Vec::new());
    for _ in 0..arguments.connections.max(1) {
        readers.push(Reader::connect(&arguments.postgres).await?);
        writers.push(Writer::connect(&arguments.postgres).await?);
    }
    let district = readers[0].district(&arguments.district).await?;
    let server = Arc::new(Server { readers, writers, next: AtomicUsize::new(0), district });
    let router = Router::new().route("/graphql", post(answer)).with_state(server);
    let listener = tokio::net::TcpListener::bind(arguments.bind).await;
    let listener = listener.with_context(|| format!("{} is taken", arguments.bind))?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

async fn answer(State(server): State<Arc<Server>>, body: Bytes) -> Response {
    let Ok(question) = serde_json::from_slice::<Question>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let turn = server.next.fetch_add(1, Ordering::Relaxed) % server.readers.len();
    match server.answer(turn, &question.variables).await {
        Ok(json) => {
            ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response()
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A connection to the database; it ends when the client is dropped.
async fn connect(url: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            eprintln!("bench: {error}");
        }
    });
    Ok(client)
}

impl Server {
    async fn answer(&self, turn: usize, variables: &Variables) -> anyhow::Result<Vec<u8>> {
        let Variables { after, id, phone, key } = variables;
        if let (Some(student), Some(phone), Some(key)) = (*id, phone, key) {
            let change = Change { student, phone, key };
            let answer = self.writers[turn].write(self.district, &change).await?;
            return Ok(serde_json::to_vec(&answer)?);
        }
        self.readers[turn].page(self.district, after.unwrap_or_default()).await
    }
}
