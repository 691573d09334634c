//! Signatures as receivers check them, and secrets that are replaced without losing any.

use chrono::TimeDelta;
use serde_json::json;
use standardwebhooks::Webhook;

use super::{
    receiver::{Got, Receiver},
    world::World,
};
use crate::support::{both, dump::dump};

/// Whether the reference makes one of the signatures too. (It verifies only by the clock of the
/// machine, which is not that of these tests.)
fn verifies(secret: &str, got: &Got) -> bool {
    let receiver = Webhook::new(secret).expect("a secret of the standard");
    let timestamp = got.headers["webhook-timestamp"].parse().expect("seconds");
    let signature = receiver.sign(got.id(), timestamp, got.body.as_bytes()).expect("a signature");
    got.headers["webhook-signature"].split(' ').any(|one| one == signature)
}

both! {
    async fn both_secrets_sign_while_one_replaces_the_other(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let sent = || async {
            let ping = json!({ "endpointId": endpoint.id });
            world.act("webhookEndpointPing", "webhookDelivery { id }", ping).await;
            world.turn().await;
            receiver.take().remove(0)
        };
        let rotate = |hours: i32| {
            let variables = json!({ "endpointId": endpoint.id, "overlapHours": hours });
            let world = &world;
            async move {
                let made = world.act("webhookSecretRotate", "secret", variables).await;
                made["secret"].as_str().expect("a secret").to_owned()
            }
        };
        let count = |got: &Got| got.headers["webhook-signature"].split(' ').count();
        let first = endpoint.secret.clone();
        let got = sent().await;
        assert!(verifies(&first, &got) && count(&got) == 1);
        let forged = Got { body: got.body.replace("ping", "pong"), ..got };
        assert!(!verifies(&first, &forged));

        let second = rotate(24).await;
        let got = sent().await;
        assert!(verifies(&first, &got) && verifies(&second, &got) && count(&got) == 2);
        let third = rotate(24).await;
        let got = sent().await;
        assert!(verifies(&third, &got) && verifies(&second, &got) && count(&got) == 2);
        assert!(!verifies(&first, &got), "there are never more than two");

        world.app.clock.advance(TimeDelta::hours(24));
        let got = sent().await;
        assert!(verifies(&third, &got) && !verifies(&second, &got) && count(&got) == 1);
        let fourth = rotate(0).await;
        let got = sent().await;
        assert!(verifies(&fourth, &got) && !verifies(&third, &got) && count(&got) == 1);

        let wrong = json!({ "endpointId": endpoint.id, "overlapHours": 169 });
        let refused = world.try_act("webhookSecretRotate", "secret", wrong).await;
        assert!(refused["secret"].is_null());
        assert_eq!(refused["userErrors"][0]["path"], json!(["overlapHours"]));
    }

    async fn a_secret_is_not_in_the_database(app: TestApp) {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let text = endpoint.secret.strip_prefix("whsec_").expect("the prefix of the standard");
        let bytes = STANDARD.decode(text).expect("base64");
        assert!((24..=64).contains(&bytes.len()));
        let digits = bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        for line in dump(&world.app).await {
            let line = line.to_lowercase();
            assert!(!line.contains(&digits) && !line.contains(&text.to_lowercase()));
        }
    }

    async fn an_endpoint_whose_secret_cannot_be_opened_is_stopped_until_it_has_another(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        // The folder of the keys was lost: the service starts with others.
        let app = world.app.with_config(|_| {});
        let actor = app.client(pathbridge::auth::Tenant::District(world.district)).await;
        let world = World { app, actor, ..world };
        world.student("s1", "Lovelace").await;
        assert_eq!(world.turn().await, 0);
        let told = world.deliveries(json!({})).await;
        assert_eq!(told[0]["endpoint"]["disabledReason"], "SECRET_LOST");
        let variables = json!({ "endpointId": endpoint.id, "overlapHours": 0 });
        let made = world.act("webhookSecretRotate", "secret", variables).await;
        let enable = json!({ "id": endpoint.id });
        world.act("webhookEndpointEnable", "webhookEndpoint { id }", enable).await;
        world.app.clock.advance(TimeDelta::seconds(60));
        world.student("s1", "Byron").await;
        world.turn().await;
        let got = receiver.got();
        let types: Vec<_> = got.iter().map(|one| one.told("/type")).collect();
        assert!(types.contains(&"changes.gap".to_owned()), "its cursor is lost too: {types:?}");
        assert!(got.iter().all(|one| verifies(made["secret"].as_str().unwrap(), one)));
    }
}
