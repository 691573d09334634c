//! How quickly changes were told.

use super::{Peer, Report, Table};
use crate::run::feed::{Delay, PACE};

impl Report {
    /// The chapter on the log of changes, when it was measured.
    pub(super) fn told(&self) -> Vec<String> {
        if self.feed.is_empty() {
            return Vec::new();
        }
        let mut table = Table::new(&["server", "writes/s", "p50 ms", "p99 ms", "most ms"]);
        for peer in [Peer::Postgres, Peer::Sqlite] {
            let Some(delay) = self.delay(peer) else { continue };
            let figures = [delay.p50, delay.p99, delay.most].map(|ms| format!("{ms:.1}"));
            let line = [peer.name().to_owned(), format!("{:.0}", delay.rate)];
            table.line(line.into_iter().chain(figures));
        }
        let about = format!(
            "{PACE} single mutations in a second, sent at that pace whether those before them were \
             answered or not, and one follower that pulls `changes` every few milliseconds. The \
             delay is from the writer's answer to the answer that tells its change.\n"
        );
        vec!["## From commit to visible\n".to_owned(), about, table.text()]
    }

    /// How long changes of this server took to be told.
    pub(in crate::run) fn delay(&self, peer: Peer) -> Option<Delay> {
        self.feed.get(&peer).copied()
    }
}
