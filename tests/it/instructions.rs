//! The work of one page, in instructions: `scripts/instructions` runs this under valgrind, which
//! counts them, and holds the count against the one that was agreed on.

use std::env;

use pathbridge::{auth::Tenant, store::Backend};
use serde_json::json;

use crate::support::{
    TestApp,
    crowd::{Crowd, Scale},
};

const SYNC_PAGE: &str = include_str!("../../benches/documents/sync-page.graphql");

/// The same page as often as `PAGES` says: the difference of two counts is that of the pages.
#[tokio::test]
#[ignore = "says nothing by itself; scripts/instructions counts"]
async fn sync_page() {
    let pages = env::var("PAGES").map_or(1, |pages| pages.parse().expect("a number"));
    let app = TestApp::new(Backend::Sqlite).await;
    Crowd::gather(&app, Scale::MEDIUM).await;
    let actor = app.client(Tenant::District(Crowd::district(0))).await;
    let body = json!({ "query": SYNC_PAGE }).to_string();
    for _ in 0..pages {
        let answer = app.post(&actor, body.clone()).await;
        assert!(answer.text.contains("\"hasNextPage\":true"), "{}", answer.text);
    }
}
