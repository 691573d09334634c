//! What was measured, in words and tables.

mod exported;
mod feed;
mod imported;

use std::{collections::HashMap, thread};

use super::{
    Exporter,
    export::Taken,
    feed::Delay,
    import::{Importer, Twice},
    load::{Figures, Strength},
    peer::{Base, Peer, Question, Work},
    table::Table,
};
use crate::data::Size;

/// The medians of a run and what they are medians of.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) medians: HashMap<Work, Figures>,
    /// How long changes took to be told.
    pub(super) feed: HashMap<Peer, Delay>,
    /// What each exporter took.
    pub(super) exports: HashMap<Exporter, Taken>,
    /// How many students the bundle had, and what each importer took.
    pub(super) imports: Option<(u64, HashMap<Importer, Twice>)>,
    pub(super) sizes: HashMap<Base, Size>,
    pub(super) rounds: u32,
    pub(super) strength: Strength,
}

impl Report {
    /// All of it as Markdown.
    pub(super) fn markdown(&self, command: &str) -> String {
        let mut parts = vec![self.introduction(command), "## Goals\n".to_owned(), self.goals()];
        if !self.medians.is_empty() {
            parts.extend(self.reads());
        }
        parts.extend(self.told());
        parts.extend(self.exported());
        parts.extend(self.imported());
        parts.join("\n")
    }

    fn reads(&self) -> [String; 11] {
        [
            "## The sync page\n".to_owned(),
            "50 placements of one district, each with its student, partner, mentor and first \
             five days of hours; every page of the district in mixed order.\n"
                .to_owned(),
            self.servers(Question::Pages),
            "## A student at a glance\n".to_owned(),
            "One student with school, placements, partner, site, mentor and hours. Pathbridge \
             also adds the hours up, which PostGraphile does not.\n"
                .to_owned(),
            self.servers(Question::Student),
            "## A single mutation\n".to_owned(),
            "One student's telephone number, with its change in the log and an idempotency key, in \
             one transaction. The hand-written server sends the three statements; Pathbridge also \
             numbers the change meanwhile.\n"
                .to_owned(),
            self.servers(Question::Write),
            "## Growth\n".to_owned(),
            self.growth(),
        ]
    }

    fn introduction(&self, command: &str) -> String {
        #[expect(clippy::disallowed_methods, reason = "results carry the day they were taken")]
        let today = chrono::Utc::now().date_naive();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let Size { students, placements, time_entries } = self.sizes[&Base::Full];
        format!(
            "# Results\n\n\
             Written by `{command}` on {today}, on {cores} cores shared by the load generator, \
             the servers and PostgreSQL.\n\n\
             {students} students, {placements} placements and {time_entries} time entries of ten \
             districts; {connections} connections; medians of {rounds} rounds of {seconds} s, all \
             servers in turn in each round. Pathbridge checks tokens, scopes, costs and tenants; \
             the hand-written server checks nothing. Times depend on the machine; the ratios are \
             what counts.\n",
            connections = self.strength.connections,
            rounds = self.rounds,
            seconds = self.strength.seconds,
        )
    }

    fn servers(&self, question: Question) -> String {
        let mut table = Table::new(&[
            "server",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "CPU ms: server",
            "database",
            "memory MB",
            "of hand-written",
            "of PostGraphile",
        ]);
        for peer in [Peer::Handwritten, Peer::Postgres, Peer::Sqlite, Peer::PostGraphile] {
            let Some(one) = self.medians.get(&(peer, Base::Full, question)) else { continue };
            let ratio = |to| {
                let to = self.rate((to, Base::Full, question));
                to.map_or_else(|| "–".to_owned(), |to| format!("{:.2}", one.rate / to))
            };
            table.line([
                peer.name().to_owned(),
                format!("{:.0}", one.rate),
                format!("{:.1}", one.p50),
                format!("{:.1}", one.p99),
                format!("{:.2}", one.server),
                if peer == Peer::Sqlite {
                    "–".to_owned()
                } else {
                    format!("{:.2}", one.database)
                },
                format!("{:.0}", one.memory),
                ratio(Peer::Handwritten),
                ratio(Peer::PostGraphile),
            ]);
        }
        table.text()
    }

    fn growth(&self) -> String {
        let mut table = Table::new(&["sync page", "requests/s", "p50 ms", "p99 ms"]);
        for peer in [Peer::Postgres, Peer::Sqlite] {
            for (base, question) in [
                (Base::Small, Question::Pages),
                (Base::Full, Question::Pages),
                (Base::Full, Question::FirstPage),
                (Base::Full, Question::LastPage),
            ] {
                let Some(one) = self.medians.get(&(peer, base, question)) else { continue };
                let placements = self.sizes[&base].placements;
                let pages = question.name().trim_start_matches("sync page, ");
                table.line([
                    format!("{}: {placements} placements, {pages}", peer.name()),
                    format!("{:.0}", one.rate),
                    format!("{:.1}", one.p50),
                    format!("{:.1}", one.p99),
                ]);
            }
        }
        table.text()
    }

    fn rate(&self, work: Work) -> Option<f64> {
        self.medians.get(&work).map(|figures| figures.rate)
    }
}
