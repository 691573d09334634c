//! Where nothing is posted, whoever asks for it.

use pathbridge::{
    auth::Tenant,
    changes,
    webhooks::{
        target::{Guard, Reach},
        worker::{self, Post},
    },
};
use serde_json::json;

use super::{
    receiver::Receiver,
    world::{Names, PATIENCE, World},
};
use crate::support::both;

const CREATE: &str = "mutation($input: WebhookEndpointCreateInput!) {
    webhookEndpointCreate(input: $input) {
        webhookEndpoint { id } secret userErrors { code message path }
    }
}";

both! {
    async fn an_address_inside_is_refused_when_it_is_set_up(app: TestApp) {
        let district = app.district("north").await;
        let actor = app.client(Tenant::District(district)).await;
        for url in [
            "http://example.org/hooks",
            "https://localhost/hooks",
            "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://[fd00::1]/",
            "https://2130706433/",
            "https://example.org:6379/",
            "https://user:secret@example.org/",
            "gopher://example.org/",
            "not an address",
        ] {
            let made = actor.ok(CREATE, json!({ "input": { "url": url } })).await;
            let made = &made["webhookEndpointCreate"];
            assert!(made["webhookEndpoint"].is_null() && made["secret"].is_null(), "{url}");
            assert_eq!(made["userErrors"][0]["code"], "INVALID_FORMAT", "{url}");
            assert_eq!(made["userErrors"][0]["path"], json!(["input", "url"]), "{url}");
        }
        let fine = json!({ "input": { "url": "https://example.org/hooks" } });
        let made = actor.ok(CREATE, fine).await;
        let id = &made["webhookEndpointCreate"]["webhookEndpoint"]["id"];
        let update = "mutation($id: ID!) {
            webhookEndpointUpdate(id: $id, input: { url: \"https://10.0.0.1/\" }) {
                userErrors { code path }
            }
        }";
        let changed = actor.ok(update, json!({ "id": id })).await;
        let changed = &changed["webhookEndpointUpdate"]["userErrors"][0];
        assert_eq!(changed["path"], json!(["input", "url"]));
    }

    async fn a_name_that_leads_inside_is_refused_at_every_attempt(app: TestApp) {
        let world = World::new(app).await;
        let names = Names(&[
            ("inside.example.org", &["10.0.0.7"]),
            ("metadata.example.org", &["169.254.169.254"]),
            ("here.example.org", &["127.0.0.1"]),
            ("here6.example.org", &["::1"]),
            ("mapped.example.org", &["::ffff:127.0.0.1"]),
            ("mixed.example.org", &["93.184.215.14", "192.168.1.1"]),
        ]);
        let hosts: Vec<&str> = names.0.iter().map(|(host, _)| *host).collect();
        for host in hosts.iter().chain(&["nowhere.example.org"]) {
            let url = format!("https://{host}/hooks");
            world.endpoint_with(json!({ "url": url, "types": ["STUDENT"] })).await;
        }
        world.student("s1", "Lovelace").await;
        changes::sequence_now(&world.app.app).await.unwrap();
        for reach in [Reach::Public, Reach::Loopback] {
            let post = Post::new(Guard::new(names, reach), PATIENCE).unwrap();
            assert_eq!(worker::round(&world.app.app, &post).await.unwrap(), 7);
            let told = world.deliveries(json!({})).await;
            let errors: Vec<_> =
                told.iter().map(|one| one["lastError"].as_str().unwrap().to_owned()).collect();
            assert_eq!(errors.len(), 7);
            let refused = errors.iter().filter(|error| *error == "REFUSED_ADDRESS");
            assert_eq!(refused.count(), 6, "{errors:?}");
            assert!(errors.contains(&"UNREACHABLE".to_owned()));
            world.app.clock.advance(chrono::TimeDelta::seconds(6));
        }
    }

    async fn a_switch_for_development_does_not_outlive_it(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        world.student("s1", "Lovelace").await;
        changes::sequence_now(&world.app.app).await.unwrap();
        let strict = Post::new(Guard::new(Names(&[]), Reach::Public), PATIENCE).unwrap();
        assert_eq!(worker::round(&world.app.app, &strict).await.unwrap(), 1);
        assert_eq!(world.deliveries(json!({})).await[0]["lastError"], "REFUSED_ADDRESS");
        assert!(receiver.got().is_empty());
        assert_eq!(world.later(chrono::TimeDelta::seconds(6)).await, 1);
        assert_eq!(receiver.got().len(), 1);
    }
}
