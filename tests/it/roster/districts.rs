//! Districts are made by the platform.

use pathbridge::{auth::Tenant, error::Error, roster::service::district, typeid};
use serde_json::{Value, json};

use crate::support::{Actor, both};

async fn create(actor: &Actor, slug: &str, time_zone: &str) -> Value {
    let query = "mutation($input: DistrictCreateInput!) { districtCreate(input: $input) {
      district { id slug name kind timeZone version }
      userErrors {
        __typename code path ... on DuplicateError { existing { id } }
        ... on PermissionError { requiredScope }
      }
    } }";
    let input = json!({ "slug": slug, "name": "Boulder Valley", "kind": "DISTRICT",
        "timeZone": time_zone });
    actor.ok(query, json!({ "input": input })).await["districtCreate"].take()
}

both! {
    async fn the_platform_makes_districts(app: TestApp) {
        let platform = app.client(Tenant::Platform).await;
        let created = create(&platform, "boulder-valley", "America/Denver").await;
        let id = created["district"]["id"].as_str().unwrap();
        let expected = json!({ "id": id, "slug": "boulder-valley", "name": "Boulder Valley",
            "kind": "DISTRICT", "timeZone": "America/Denver", "version": "1" });
        assert_eq!(created, json!({ "district": expected, "userErrors": [] }));
        let found = district::by_slug(&app.app, "boulder-valley").await.unwrap();
        assert_eq!(typeid::encode(found.id), id);
        assert!(matches!(district::by_slug(&app.app, "boulder").await, Err(Error::NotFound(_))));
        create(&platform, "a-first-one", "UTC").await;
        let listed = district::list(&app.app, &district::operator(&app.app)).await.unwrap();
        let slugs: Vec<_> = listed.iter().map(|row| row.slug.as_str()).collect();
        assert_eq!(slugs, ["a-first-one", "boulder-valley"]);
    }

    async fn a_short_name_is_taken_once(app: TestApp) {
        let platform = app.client(Tenant::Platform).await;
        let first = create(&platform, "north", "UTC").await;
        let second = create(&platform, "north", "UTC").await;
        let error = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
            "path": ["input", "slug"], "existing": { "id": first["district"]["id"] } }]);
        assert_eq!(second, json!({ "district": null, "userErrors": error }));
        let query = "mutation { districtCreate(input: { slug: \"north\", name: \"N\", kind: DISTRICT,
            timeZone: \"UTC\" }) { userErrors { docUrl } } }";
        let page = platform.ok(query, json!({})).await;
        let page = page["districtCreate"]["userErrors"][0]["docUrl"].as_str().unwrap();
        assert!(page.ends_with("/docs/user-errors/ALREADY_EXISTS"), "{page}");
        let bad = create(&platform, "North!", "somewhere").await;
        let codes = [0, 1].map(|at| bad["userErrors"][at]["path"].clone());
        assert_eq!(codes, [json!(["input", "slug"]), json!(["input", "timeZone"])]);
    }

    async fn nobody_else_makes_districts(app: TestApp) {
        let sis = app.client(Tenant::District(app.district("north").await)).await;
        let refused = create(&sis, "south", "UTC").await;
        let error = json!([{ "__typename": "PermissionError", "code": "FORBIDDEN",
            "path": ["input"], "requiredScope": null }]);
        assert_eq!(refused, json!({ "district": null, "userErrors": error }));
        assert!(district::by_slug(&app.app, "south").await.is_err());
    }
}
