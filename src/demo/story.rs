//! Telling the plan: every scene goes through the same services as the mutations of the API, on
//! behalf of whoever would have sent it, at the time at which it happened.

mod actor;
mod bank;
mod beginning;
mod book;
mod hours;
mod interests;
mod pathways;
mod placement;
mod roster;
mod teaching;
mod writing;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Demo, Progress,
    cast::Cast,
    clock::StoryClock,
    credentials::Credential,
    plan::{Plan, Scene, scenes},
};
use crate::{app::App, auth::Keys, error::Result};
use actor::Actor;
use book::Book;

/// Days of placements, by the partner and the Saturday on which they are handed in.
type Weeks = BTreeMap<(usize, NaiveDate), Vec<(usize, usize)>>;

/// The plan on its way into the database.
pub struct Story<'p> {
    plan: &'p Plan,
    /// The house, at the time of the story.
    app: App,
    clock: StoryClock,
    weeks: Weeks,
    /// Who appears, when they are there already.
    cast: Option<Cast>,
    /// What has been written so far.
    book: Book,
    /// The clients that were registered, with their secrets.
    credentials: Vec<Credential>,
}

/// Writes everything that has happened up to now, with this cast or with one that it founds.
pub async fn tell(
    app: &App,
    plan: &Plan,
    cast: Option<Cast>,
    progress: Progress<'_>,
) -> Result<Demo> {
    let scenes = scenes(plan);
    let start = scenes.first().map_or(plan.now, |(when, _)| *when);
    let clock = StoryClock::new(start, app.clock.clone());
    // Nothing is signed while the story is told, and no cursor is given out.
    let keys = Keys::new(&[0; 32]);
    let story_app = App::new(app.db.clone(), app.config.clone(), clock.clock(), keys);
    let mut story = Story {
        plan,
        app: story_app,
        clock,
        weeks: weeks(plan),
        cast,
        book: Book::default(),
        credentials: Vec::new(),
    };
    for (at, (when, scene)) in scenes.iter().enumerate() {
        progress(at, scenes.len());
        story.clock.move_to(*when);
        story.play(*scene).await?;
    }
    progress(scenes.len(), scenes.len());
    Ok(Demo {
        students: story.book.districts.iter().map(|rows| rows.students.len()).sum(),
        placements: story.book.placements.len(),
        hours: story.book.hours.len(),
        credentials: story.credentials,
    })
}

impl Story<'_> {
    async fn play(&mut self, scene: Scene) -> Result<()> {
        match scene {
            Scene::Beginning => self.begin().await,
            Scene::Renewal => self.renew_agreements().await,
            Scene::Parting => self.end_agreements().await,
            Scene::NewYear(year) => self.new_year(year).await,
            Scene::Interests(year) => self.ask_interests(year).await,
            Scene::Visits(year) => self.visit_workplaces(year).await,
            Scene::Offers(year) => self.offer(year).await,
            Scene::Results(year, term) => self.give_results(year, term).await,
            Scene::Proposed(placement) => self.propose(placement).await,
            Scene::Matched(placement) => self.match_seat(placement).await,
            Scene::Started(placement) => self.start(placement).await,
            Scene::Over(placement) => self.end(placement).await,
            Scene::HandedIn(partner, due) => self.hand_in(partner, due).await,
            Scene::Reviewed(partner, due) => self.review(partner, due).await,
            Scene::Mended(partner, due) => self.mend(partner, due).await,
            Scene::Settled(partner, due) => self.settle(partner, due).await,
        }
    }
}

fn weeks(plan: &Plan) -> Weeks {
    let mut weeks = Weeks::new();
    for (at, placement) in plan.placements.iter().enumerate() {
        for (day, workday) in placement.days.iter().enumerate() {
            weeks.entry((placement.partner, workday.due)).or_default().push((at, day));
        }
    }
    weeks
}
