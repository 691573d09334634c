//! A district that teaches four courses of health, with students who take them.

use pathbridge::{auth::Tenant, bulk::reference::sample};
use serde_json::{Value as Json, json};

pub use crate::interests::world::{keyed, refusals, upsert};
use crate::support::{Actor, TestApp};

/// The district's client, and ids that the tests name.
pub struct World {
    pub sis: Actor,
    pub school: String,
    pub students: Vec<String>,
    pub courses: Vec<String>,
    /// A class of each course.
    pub classes: Vec<String>,
}

/// Courses of the district.
const COURSES: usize = 4;

impl World {
    pub async fn new(app: &TestApp, students: usize) -> Self {
        sample::load(&app.app).await.expect("the sample is loaded");
        let district = app.district("mesa").await;
        let sis = app.client(Tenant::District(district)).await;
        let school = put(&sis, "school", "s", json!({ "name": "East" })).await.unwrap();
        let mut world =
            Self { sis, school, students: Vec::new(), courses: Vec::new(), classes: Vec::new() };
        for at in 0..students {
            let student = json!({ "givenName": "Ada", "familyName": format!("N{at}"),
                "schoolId": world.school, "gradeLevel": "11" });
            let id = world.put("student", &format!("p{at}"), student).await.unwrap();
            world.students.push(id);
        }
        for at in 0..COURSES {
            let course = json!({ "title": format!("Health {at}") });
            let course = world.put("course", &format!("c{at}"), course).await.unwrap();
            let class = json!({ "title": "A class", "schoolId": world.school, "courseId": course });
            let class = world.put("class", &format!("k{at}"), class).await.unwrap();
            world.courses.push(course);
            world.classes.push(class);
        }
        world
    }

    /// Writes one row; gives its id, or why it was refused.
    pub async fn put(&self, noun: &str, key: &str, fields: Json) -> Result<String, Json> {
        put(&self.sis, noun, key, fields).await
    }

    /// Codes and paths of why a row is refused.
    pub async fn refused(&self, noun: &str, key: &str, fields: Json) -> Vec<String> {
        let refused = self.put(noun, key, fields.clone()).await;
        refusals(&refused.expect_err(&format!("{noun} {fields} is refused")))
    }

    /// A cluster of 2024 by its code.
    pub async fn cluster(&self, code: &str) -> String {
        let ask =
            "query($code: String!) { careerClusters(first: 2, where: { code: { eq: $code } }) {
            nodes { id framework } } }";
        let found = self.sis.ok(ask, json!({ "code": code })).await;
        found["careerClusters"]["nodes"][0]["id"].as_str().expect("a cluster").to_owned()
    }

    /// A pathway of health with these courses of the world, all but the last required.
    pub async fn pathway(&self, key: &str, cluster: &str, courses: &[usize]) -> String {
        let cluster = self.cluster(cluster).await;
        let fields = json!({ "name": format!("Pathway {key}"), "clusterId": cluster });
        let pathway = self.put("pathway", key, fields).await.unwrap();
        for (place, course) in courses.iter().enumerate() {
            let fields = json!({ "pathwayId": pathway, "courseId": self.courses[*course],
                "position": place + 1, "isRequired": place + 1 < courses.len() });
            self.put("pathwayCourse", &format!("{key}-{course}"), fields).await.unwrap();
        }
        pathway
    }

    /// Puts a student of the world on a pathway.
    pub async fn enroll(&self, student: usize, pathway: &str, key: &str) -> String {
        let fields = json!({ "studentId": self.students[student], "pathwayId": pathway,
            "startedOn": "2025-08-20" });
        self.put("pathwayEnrollment", key, fields).await.unwrap()
    }
}

async fn put(actor: &Actor, noun: &str, key: &str, fields: Json) -> Result<String, Json> {
    let written = upsert(actor, noun, json!([keyed(key, noun, fields)])).await.remove(0);
    if written["userErrors"] == json!([]) {
        Ok(written["row"]["id"].as_str().expect("an id").to_owned())
    } else {
        Err(written["userErrors"].clone())
    }
}
