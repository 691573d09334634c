//! Every edge of the roster, in both directions.

use serde_json::{Value, json};

use super::world::World;
use crate::support::both;

const DOWN: &str = "{ districts(first: 1) { nodes {
  slug
  schools(first: 2) { nodes { name } }
  academicSessions(first: 2) { nodes { title } }
  students(first: 2) { nodes { givenName } }
  staff(first: 2) { nodes { familyName } }
  courses(first: 2) { nodes { title } }
  classes(first: 2) { nodes { title } }
} } }";

const OF_SCHOOL: &str = "{ schoolByKey(key: { externalId: { system: \"sis\", value: \"s\" } }) {
  district { slug }
  students(first: 2) { nodes { givenName } }
  staff(first: 2) { nodes { familyName } }
  courses(first: 2) { nodes { title schoolYear { title courses(first: 2) { nodes { title } } } } }
  classes(first: 2) { nodes { title } }
} }";

const OF_CLASS: &str = "{ classByKey(key: { externalId: { system: \"sis\", value: \"k\" } }) {
  kind district { slug } school { name }
  course { title classes(first: 2) { nodes { title } } }
  teachers { familyName classes { title } school { name } }
  sessions { title district { slug } classes { title sessions { title } } }
  enrollments(first: 2) { nodes {
    credits
    class { title }
    student { givenName enrollments(first: 2) { nodes { resultGrade } } }
  } }
} }";

fn nodes(key: &str, value: &str) -> Value {
    json!({ "nodes": [{ key: value }] })
}

both! {
    async fn a_district_leads_to_what_it_owns(app: TestApp) {
        let world = World::new(&app, "north").await;
        World::new(&app, "south").await;
        let expected = json!({
            "slug": "north",
            "schools": nodes("name", "East High"),
            "academicSessions": nodes("title", "2026–27"),
            "students": nodes("givenName", "Ada"),
            "staff": nodes("familyName", "Somerville"),
            "courses": nodes("title", "Analysis"),
            "classes": nodes("title", "Analysis 1"),
        });
        let found = world.sis.ok(DOWN, json!({})).await;
        assert_eq!(found["districts"]["nodes"], json!([expected]));
    }

    async fn a_school_leads_to_its_people_and_teaching(app: TestApp) {
        let world = World::new(&app, "north").await;
        let year = json!({ "title": "2026–27", "courses": nodes("title", "Analysis") });
        let expected = json!({
            "district": { "slug": "north" },
            "students": nodes("givenName", "Ada"),
            "staff": nodes("familyName", "Somerville"),
            "courses": { "nodes": [{ "title": "Analysis", "schoolYear": year }] },
            "classes": nodes("title", "Analysis 1"),
        });
        assert_eq!(world.sis.ok(OF_SCHOOL, json!({})).await["schoolByKey"], expected);
    }

    async fn a_class_leads_to_whoever_meets_in_it(app: TestApp) {
        let world = World::new(&app, "north").await;
        let student = json!({ "givenName": "Ada", "enrollments": nodes("resultGrade", "A") });
        let expected = json!({
            "kind": "SCHEDULED",
            "district": { "slug": "north" },
            "school": { "name": "East High" },
            "course": { "title": "Analysis", "classes": nodes("title", "Analysis 1") },
            "teachers": [{ "familyName": "Somerville", "classes": [{ "title": "Analysis 1" }],
                "school": { "name": "East High" } }],
            "sessions": [{ "title": "2026–27", "district": { "slug": "north" },
                "classes": [{ "title": "Analysis 1", "sessions": [{ "title": "2026–27" }] }] }],
            "enrollments": { "nodes": [{ "credits": "0.50", "class": { "title": "Analysis 1" },
                "student": student }] },
        });
        assert_eq!(world.sis.ok(OF_CLASS, json!({})).await["classByKey"], expected);
    }
}
