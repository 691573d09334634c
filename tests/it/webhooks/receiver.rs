//! A receiver on a socket of this machine that keeps what it gets and answers as it is told.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{Arc, Mutex},
};

use serde_json::Value as Json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What it does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Answers with this status, these header lines and this body.
    Answer(u16, String, String),
    /// Never answers.
    Stall,
    /// Hangs up without an answer.
    Close,
    /// Announces more than it sends, and hangs up.
    Half(u16),
}

impl Reply {
    /// An answer without anything.
    pub fn status(status: u16) -> Self {
        Self::Answer(status, String::new(), String::new())
    }

    /// An answer with a header line.
    pub fn with(status: u16, header: &str) -> Self {
        Self::Answer(status, format!("{header}\r\n"), String::new())
    }
}

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Got {
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Got {
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// What the body says of the change, by a path.
    pub fn told(&self, path: &str) -> String {
        let json = self.json();
        let value = json.pointer(path).unwrap_or_else(|| panic!("no {path} in {json}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }
}

#[derive(Default)]
struct State {
    got: Vec<Got>,
    replies: VecDeque<Reply>,
    /// For requests about this row only.
    of_row: BTreeMap<String, VecDeque<Reply>>,
}

/// The receiver; its copies are the same one.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let url = format!("http://{}/hooks?of=test", listener.local_addr().expect("an address"));
        let receiver = Self { url, state: Arc::default() };
        let server = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        receiver
    }

    /// The next requests are answered so, and those after them with 204.
    pub fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.lock().unwrap().replies.extend(replies);
    }

    /// The next requests about this row are answered so.
    pub fn will_of(&self, row: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut state = self.state.lock().unwrap();
        state.of_row.entry(row.to_owned()).or_default().extend(replies);
    }

    /// What came so far.
    pub fn got(&self) -> Vec<Got> {
        self.state.lock().unwrap().got.clone()
    }

    /// What came since the last time.
    pub fn take(&self) -> Vec<Got> {
        std::mem::take(&mut self.state.lock().unwrap().got)
    }

    fn next_reply(&self, got: &Got) -> Reply {
        let id = got.told("/data/id");
        let mut state = self.state.lock().unwrap();
        state.got.push(got.clone());
        let of_row = state.of_row.get_mut(&id).and_then(VecDeque::pop_front);
        let next = of_row.or_else(|| state.replies.pop_front());
        next.unwrap_or_else(|| Reply::status(204))
    }

    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let got = read(&mut stream).await?;
        match self.next_reply(&got) {
            Reply::Answer(status, headers, body) => {
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status} As Told\r\n{headers}content-length: {length}\r\n\
                     connection: close\r\n\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).await?;
                stream.shutdown().await
            }
            Reply::Stall => {
                // Until the other side has had enough.
                stream.read(&mut [0; 1]).await.map(drop)
            }
            Reply::Close => Ok(()),
            Reply::Half(status) => {
                let answer = format!("HTTP/1.1 {status} Half\r\ncontent-length: 100\r\n\r\nhalf");
                stream.write_all(answer.as_bytes()).await
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> io::Result<Got> {
    let (mut bytes, end) = (Vec::new(), b"\r\n\r\n");
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == end) {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let lines = text.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: BTreeMap<_, _> =
        lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let length: usize = headers["content-length"].parse().expect("a length");
    while bytes.len() < head + length {
        stream.read_buf(&mut bytes).await?;
    }
    let body = String::from_utf8(bytes[head..head + length].to_vec()).expect("text");
    Ok(Got { headers, body })
}
