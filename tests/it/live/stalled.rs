//! A reader who takes nothing while much goes by.

use std::time::Duration;

use serde_json::{Value as Json, json};
use tokio::time::sleep;

use super::wire::{follow, sequence};
use crate::{
    changes::feed::all,
    roster::world::{World, batch, row, send},
    support::both,
};

/// Longer than a stream waits for its reader.
const LONG: Duration = Duration::from_secs(7);

async fn write(world: &World, from: usize, to: usize) {
    let fields = json!({ "givenName": "Eva", "familyName": "Lu" });
    let rows: Vec<_> =
        (from..to).map(|number| row("student", &format!("n{number}"), &fields)).collect();
    for rows in rows.chunks(250) {
        batch(&world.sis, "student", rows.to_vec(), "REJECT_ALL").await;
    }
}

both! {
    async fn a_slow_reader_is_told_once_where_to_pull_from(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let start = world.sis.ok("{ changeCursorNow }", json!({})).await["changeCursorNow"].take();
        let mut events = follow(&app, &world.sis, json!({})).await;
        write(&world, 0, 1300).await;
        sequence(&app).await;
        let (told, end) = all(&world.sis, start, 1000).await;
        sleep(LONG).await;
        let mut seen = Vec::new();
        let gap = loop {
            let change = events.changes(1).await.remove(0);
            if change["op"] == "GAP" {
                break change;
            }
            seen.push(change);
            assert!(seen.len() < 200, "little is kept for who does not read");
        };
        assert_eq!(seen, told[..seen.len()]);
        assert_eq!(gap["cursor"], seen[seen.len() - 1]["cursor"], "pull from where you stand");
        let left_out = &told[seen.len()];
        assert_eq!(gap["entityId"], left_out["entityId"], "it shows the first that was left out");
        events.silence().await;
        send(&world.sis, "student", "new", &json!({ "givenName": "Ada", "familyName": "Lu" })).await;
        sequence(&app).await;
        let live = events.changes(1).await.remove(0);
        let (pulled, _) = all(&world.sis, gap["cursor"].clone(), 1000).await;
        assert_eq!(pulled[..pulled.len() - 1], told[seen.len()..], "what was left out is there");
        assert_eq!(all(&world.sis, end, 10).await.0, [live], "and the stream goes on with what is new");
    }

    async fn a_reader_who_stood_still_for_little_gets_it_all(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let start = world.sis.ok("{ changeCursorNow }", json!({})).await["changeCursorNow"].take();
        let mut events = follow(&app, &world.sis, json!({})).await;
        write(&world, 0, 150).await;
        sequence(&app).await;
        sleep(LONG).await;
        let (told, _) = all(&world.sis, start, 1000).await;
        let seen: Vec<Json> = events.changes(told.len()).await;
        assert_eq!(seen, told);
        events.silence().await;
    }
}
