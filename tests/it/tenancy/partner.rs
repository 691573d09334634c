//! What a partner learns of the student it takes: who it is, and no more.

use pathbridge::graphql::model::named;
use serde_json::{Value as Json, json};

use super::callers::World;
use crate::support::{both, shape::Reach};

both! {
    async fn a_partner_learns_a_students_name_and_nothing_else(app: TestApp) {
        let world = World::new(&app).await;
        let student = world.a.row("student", 1);
        let ask = async |actor: &crate::support::Actor| {
            let reach = Reach { edges: 0, page: 250, scopes: actor.caller.scopes, is_thin: false };
            let leaves = world.shape.selection("Student", reach);
            let document = format!("query($id: ID!) {{ student(id: $id) {leaves} }}");
            actor.ok(&document, json!({ "id": student.id() })).await["student"].take()
        };
        let to_partner = ask(&world.portal_of_p().actor).await;
        let to_district = ask(&world.sis_of_a().actor).await;
        let personal = world.shape.personal.iter().filter(|(on, ..)| on == "Student");
        let mut classes = Vec::new();
        // What leads further than the student is no leaf; a partner's scopes do not reach it.
        let leaf = |(_, field, _): &&(String, String, String)| {
            world.shape.fields(named(&world.shape.fields("Student")[field.as_str()].ty)).is_empty()
        };
        for (_, field, class) in personal.filter(leaf) {
            assert_ne!(to_district[field], Json::Null, "the seed must fill {field}");
            let expected = if class == "NAME" { &to_district[field] } else { &Json::Null };
            assert_eq!(&to_partner[field], expected, "{field} is of class {class}");
            classes.push(class.as_str());
        }
        assert!(classes.contains(&"NAME") && classes.contains(&"BIRTH"), "{classes:?}");
        assert_eq!(to_partner["id"], to_district["id"]);
        assert_eq!(to_partner["externalIds"], json!([]), "keys of the district's systems");
    }
}
