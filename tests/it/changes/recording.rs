//! What leaves no change: what was refused, taken back, or equal.

use entity::school;
use pathbridge::{
    auth::{Caller, Scopes, Tenant},
    bulk::import::{self, ImportOptions, Silent},
    store::{Write, create},
};
use sea_orm::ActiveEnum;
use serde_json::json;

use super::story::{Story, row, waiting};
use crate::support::{TestApp, both};

async fn count(app: &TestApp) -> usize {
    waiting(app, 0).await.len()
}

fn caller(app: &TestApp, tenant: Tenant) -> Caller {
    let clock = &app.app.clock;
    let (client, now) = (clock.id(), clock.now());
    Caller { client, tenant, scopes: Scopes::all(), now, request: None, once: None }
}

both! {
    async fn what_is_refused_taken_back_or_equal_is_not_told(app: TestApp) {
        let district = app.district("alder").await;
        let story = Story::begin(&app, Tenant::District(district)).await;
        let school = row("school", "s", &json!({ "name": "East" }));
        let id = story.send("schoolBulkUpsert", school.clone()).await["id"].take();
        assert_eq!(count(&app).await, 1);

        story.send("schoolBulkUpsert", school).await;
        assert_eq!(count(&app).await, 1, "equal rows");

        let stale = "mutation($id: ID!) { schoolUpdate(id: $id, expectedVersion: 7, input: \
                     { name: \"West\" }) { userErrors { code } } }";
        let answer = story.actor.ok(stale, json!({ "id": id })).await;
        assert_eq!(answer["schoolUpdate"]["userErrors"][0]["code"], "VERSION_CONFLICT");
        assert_eq!(count(&app).await, 1, "a refused row");

        let caller = caller(&app, Tenant::District(district));
        let write = Write::begin(&app.app, &caller).await.unwrap();
        let draft = pathbridge::roster::service::school::SchoolDraft {
            district,
            name: Some("North".to_owned()),
            identifier: None,
            status: None,
        };
        create::<school::Entity>(&write, &draft).await.unwrap();
        drop(write);
        assert_eq!(count(&app).await, 1, "a transaction that was taken back");
    }

    async fn an_import_tells_each_row_and_a_second_one_nothing(app: TestApp) {
        let district = app.district("alder").await;
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/oneroster/v1p1-bulk");
        let dry = ImportOptions { dry_run: true, ..ImportOptions::default() };
        import::oneroster(&app.app, district, &path, &dry, &Silent).await.unwrap();
        assert_eq!(count(&app).await, 0, "a dry run");
        let wet = ImportOptions::default();
        let report = import::oneroster(&app.app, district, &path, &wet, &Silent).await.unwrap();
        let told = waiting(&app, 0).await;
        let created: u64 = report.kinds.iter().map(|count| count.created).sum();
        let of_files = told.iter().filter(|change| {
            change.op.to_value() == "CREATED" && change.kind != "guardianship"
        });
        assert_eq!(of_files.count() as u64, created);
        let first = told[0].transaction_id;
        assert!(told.iter().all(|change| change.transaction_id == first));
        let places: Vec<_> = told.iter().map(|change| change.index_in_transaction).collect();
        assert_eq!(places, (0..i32::try_from(told.len()).unwrap()).collect::<Vec<_>>());
        assert_eq!(told.iter().filter(|change| change.is_last).count(), 1);
        assert!(told.last().unwrap().is_last);

        import::oneroster(&app.app, district, &path, &wet, &Silent).await.unwrap();
        assert_eq!(count(&app).await, told.len(), "the same bundle again");
    }
}
