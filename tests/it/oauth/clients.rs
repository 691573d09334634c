//! Registering, listing, renewing and revoking clients.

use chrono::TimeDelta;
use entity::api_client::{self, ApiClientKind, ApiClientState};
use pathbridge::{
    auth::{
        Scopes, Tenant,
        client::{self, NewClient},
    },
    error::{Error, ProblemCode},
    typeid,
};
use sea_orm::EntityTrait;

use super::{
    forge::Pair,
    world::{World, new_client, post},
};

async fn problems(world: &World, new: NewClient) -> Vec<(ProblemCode, String)> {
    match client::create(&world.app, new).await {
        Err(Error::Invalid(problems)) => {
            problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_secret_is_shown_once_and_stored_as_a_digest() {
    let world = World::new().await;
    let new = new_client(ApiClientKind::Platform, None, "roster:read");
    let created = client::create(&world.app, new).await.unwrap();
    let secret = created.secret.clone().unwrap();
    assert!(secret.reveal().starts_with("pbs_") && secret.reveal().len() == 47);
    assert!(created.client_id.starts_with("client_") && created.client_id.len() == 33);
    let shown = format!("{created:?}");
    assert!(!shown.contains(secret.reveal()) && shown.contains(&created.client_id), "{shown}");
    let found = client::find(&world.app, &created.client_id).await.unwrap().unwrap();
    #[expect(clippy::disallowed_methods, reason = "looks behind the door")]
    let row = api_client::Entity::find_by_id(found.id).one(world.app.db.writer()).await.unwrap();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, secret.reveal().as_bytes());
    assert_eq!(row.unwrap().secret_hash.as_deref(), Some(digest.as_ref()));
}

#[tokio::test]
async fn all_problems_of_a_new_client_are_told_at_once_and_nothing_is_written() {
    let world = World::new().await;
    let mut new = new_client(ApiClientKind::Partner, Some("Nobody"), "guardians:read hours:read");
    new.name = " ".to_owned();
    new.public_key = Some("-----BEGIN NOTHING-----".to_owned());
    let expected = [
        (ProblemCode::Required, "name"),
        (ProblemCode::Forbidden, "scopes"),
        (ProblemCode::InvalidFormat, "publicKey"),
        (ProblemCode::ReferenceNotFound, "tenant"),
    ];
    let found = problems(&world, new).await;
    let found: Vec<_> = found.iter().map(|(code, path)| (*code, path.as_str())).collect();
    assert_eq!(found, expected);

    let mut long = new_client(ApiClientKind::District, None, "roster:read");
    long.name = "x".repeat(201);
    long.scopes = Scopes::default();
    let codes: Vec<_> = problems(&world, long).await.into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [ProblemCode::TooLong, ProblemCode::Required, ProblemCode::Required]);
    let everywhere = new_client(ApiClientKind::Platform, Some("aurora"), "roster:read");
    assert_eq!(problems(&world, everywhere).await[0].1, "tenant");
    assert!(client::list(&world.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_partner_is_named_by_id_or_by_a_name_of_its_own() {
    let world = World::new().await;
    let mercy = world.partner("Mercy Clinic").await;
    let twins = [world.partner("Acme").await, world.partner("Acme").await];
    let named = |name: &str| new_client(ApiClientKind::Partner, Some(name), "placements:write");
    for name in ["Mercy Clinic", &typeid::encode(mercy), &typeid::encode(twins[1])] {
        client::create(&world.app, named(name)).await.unwrap();
    }
    let tenants: Vec<_> =
        client::list(&world.app).await.unwrap().into_iter().map(|client| client.tenant).collect();
    assert_eq!(tenants, [mercy, mercy, twins[1]].map(Tenant::Partner));
    assert_eq!(problems(&world, named("Acme")).await[0].0, ProblemCode::InvalidFormat);
    assert_eq!(problems(&world, named("acme")).await[0].0, ProblemCode::ReferenceNotFound);
}

#[tokio::test]
async fn a_new_credential_replaces_the_old_one() {
    let world = World::new().await;
    let mut client = world.platform("roster:read").await;
    let old = client.basic();
    let renewed = client::rotate(&world.app, &client.id, None).await.unwrap();
    client.secret = renewed.secret.unwrap().reveal().to_owned();
    world.token_of(&client).await;
    let grant = [("grant_type", "client_credentials")];
    assert_eq!(post(&world.app, "/oauth/token", Some(&old), &grant).await.error().0, 401);

    let key = Some(Pair::new().public_pem());
    let renewed = client::rotate(&world.app, &client.id, key).await.unwrap();
    assert!(renewed.secret.is_none());
    let found = client::find(&world.app, &client.id).await.unwrap().unwrap();
    assert!(found.has_key());
    let basic = client.basic();
    assert_eq!(post(&world.app, "/oauth/token", Some(&basic), &grant).await.error().0, 401);
}

#[tokio::test]
async fn a_revoked_client_stays_revoked() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    client::revoke(&world.app, &client.id).await.unwrap();
    assert_eq!(client::list(&world.app).await.unwrap()[0].state, ApiClientState::Revoked);
    let again = client::revoke(&world.app, &client.id).await;
    assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    let rotated = client::rotate(&world.app, &client.id, None).await;
    assert!(matches!(rotated, Err(Error::Invalid(_))), "{rotated:?}");
    let unknown = client::revoke(&world.app, "client_nobody").await;
    assert!(matches!(unknown, Err(Error::NotFound(_))), "{unknown:?}");
}

#[tokio::test]
async fn the_last_use_is_noted_once_a_minute() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let noted = async || {
        // Noted beside the request: the writer hands it over when it is free.
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        client::find(&world.app, &client.id).await.unwrap().unwrap().last_used_at
    };
    assert_eq!(noted().await, None);
    let first = world.app.clock.now();
    world.token_of(&client).await;
    assert_eq!(noted().await, Some(first));
    world.time.pass(TimeDelta::seconds(59));
    world.token_of(&client).await;
    assert_eq!(noted().await, Some(first));
    world.time.pass(TimeDelta::seconds(1));
    world.token_of(&client).await;
    assert_eq!(noted().await, Some(first + TimeDelta::seconds(60)));
}
