//! Keeps a mirror of a district's students in step with Pathbridge.
//!
//! It exports everything once, and from then on pulls what changed behind the cursor that came with
//! the export. A webhook only wakes it: whether one is lost, late or sent twice changes nothing.

mod mirror;
mod receiver;
mod service;

use std::{env, time::Duration};

use tokio::{net::TcpListener, time::sleep};

use crate::{
    mirror::Mirror,
    receiver::Receiver,
    service::{Failure, Service},
};

/// Should no webhook come, it looks by itself.
const PULL_AT_LEAST_EVERY: Duration = Duration::from_mins(1);
/// Between two attempts.
const PAUSE: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut mirror = Mirror::open(setting("MIRROR", Some("mirror.json"))?.into())?;
    let address = setting("LISTEN", Some("127.0.0.1:9400"))?;
    let hook_url = setting("HOOK_URL", Some(&format!("http://{address}/")))?;
    let receiver = Receiver::default();
    tokio::spawn(receiver.clone().listen(TcpListener::bind(&address).await?));
    loop {
        let Err(failure) = follow(&mut mirror, &receiver, &hook_url).await;
        println!("{failure}");
        if failure.says_start_over() {
            mirror.known.cursor = None;
        }
        sleep(PAUSE).await;
    }
}

/// Follows until something fails; then it is called again and goes on where it was.
async fn follow(
    mirror: &mut Mirror,
    receiver: &Receiver,
    hook_url: &str,
) -> Result<std::convert::Infallible, Failure> {
    let id = setting("CLIENT_ID", None)?;
    let service =
        Service::new(setting("PATHBRIDGE_URL", None)?, id, setting("CLIENT_SECRET", None)?)?;
    if mirror.known.cursor.is_none() {
        mirror.export(&service).await?;
    }
    if mirror.known.endpoint.is_none() {
        mirror.expect_knocks(&service, hook_url).await?;
    }
    receiver.trust(mirror.known.endpoint.as_ref().map(|endpoint| endpoint.secret.clone()));
    loop {
        mirror.pull(&service).await?;
        println!("in step: {} students", mirror.known.students.len());
        receiver.knocked_within(PULL_AT_LEAST_EVERY).await;
    }
}

fn setting(name: &str, otherwise: Option<&str>) -> Result<String, Failure> {
    let value = env::var(name).ok().or_else(|| otherwise.map(str::to_owned));
    value.ok_or_else(|| format!("{name} is not set").into())
}
