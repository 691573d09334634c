//! Personal data that not every caller may have.

use std::sync::Once;

use async_graphql::{EmptyMutation, EmptySubscription, Request, Schema};
use entity::id::{DistrictId, PartnerId};
use pathbridge::{
    auth::{Caller, Class, Tenant},
    graphql::object::{Graph, Loaded, Root},
    value_object,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::roster;

value_object! {
    /// The root.
    pub GuardedQuery(())
}

value_object! {
    /// Somebody.
    pub Person(&'static str)
}

fn schema() -> Schema<Root<GuardedQuery>, EmptyMutation, EmptySubscription> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut graph = Graph::default();
        graph.object::<GuardedQuery>().many::<Person, ()>(
            "people",
            |_, ()| Box::pin(async { Ok(Loaded::lists(vec![vec!["Ann", "Bob"]])) }),
            "Everybody.",
        );
        let person = graph.object::<Person>();
        person.column("name", |row| *row, "The name.").pii(Class::Name);
        person.column("nick", |row| *row, "The other name.").business_pii(Class::Name);
        person.column("born", |row| *row, "The birth.").pii(Class::Birth);
        graph.install();
    });
    Schema::new(Root::new(), EmptyMutation, EmptySubscription)
}

async fn seen_by(caller: Option<Caller>) -> Value {
    let request = Request::new("{ people { name nick day: born } }");
    let request = match caller {
        Some(caller) => request.data(caller),
        None => request,
    };
    let answer = schema().execute(request).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    serde_json::to_value(&answer.data).unwrap()["people"][1].clone()
}

#[tokio::test]
async fn personal_data_is_null_for_a_caller_who_may_not_have_it() {
    let of = |tenant| Caller { tenant, ..roster::operator() };
    let district = seen_by(Some(of(Tenant::District(DistrictId(Uuid::nil()))))).await;
    assert_eq!(district, json!({ "name": "Bob", "nick": "Bob", "day": "Bob" }));
    let partner = seen_by(Some(of(Tenant::Partner(PartnerId(Uuid::nil()))))).await;
    assert_eq!(partner, json!({ "name": "Bob", "nick": "Bob", "day": null }));
    assert_eq!(seen_by(None).await, json!({ "name": null, "nick": "Bob", "day": null }));
}

#[test]
fn a_column_that_may_be_withheld_is_nullable() {
    let sdl = schema().sdl();
    assert!(sdl.contains("name: String @pii(class: \"NAME\")"), "{sdl}");
    assert!(sdl.contains("nick: String! @pii(class: \"NAME\")"), "{sdl}");
}
