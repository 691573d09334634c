//! Whoever follows the log has what it may see, and nothing else, whatever happens.

use std::collections::{BTreeSet, HashMap};

use entity::{
    change_log::{self, ChangeOp},
    id::PartnerId,
};
use pathbridge::{
    auth::{Caller, Scopes, Tenant},
    changes::{self, Cursor, feed, kinds::Kind},
    typeid,
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::town::Town;
use crate::support::{TestApp, both};

/// How many things happen.
const STEPS: usize = 90;

/// What a follower has: kind and key.
type Rows = BTreeSet<(String, Uuid)>;

struct Follower {
    tenant: Tenant,
    after: Option<Cursor>,
    has: Rows,
}

impl Follower {
    fn new(tenant: Tenant) -> Self {
        Self { tenant, after: None, has: Rows::new() }
    }

    fn caller(&self, app: &TestApp) -> Caller {
        let clock = &app.app.clock;
        let (client, now) = (clock.id(), clock.now());
        Caller {
            client,
            tenant: self.tenant,
            scopes: Scopes::all(),
            now,
            request: None,
            once: None,
        }
    }

    /// Reads on to the end.
    async fn follow(&mut self, app: &TestApp, first: u64) {
        let caller = self.caller(app);
        loop {
            let after = self.after;
            let request = feed::Request { after, first, kinds: None, exclude_origin: false };
            let page = feed::read(&app.app, app.app.db.reader(), &caller, &request).await;
            let page = page.expect("a page");
            for change in page.changes {
                let key = (change.row.kind.clone(), change.row.entity_id);
                match change.row.op {
                    ChangeOp::Deleted | ChangeOp::Hidden => self.has.remove(&key),
                    _ => self.has.insert(key),
                };
            }
            self.after = Some(page.next);
            if page.is_caught_up {
                return;
            }
        }
    }

    /// What it may see of all that there ever was.
    async fn sees(&self, app: &TestApp, all: &Rows) -> Rows {
        let caller = self.caller(app);
        let mut by_kind: HashMap<&str, Vec<Uuid>> = HashMap::new();
        for (kind, id) in all {
            by_kind.entry(kind).or_default().push(*id);
        }
        let mut seen = Rows::new();
        for (prefix, ids) in by_kind {
            let kind = Kind::of(prefix).expect("a kind");
            let ids = kind.seen(app.app.db.reader(), &caller, ids).await.expect("rows");
            seen.extend(ids.into_iter().map(|id| (prefix.to_owned(), id)));
        }
        seen
    }
}

#[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
async fn everything(app: &TestApp) -> Rows {
    let told = change_log::Entity::find().all(app.app.db.writer()).await.expect("the log");
    told.into_iter().map(|change| (change.kind, change.entity_id)).collect()
}

both! {
    async fn whoever_follows_has_what_it_may_see(app: TestApp) {
        follow(&app, 1).await;
    }
}

async fn follow(app: &TestApp, seed: u64) {
    let mut town = Town::new(app, seed).await;
    let partner = |id: &String| typeid::split(id).map(|(_, key)| PartnerId::from(key));
    let mut followers: Vec<_> = town
        .districts
        .iter()
        .map(|id| Tenant::District(*id))
        .chain(town.partners.iter().filter_map(partner).map(Tenant::Partner))
        .chain([Tenant::Platform])
        .map(Follower::new)
        .collect();
    let mut moved = BTreeSet::new();
    for step in 0..STEPS {
        town.happen().await;
        changes::sequence_now(&app.app).await.expect("a round");
        let all = everything(app).await;
        for follower in &mut followers {
            let first = 1 + town.draw(9) as u64;
            follower.follow(app, first).await;
            let visible = follower.sees(app, &all).await;
            let (more, less): (Vec<_>, Vec<_>) = (
                follower.has.difference(&visible).collect(),
                visible.difference(&follower.has).collect(),
            );
            let at = format!("step {step} of {seed}, {:?}", follower.tenant);
            assert!(
                more.is_empty() && less.is_empty(),
                "{at}: too much {more:?}, missing {less:?}"
            );
            moved.insert(visible.len());
        }
    }
    assert!(moved.len() > 10, "views must move, or nothing is proven: {moved:?}");
    let all = everything(app).await;
    for follower in &followers {
        let mut late = Follower::new(follower.tenant);
        late.follow(app, 1000).await;
        assert_eq!(
            late.has,
            follower.sees(app, &all).await,
            "{:?} from the start",
            follower.tenant
        );
    }
}
