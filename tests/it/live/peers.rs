//! The clients that others use, `graphql-ws` and `graphql-sse`, run by Node on a real socket.

use std::{
    io,
    path::Path,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use pathbridge::changes;
use tokio::task::spawn_blocking;

use super::wire::Server;
use crate::{roster::world::World, support::both};

fn run(program: &str, arguments: &[&str], with: &[(&str, &str)]) -> io::Result<Output> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/streams");
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .envs(with.iter().copied())
        .stdin(Stdio::null())
        .output()
}

/// Whether the clients are there. Only where there is no Node or no registry may they be missing.
fn are_installed() -> bool {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    *INSTALLED.get_or_init(|| {
        if run("node", &["--version"], &[]).is_err() {
            eprintln!("SKIPPED: Node is not there, so no client of others has followed a change");
            return false;
        }
        let installed = run("npm", &["ci", "--ignore-scripts", "--no-audit"], &[]).expect("npm");
        if installed.status.success() {
            return true;
        }
        let reached = run("npm", &["ping"], &[]).is_ok_and(|ping| ping.status.success());
        assert!(!reached, "{}", String::from_utf8_lossy(&installed.stderr));
        eprintln!("SKIPPED: no registry in reach, so no client of others has followed a change");
        false
    })
}

both! {
    async fn clients_that_lose_their_connection_miss_nothing(app: TestApp) {
        if !spawn_blocking(are_installed).await.expect("an installation") {
            return;
        }
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let numbering = tokio::spawn(changes::run(app.app.clone()));
        for client in ["ws", "sse"] {
            let (url, token) = (format!("http://{}", server.address), world.sis.token.clone());
            let followed = spawn_blocking(move || {
                run("node", &["follow.mjs"], &[("URL", &url), ("TOKEN", &token), ("CLIENT", client)])
            });
            let followed = followed.await.expect("Node").expect("an end");
            let [told, wrong] = [&followed.stdout, &followed.stderr].map(|text| String::from_utf8_lossy(text));
            assert!(followed.status.success(), "{client}: {told}{wrong}");
            assert!(told.contains(r#""seen":60"#) && told.contains(r#""isSame":true"#), "{told}");
        }
        numbering.abort();
    }
}
