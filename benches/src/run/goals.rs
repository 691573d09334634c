//! What is to be reached, and whether it was.

use super::{
    Exporter,
    import::Importer,
    peer::{Base, Peer, Question, Work},
    report::Report,
    table::Table,
};

/// A figure, the bound it has to keep, and on which side of it.
#[derive(Clone, Copy)]
struct Goal {
    name: &'static str,
    measured: Option<f64>,
    bound: f64,
    at_least: bool,
}

const OURS: Work = (Peer::Postgres, Base::Full, Question::Pages);
const OURS_SQLITE: Work = (Peer::Sqlite, Base::Full, Question::Pages);
const WRITE: Work = (Peer::Postgres, Base::Full, Question::Write);
const GLANCE: Work = (Peer::Postgres, Base::Full, Question::Student);

impl Report {
    /// Each goal with what was measured.
    pub(super) fn goals(&self) -> String {
        let mut table = Table::new(&["goal", "bound", "measured", "met"]);
        let goals = self.speed().into_iter().chain(self.steadiness());
        let goals = goals.chain(self.told_goals()).chain(self.exports_goals());
        for goal in goals.chain(self.imports_goals()) {
            let sign = if goal.at_least { "≥" } else { "≤" };
            let met = goal.measured.map(|measured| {
                if goal.at_least { measured >= goal.bound } else { measured <= goal.bound }
            });
            table.line([
                goal.name.to_owned(),
                format!("{sign} {}", goal.bound),
                goal.measured.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.2}")),
                met.map_or("not measured", |met| if met { "yes" } else { "no" }).to_owned(),
            ]);
        }
        table.text()
    }

    fn speed(&self) -> [Goal; 5] {
        let least = |name, measured, bound| Goal { name, measured, bound, at_least: true };
        let theirs = |question| (Peer::PostGraphile, Base::Full, question);
        let hand = (Peer::Handwritten, Base::Full, Question::Pages);
        [
            least("sync page, PostgreSQL: of hand-written", self.ratio(OURS, hand), 0.6),
            least(
                "sync page, PostgreSQL: times PostGraphile",
                self.ratio(OURS, theirs(Question::Pages)),
                5.0,
            ),
            least("sync page, SQLite: of PostgreSQL", self.ratio(OURS_SQLITE, OURS), 1.0),
            least(
                "single mutation, PostgreSQL: of hand-written",
                self.ratio(WRITE, (Peer::Handwritten, Base::Full, Question::Write)),
                0.5,
            ),
            least(
                "student at a glance: times PostGraphile",
                self.ratio(GLANCE, theirs(Question::Student)),
                5.0,
            ),
        ]
    }

    fn steadiness(&self) -> Vec<Goal> {
        let most = |name, measured, bound| Goal { name, measured, bound, at_least: false };
        let small = |peer| (peer, Base::Small, Question::Pages);
        let page = |peer, question| (peer, Base::Full, question);
        let spread = self.medians.get(&GLANCE).map(|figures| figures.p99 / figures.p50);
        let slower =
            |peer| self.ratio(page(peer, Question::FirstPage), page(peer, Question::LastPage));
        vec![
            most("student at a glance: p99 by p50", spread, 3.0),
            most(
                "growth a hundredfold, PostgreSQL: time",
                self.ratio(small(Peer::Postgres), OURS),
                1.3,
            ),
            most(
                "growth a hundredfold, SQLite: time",
                self.ratio(small(Peer::Sqlite), OURS_SQLITE),
                1.3,
            ),
            most("last page by first, PostgreSQL: time", slower(Peer::Postgres), 1.3),
            most("last page by first, SQLite: time", slower(Peer::Sqlite), 1.3),
            most("memory under load, PostgreSQL: MB", self.memory(OURS), 64.0),
            most("memory under load, SQLite: MB", self.memory(OURS_SQLITE), 64.0),
        ]
    }

    fn told_goals(&self) -> [Goal; 2] {
        let most = |name, peer| {
            let measured = self.delay(peer).map(|delay| delay.p99);
            Goal { name, measured, bound: 500.0, at_least: false }
        };
        [
            most("commit to visible at 500 writes/s, PostgreSQL: p99 ms", Peer::Postgres),
            most("commit to visible at 500 writes/s, SQLite: p99 ms", Peer::Sqlite),
        ]
    }

    fn exports_goals(&self) -> [Goal; 3] {
        let copy = self.export(Exporter::Copy);
        let taken = |exporter| self.export(exporter);
        let share = taken(Exporter::Postgres).zip(copy);
        let share = share.map(|(ours, copy)| copy.seconds / ours.seconds);
        let memory = |exporter| taken(exporter).map(|taken| taken.memory);
        let most = |name, measured| Goal { name, measured, bound: 150.0, at_least: false };
        let name = "export, PostgreSQL: of COPY";
        [
            Goal { name, measured: share, bound: 0.5, at_least: true },
            most("memory of an export, PostgreSQL: MB", memory(Exporter::Postgres)),
            most("memory of an export, SQLite: MB", memory(Exporter::Sqlite)),
        ]
    }

    fn imports_goals(&self) -> Vec<Goal> {
        let goals = |importer: Importer, names: [&'static str; 3]| {
            let taken = self.import(importer);
            let by_hand = self.import(importer.by_hand());
            let share = taken.zip(by_hand).map(|(ours, hand)| hand[0].seconds / ours[0].seconds);
            let faster = taken.map(|[first, again]| first.seconds / again.seconds);
            let memory = taken.map(|[first, again]| first.memory.max(again.memory));
            let [of_hand, again, most] = names;
            [
                Goal { name: of_hand, measured: share, bound: 0.3, at_least: true },
                Goal { name: again, measured: faster, bound: 3.0, at_least: true },
                Goal { name: most, measured: memory, bound: 150.0, at_least: false },
            ]
        };
        let postgres = goals(
            Importer::Postgres,
            [
                "import, PostgreSQL: of hand-written",
                "import again, PostgreSQL: times faster",
                "memory of an import, PostgreSQL: MB",
            ],
        );
        let sqlite = goals(
            Importer::Sqlite,
            [
                "import, SQLite: of hand-written",
                "import again, SQLite: times faster",
                "memory of an import, SQLite: MB",
            ],
        );
        [postgres, sqlite].concat()
    }

    fn ratio(&self, one: Work, other: Work) -> Option<f64> {
        Some(self.medians.get(&one)?.rate / self.medians.get(&other)?.rate)
    }

    fn memory(&self, work: Work) -> Option<f64> {
        self.medians.get(&work).map(|figures| figures.memory)
    }
}
