//! What belongs to another district cannot be named, read or moved.

use pathbridge::auth::Tenant;
use serde_json::{Value, json};

use super::world::{World, refusals, send, update};
use crate::support::both;

/// Every field that names another row, in a row that is otherwise fine.
fn strangers(own: &World, other: &World) -> Vec<(&'static str, &'static str, Value)> {
    let (own, ids) = (&own.ids, &other.ids);
    let person =
        |field: &str, value: Value| json!({ "givenName": "A", "familyName": "B", field: value });
    let staff =
        json!({ "givenName": "A", "familyName": "B", "kind": "OTHER", "schoolId": ids.school });
    let class = |field: &str, value: Value| {
        let mut class = json!({ "title": "A", "schoolId": own.school, "courseId": own.course });
        class[field] = value;
        class
    };
    let mut session = super::world::year();
    session["parentId"] = json!(ids.session);
    let tie = json!([{ "studentId": ids.student, "relationship": "PARENT" }]);
    vec![
        ("student", "schoolId", person("schoolId", json!(ids.school))),
        ("staff", "schoolId", staff),
        ("guardian", "students.0.studentId", person("students", tie)),
        ("academicSession", "parentId", session),
        ("course", "schoolId", json!({ "title": "A", "schoolId": ids.school })),
        ("course", "schoolYearId", json!({ "title": "A", "schoolYearId": ids.session })),
        ("class", "schoolId", class("schoolId", json!(ids.school))),
        ("class", "courseId", class("courseId", json!(ids.course))),
        ("class", "sessionIds.1", class("sessionIds", json!([own.session, ids.session]))),
        ("class", "teacherIds.0", class("teacherIds", json!([ids.staff]))),
        ("enrollment", "classId", json!({ "classId": ids.class, "studentId": own.student })),
        ("enrollment", "studentId", json!({ "classId": own.class, "studentId": ids.student })),
    ]
}

both! {
    async fn rows_of_another_district_cannot_be_named(app: TestApp) {
        let own = World::new(&app, "north").await;
        let other = World::new(&app, "south").await;
        for (noun, path, fields) in strangers(&own, &other) {
            let result = send(&own.sis, noun, "stranger", &fields).await;
            let expected = [("REFERENCE_NOT_FOUND".to_owned(), path.to_owned())];
            assert_eq!(refusals(&result, 3), expected, "{noun}.{path}");
            assert_eq!(result["row"], Value::Null);
        }
        let set = "mutation($student: ID!, $guardian: ID!) {
          guardianshipSet(input: { studentId: $student, guardianId: $guardian, relationship: OTHER }) {
            guardianship { id } userErrors { code path }
          }
        }";
        let ids = json!({ "student": other.ids.student, "guardian": own.ids.guardian });
        let tied = own.sis.ok(set, ids).await;
        let error = json!([{ "code": "REFERENCE_NOT_FOUND", "path": ["input", "studentId"] }]);
        assert_eq!(tied["guardianshipSet"], json!({ "guardianship": null, "userErrors": error }));
    }

    async fn rows_of_another_district_cannot_be_changed(app: TestApp) {
        let own = World::new(&app, "north").await;
        let other = World::new(&app, "south").await;
        let ids = &other.ids;
        let rows = [
            ("school", &ids.school), ("academicSession", &ids.session), ("student", &ids.student),
            ("guardian", &ids.guardian), ("staff", &ids.staff), ("course", &ids.course),
            ("class", &ids.class), ("enrollment", &ids.enrollment),
        ];
        for (noun, id) in rows {
            let payload = update(&own.sis, noun, &format!("id: \"{id}\""), &json!({})).await;
            let absent = ("NOT_FOUND".to_owned(), "id".to_owned());
            assert!(refusals(&payload, 0).contains(&absent), "{noun}: {payload}");
            assert_eq!(payload["row"], Value::Null, "{noun}");
        }
    }

    async fn the_platform_moves_no_row_into_another_district(app: TestApp) {
        let north = World::new(&app, "north").await;
        let south = app.district("south").await;
        let platform = app.client(Tenant::Platform).await;
        let named = |district| format!("id: \"{}\", districtId: \"{district}\"", north.ids.school);
        let south = pathbridge::typeid::encode(south);
        let payload = update(&platform, "school", &named(&south), &json!({ "name": "Taken" })).await;
        assert_eq!(refusals(&payload, 0), [("NOT_FOUND".to_owned(), "id".to_owned())]);
        let nowhere = pathbridge::typeid::encode(app.app.clock.id::<entity::id::DistrictId>());
        let payload = update(&platform, "school", &named(&nowhere), &json!({ "name": "Lost" })).await;
        assert_eq!(refusals(&payload, 0), [("NOT_FOUND".to_owned(), "id".to_owned())]);
        let query = format!("{{ school(id: \"{}\") {{ name district {{ slug }} }} }}", north.ids.school);
        let found = platform.ok(&query, json!({})).await;
        assert_eq!(found["school"], json!({ "name": "East High", "district": { "slug": "north" } }));
    }
}
