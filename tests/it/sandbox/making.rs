//! Who may make a sandbox, what they get, and how many.

use std::collections::BTreeSet;

use pathbridge::{
    auth::{Scope, Scopes, Tenant, client},
    sandbox::{rules, worker},
};
use serde_json::{Value as Json, json};

use super::world::{CREATE, Made, refusals, text};
use crate::support::both;

both! {
    async fn a_district_gets_a_world_of_its_own(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, " Try-out ").await;
        assert_eq!(made.sandbox["state"], "PREPARING");
        assert_eq!(made.sandbox["name"], "Try-out");
        assert_eq!(made.sandbox["readyAt"], Json::Null);
        assert_eq!(made.sandbox["expiresAt"], "2026-10-01T08:00:00.000000Z");
        assert_eq!(made.sandbox["seed"], 1);
        let kinds: Vec<_> = made.credentials.iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["DISTRICT", "PARTNER"]);
        let strip = |one: &Json| json!([one["clientId"], one["kind"], one["tenantId"], one["scopes"]]);
        let listed = made.sandbox["clients"].as_array().expect("clients").iter().map(strip);
        assert_eq!(listed.collect::<Vec<_>>(), made.credentials.iter().map(strip).collect::<Vec<_>>());

        // The clients work at once; the data comes a moment later.
        let sis = made.client(&app, "DISTRICT").await;
        assert_eq!(sis.caller.tenant, Tenant::District(made.district()));
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        let query = "{ viewer { isSandbox tenantId } districts(first: 5) { nodes { id name isSandbox } }
            students(first: 250) { nodes { givenName } }
            placements(first: 5) { nodes { partner { name isSandbox } student { familyName } } } }";
        let seen = sis.ok(query, json!({})).await;
        assert_eq!(seen["viewer"], json!({ "isSandbox": true, "tenantId": made.sandbox["districtId"] }));
        let district = json!([{ "id": made.sandbox["districtId"], "name": "[Sandbox] Try-out", "isSandbox": true }]);
        assert_eq!(seen["districts"]["nodes"], district);
        assert!(!seen["students"]["nodes"].as_array().expect("students").is_empty());
        for placement in seen["placements"]["nodes"].as_array().expect("placements") {
            assert_eq!(placement["partner"]["isSandbox"], true);
            assert!(text(&placement["partner"]["name"]).starts_with("[Sandbox] "), "{placement}");
        }
        let portal = made.client(&app, "PARTNER").await;
        let seen = portal.ok("{ viewer { isSandbox tenantId } partners(first: 9) { nodes { id } } }", json!({})).await;
        assert_eq!(seen["viewer"], json!({ "isSandbox": true, "tenantId": made.partner(0) }));
        assert_eq!(seen["partners"]["nodes"], json!([{ "id": made.partner(0) }]));
        let outside = owner.ok("{ viewer { isSandbox } }", json!({})).await;
        assert_eq!(outside["viewer"]["isSandbox"], false);
    }

    async fn nobody_hands_on_more_than_it_has(app: TestApp) {
        let partner = app.partner("Mercy").await;
        let some = [Scope::SandboxesManage, Scope::PartnersRead, Scope::StudentsRead];
        let owner = app.granted(Tenant::Partner(partner), &some).await;
        let made = Made::new(&owner, "Portal").await;
        for one in &made.credentials {
            assert_eq!(one["scopes"], json!(["students:read", "partners:read"]), "{one}");
        }
        let input = json!({ "name": "Bare" });
        let bare = app.granted(Tenant::Partner(partner), &[Scope::SandboxesManage]).await;
        let refused = bare.gql(CREATE, json!({ "input": input })).await;
        let path = |code: &str| (code.to_owned(), "input.clientKinds".to_owned());
        assert_eq!(refusals(&refused, "sandboxCreate"), [path("FORBIDDEN"), path("FORBIDDEN")]);

        let all = app.client(Tenant::Platform).await;
        let made = Made::new(&all, "Platform").await;
        let most: BTreeSet<_> = client::grantable(entity::api_client::ApiClientKind::District)
            .iter().filter(|scope| *scope != Scope::SandboxesManage).map(Scope::name).collect();
        let given: BTreeSet<_> =
            made.credentials[0]["scopes"].as_array().expect("scopes").iter().map(text).collect();
        assert!(given.iter().map(String::as_str).eq(most));
    }

    async fn what_is_wrong_is_told_at_once_and_nothing_is_made(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let before = crate::support::dump::dump(&app).await;
        let input = json!({ "name": " ", "students": 501, "seed": -1, "clientKinds": [] });
        let refused = owner.gql(CREATE, json!({ "input": input })).await;
        let told = refusals(&refused, "sandboxCreate");
        let told: Vec<_> = told.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
        assert_eq!(told, [
            ("REQUIRED", "input.name"),
            ("REQUIRED", "input.clientKinds"),
            ("OUT_OF_RANGE", "input.students"),
            ("OUT_OF_RANGE", "input.seed"),
        ]);
        assert_eq!(crate::support::dump::dump(&app).await, before);
    }

    async fn five_are_enough_until_one_goes(app: TestApp) {
        let district = app.district("north").await;
        let owner = app.client(Tenant::District(district)).await;
        let mut first = None;
        for _ in 0..rules::MOST {
            first.get_or_insert(Made::new(&owner, "one of five").await);
        }
        let sixth = json!({ "input": { "name": "six" } });
        // Another client of the tenant has no other five, nor has the platform for it.
        let colleague = app.client(Tenant::District(district)).await;
        let operator = app.client(Tenant::Platform).await;
        let for_it = json!({ "input": { "name": "six", "tenantId": pathbridge::typeid::encode(district) } });
        for (actor, input) in [(&owner, &sixth), (&colleague, &sixth), (&operator, &for_it)] {
            let refused = actor.gql(CREATE, input.clone()).await;
            assert_eq!(refusals(&refused, "sandboxCreate"), [("LIMIT_EXCEEDED".to_owned(), "input".to_owned())]);
        }
        let other = app.client(Tenant::District(app.district("south").await)).await;
        Made::new(&other, "elsewhere").await;
        first.expect("a sandbox").step(&colleague, "sandboxDelete").await;
        Made::new(&owner, "six").await;
    }

    async fn two_at_once_do_not_take_the_same_place(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        for _ in 1..rules::MOST {
            Made::new(&owner, "taken").await;
        }
        let input = json!({ "input": { "name": "last" } });
        let attempts = (0..4).map(|_| owner.gql(CREATE, input.clone()));
        let answers = futures_util::future::join_all(attempts).await;
        let made = answers.iter().filter(|answer| refusals(answer, "sandboxCreate").is_empty());
        assert_eq!(made.count(), 1);
    }

    async fn the_platform_makes_them_for_anybody_and_nobody_else_does(app: TestApp) {
        let (north, mercy) = (app.district("north").await, app.partner("Mercy").await);
        let operator = app.client(Tenant::Platform).await;
        let (sis, portal) =
            (app.client(Tenant::District(north)).await, app.client(Tenant::Partner(mercy)).await);
        let encode = |tenant| match tenant {
            Tenant::District(id) => pathbridge::typeid::encode(id),
            Tenant::Partner(id) => pathbridge::typeid::encode(id),
            Tenant::Platform => String::new(),
        };
        for (tenant, owner, other) in
            [(Tenant::District(north), &sis, &portal), (Tenant::Partner(mercy), &portal, &sis)]
        {
            let input = json!({ "name": "gift", "students": 3, "tenantId": encode(tenant) });
            let made = Made::with(&operator, input.clone()).await;
            assert_eq!(made.state(owner).await, "PREPARING");
            assert_eq!(made.state(other).await, Json::Null);
            let refused = other.gql(CREATE, json!({ "input": input })).await;
            let told = [("REFERENCE_NOT_FOUND".to_owned(), "input.tenantId".to_owned())];
            assert_eq!(refusals(&refused, "sandboxCreate"), told);
        }
    }

    async fn a_sandbox_has_no_sandboxes(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, "outer").await;
        let sis = made.client(&app, "DISTRICT").await;
        let refused = sis.gql(CREATE, json!({ "input": { "name": "inner" } })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        // Not even for a client that an operator gave the scope, nor when the platform asks.
        let inside = app.client_with(Tenant::District(made.district()), Scopes::all()).await;
        let operator = app.client(Tenant::Platform).await;
        let within = [Some(made.sandbox["districtId"].clone()), Some(json!(made.partner(1)))];
        for (actor, tenant) in [(&inside, None)].into_iter().chain(within.into_iter().map(|one| (&operator, one))) {
            let input = json!({ "input": { "name": "inner", "tenantId": tenant } });
            let refused = actor.gql(CREATE, input).await;
            assert_eq!(refusals(&refused, "sandboxCreate"), [("FORBIDDEN".to_owned(), "input".to_owned())]);
        }
    }

    async fn sent_again_it_keeps_its_secrets_and_a_new_one_helps(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let input = json!({ "input": { "name": "once", "students": 3 } });
        let first = owner.gql_once(CREATE, input.clone(), Some("key-1")).await.body;
        let again = owner.gql_once(CREATE, input, Some("key-1")).await.body;
        let made = |answer: &Json| answer["data"]["sandboxCreate"].clone();
        assert_eq!(made(&again)["sandbox"], made(&first)["sandbox"]);
        assert_eq!(made(&first)["credentials"].as_array().map(Vec::len), Some(2));
        assert_eq!(made(&again)["credentials"], json!([]));
        assert_eq!(again["extensions"]["idempotency"][0]["replayed"], true);

        let made = made(&first);
        let (id, client) = (&made["sandbox"]["id"], &made["credentials"][0]["clientId"]);
        let rotate = "mutation($id: ID!, $client: ID!) { sandboxClientRotate(id: $id, clientId: $client) {
            sandbox { id } clientSecret userErrors { code path } } }";
        let rotated = owner.ok(rotate, json!({ "id": id, "client": client })).await;
        let secret = text(&rotated["sandboxClientRotate"]["clientSecret"]);
        assert_ne!(json!(secret), made["credentials"][0]["clientSecret"]);
        app.client_of(&text(client), &secret).await;
        // A client that is not of this sandbox is none of its business.
        let own = pathbridge::typeid::encode(owner.caller.client);
        let refused = owner.gql(rotate, json!({ "id": id, "client": own })).await;
        assert_eq!(refusals(&refused, "sandboxClientRotate"), [("REFERENCE_NOT_FOUND".to_owned(), "clientId".to_owned())]);
    }

    async fn secrets_are_kept_as_digests(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, "hashed").await;
        let all = crate::support::dump::dump(&app).await;
        for one in &made.credentials {
            let secret = text(&one["clientSecret"]);
            assert!(secret.starts_with("pbs_"));
            assert!(!all.iter().any(|line| line.contains(&secret)));
        }
    }
}
