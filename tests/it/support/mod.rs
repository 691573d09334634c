//! What a test holds in its hand: an app over a database of its own, and the clock.

mod actor;
mod app;
mod clock;
pub mod crowd;
mod db;
pub mod dump;
mod heard;
pub mod seed;
pub mod shape;
mod wire;

pub use actor::{Actor, Answer};
pub use app::TestApp;
pub use clock::TestClock;
pub use db::TestDatabase;
pub use heard::Heard;
pub use wire::Raw;

/// Runs each test twice, on SQLite and on PostgreSQL.
///
/// `both! { async fn a_row_is_kept(app: TestApp) { … } }` makes the tests `a_row_is_kept::sqlite`
/// and `a_row_is_kept::postgres`. Several tests may stand in one `both!`.
macro_rules! both {
    ($(
        $(#[$attribute:meta])*
        async fn $name:ident($app:ident: TestApp) $body:block
    )+) => {$(
        $(#[$attribute])*
        async fn $name($app: $crate::support::TestApp) $body

        mod $name {
            use pathbridge::store::Backend;

            use $crate::support::TestApp;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(TestApp::new(Backend::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(TestApp::new(Backend::Postgres).await).await;
            }
        }
    )+};
}
pub(crate) use both;
