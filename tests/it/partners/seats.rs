//! The last seat goes to one.

use entity::id::OpportunityId;
use pathbridge::{
    app::App,
    auth::{Caller, Tenant},
    error::Error,
    partners::service::opportunity::{free_seat, take_seat},
    store::Write,
    typeid,
};
use serde_json::json;

use super::{UPDATE_OFFER, expected, north_and_acme, offer, open_offer, refusals};
use crate::support::both;

/// Takes a seat in a transaction of its own; what blocked it otherwise, as code and words.
async fn take(app: &App, caller: &Caller, id: OpportunityId) -> Vec<(String, String)> {
    let write = Write::begin(app, caller).await.unwrap();
    let taken = take_seat(&write, id).await.unwrap();
    write.commit().await.unwrap();
    let blockers = taken.err().unwrap_or_default();
    blockers.into_iter().map(|blocker| (blocker.code.into_owned(), blocker.message)).collect()
}

both! {
    async fn of_two_who_race_for_the_last_seat_one_wins(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let id = open_offer(&acme, "Offer", 2).await;
        let id = typeid::decode(&id).unwrap();
        assert_eq!(take(&app.app, &north.caller, id).await, []);
        let racers = [north.caller.clone(), acme.caller.clone()].map(|caller| {
            let app = app.app.clone();
            tokio::spawn(async move { take(&app, &caller, id).await })
        });
        let mut lost = Vec::new();
        for racer in racers {
            lost.extend(racer.await.unwrap());
        }
        assert_eq!(lost, [("SEATS_TAKEN".to_owned(), "all 2 seats are taken".to_owned())]);

        let write = Write::begin(&app.app, &north.caller).await.unwrap();
        free_seat(&write, id).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(take(&app.app, &north.caller, id).await, []);
        let query = "query($id: ID!) { opportunity(id: $id) { seatsTaken seatsLeft version } }";
        let shown = acme.ok(query, json!({ "id": typeid::encode(id) })).await;
        assert_eq!(
            shown["opportunity"],
            json!({ "seatsTaken": 2, "seatsLeft": 0, "version": "6" })
        );
    }

    async fn a_seat_that_is_given_back_was_never_taken(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let id = typeid::decode(&open_offer(&acme, "Offer", 1).await).unwrap();
        let write = Write::begin(&app.app, &north.caller).await.unwrap();
        assert_eq!(take_seat(&write, id).await.unwrap(), Ok(()));
        drop(write);
        let query = "{ opportunities(first: 1) { nodes { seatsTaken } } }";
        let shown = north.ok(query, json!({})).await;
        assert_eq!(shown["opportunities"]["nodes"][0]["seatsTaken"], 0);
        let write = Write::begin(&app.app, &north.caller).await.unwrap();
        assert!(matches!(free_seat(&write, id).await, Err(Error::Internal(_))));
    }

    async fn only_an_open_offer_in_sight_has_seats(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let id = typeid::decode(&offer(&acme, "Draft", 1).await).unwrap();
        let codes: Vec<_> =
            take(&app.app, &acme.caller, id).await.into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["OPPORTUNITY_NOT_OPEN"]);
        let other = app.client(Tenant::Partner(app.partner("Zenith").await)).await;
        for caller in [&north.caller, &other.caller] {
            let write = Write::begin(&app.app, caller).await.unwrap();
            assert!(matches!(take_seat(&write, id).await, Err(Error::NotFound("opportunity"))));
        }
    }

    async fn seats_are_never_fewer_than_are_taken(app: TestApp) {
        let (north, acme) = north_and_acme(&app).await;
        let offer = open_offer(&acme, "Offer", 3).await;
        let id = typeid::decode(&offer).unwrap();
        take(&app.app, &north.caller, id).await;
        take(&app.app, &north.caller, id).await;
        let seats = async |seats: i32| {
            let variables = json!({ "id": offer, "input": { "seats": seats } });
            refusals(&acme.ok(UPDATE_OFFER, variables).await["opportunityUpdate"])
        };
        assert_eq!(seats(1).await, expected(&[("OUT_OF_RANGE", "input.seats")]));
        assert_eq!(seats(2).await, []);
        let full = take(&app.app, &north.caller, id).await;
        assert_eq!(full, [("SEATS_TAKEN".to_owned(), "all 2 seats are taken".to_owned())]);
    }
}
