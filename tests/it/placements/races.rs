//! Writers who name the same key for a new row at the same time.

use futures_util::future::join_all;
use pathbridge::{auth::Tenant, typeid::encode};
use serde_json::{Value, json};

use super::world::World;
use crate::support::both;

const PROPOSE: &str = "mutation($input: PlacementInput!, $key: ExternalIdInput) {
  payload: placementPropose(input: $input, externalId: $key) {
    placement { id }
    userErrors { __typename code path ... on DuplicateError { existing { id } } }
  }
}";

const RUNNERS: usize = 5;

both! {
    async fn of_many_proposals_under_one_key_there_is_one(app: TestApp) {
        let world = World::new(app).await;
        let sis = world.app.client(Tenant::District(world.north)).await;
        for round in 0..10 {
            let variables = json!({
                "input": {
                    "studentId": encode(world.student), "partnerId": encode(world.partner),
                    "kind": "INTERNSHIP", "startsOn": "2026-09-14", "endsOn": "2026-12-18",
                },
                "key": { "system": "sis", "value": format!("p{round}") },
            });
            let race = (0..RUNNERS).map(|_| sis.ok(PROPOSE, variables.clone()));
            let answers = join_all(race).await;
            let (made, refused): (Vec<&Value>, Vec<&Value>) =
                answers.iter().partition(|answer| answer["payload"]["placement"].is_object());
            assert_eq!((made.len(), refused.len()), (1, RUNNERS - 1));
            let told = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
                "path": ["externalId"], "existing": made[0]["payload"]["placement"] }]);
            assert!(refused.iter().all(|answer| answer["payload"]["userErrors"] == told));
        }
    }
}
