//! What belongs to a row without being a column of it: its lists.

use serde_json::{Value, json};

use super::world::{World, refusals, send, update, written};
use crate::support::{Actor, both};

async fn class(sis: &Actor, id: &str) -> Value {
    let query = "query($id: ID!) { class(id: $id) {
      version teachers { familyName } sessions { title }
    } }";
    sis.ok(query, json!({ "id": id })).await["class"].take()
}

async fn set(sis: &Actor, student: &str, guardian: &str, relationship: &str) -> Value {
    let query = "mutation($input: GuardianshipSetInput!) { guardianshipSet(input: $input) {
      guardianship { id version relationship student { givenName } guardian { givenName } }
      userErrors { code }
    } }";
    let input =
        json!({ "studentId": student, "guardianId": guardian, "relationship": relationship });
    sis.ok(query, json!({ "input": input })).await["guardianshipSet"].take()
}

both! {
    async fn a_class_moves_on_with_its_teachers_and_sessions(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let first = json!({ "givenName": "Emmy", "familyName": "Noether", "kind": "TEACHER" });
        let first = written(&sis, "staff", "n", &first).await;
        let id = format!("id: \"{}\"", ids.class);
        let both = json!({ "teacherIds": [first, ids.staff] });
        assert_eq!(update(&sis, "class", &id, &both).await["row"]["version"], "2");
        let expected = json!({ "version": "2", "sessions": [{ "title": "2026–27" }],
            "teachers": [{ "familyName": "Noether" }, { "familyName": "Somerville" }] });
        assert_eq!(class(&sis, &ids.class).await, expected);
        assert_eq!(update(&sis, "class", &id, &both).await["row"]["version"], "2");
        // The same people, another teacher of record.
        let turned = json!({ "teacherIds": [ids.staff, first] });
        assert_eq!(update(&sis, "class", &id, &turned).await["row"]["version"], "3");
        let found = class(&sis, &ids.class).await;
        assert_eq!(found["teachers"][0]["familyName"], "Somerville");
        let none = json!({ "teacherIds": [], "sessionIds": [], "title": "Empty" });
        assert_eq!(update(&sis, "class", &id, &none).await["row"]["version"], "4");
        let expected = json!({ "version": "4", "sessions": [], "teachers": [] });
        assert_eq!(class(&sis, &ids.class).await, expected);
    }

    async fn a_list_names_each_thing_once(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let twice = json!({ "title": "A", "schoolId": ids.school, "courseId": ids.course,
            "teacherIds": [ids.staff, ids.staff] });
        let result = send(&sis, "class", "new", &twice).await;
        let expected = [("DUPLICATE_IN_INPUT".to_owned(), "teacherIds.1".to_owned())];
        assert_eq!(refusals(&result, 3), expected);
        let mixed = json!({ "title": "A", "schoolId": ids.course, "courseId": ids.course,
            "sessionIds": ["nonsense"] });
        let result = send(&sis, "class", "new", &mixed).await;
        let form = |path: &str| ("INVALID_FORMAT".to_owned(), path.to_owned());
        assert_eq!(refusals(&result, 3), [form("schoolId"), form("sessionIds.0")]);
    }

    async fn a_guardian_has_the_students_of_the_last_input(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let second = json!({ "givenName": "Alan", "familyName": "Turing" });
        let second = written(&sis, "student", "b", &second).await;
        let id = format!("id: \"{}\"", ids.guardian);
        let other = json!({ "students": [{ "studentId": second, "relationship": "RELATIVE" }] });
        assert_eq!(update(&sis, "guardian", &id, &other).await["row"]["version"], "2");
        assert_eq!(update(&sis, "guardian", &id, &other).await["row"]["version"], "2");
        let query = format!("{{ guardian({id}) {{ students(first: 9) {{
          nodes {{ relationship student {{ givenName }} }}
        }} }} }}");
        let expected = json!([{ "relationship": "RELATIVE", "student": { "givenName": "Alan" } }]);
        assert_eq!(sis.ok(&query, json!({})).await["guardian"]["students"]["nodes"], expected);
    }

    async fn ties_come_in_under_keys_of_another_system(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let second = json!({ "givenName": "Lord", "familyName": "Byron" });
        let second = written(&sis, "guardian", "h", &second).await;
        let tie = json!({ "studentId": ids.student, "guardianId": second,
            "relationship": "PARENT" });
        let id = written(&sis, "guardianship", "tie", &tie).await;
        assert_eq!(send(&sis, "guardianship", "tie", &tie).await["outcome"], "UNCHANGED");
        let other = json!({ "relationship": "OTHER" });
        assert_eq!(send(&sis, "guardianship", "tie", &other).await["outcome"], "UPDATED");
        let moved = json!({ "guardianId": ids.guardian });
        let moved = send(&sis, "guardianship", "tie", &moved).await;
        let read_only = [("READ_ONLY".to_owned(), "guardianId".to_owned())];
        assert_eq!(refusals(&moved, 3), read_only);
        let again = send(&sis, "guardianship", "again", &tie).await;
        let error = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
            "path": ["input", "0", "guardianship", "guardianId"], "existing": { "id": id } }]);
        assert_eq!(again["userErrors"], error);
        let query = "{ guardianshipByKey(key: { externalId: { system: \"sis\", value: \"tie\" } }) {
          id relationship externalIds { value }
        } }";
        let expected =
            json!({ "id": id, "relationship": "OTHER", "externalIds": [{ "value": "tie" }] });
        assert_eq!(sis.ok(query, json!({})).await["guardianshipByKey"], expected);
    }

    async fn a_tie_that_ended_can_come_back_under_its_key(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let second = json!({ "givenName": "Lord", "familyName": "Byron" });
        let second = written(&sis, "guardian", "h", &second).await;
        let tie = json!({ "studentId": ids.student, "guardianId": second,
            "relationship": "PARENT" });
        written(&sis, "guardianship", "tie", &tie).await;
        let none = json!({ "students": [] });
        assert_eq!(send(&sis, "guardian", "h", &none).await["outcome"], "UPDATED");
        assert_eq!(send(&sis, "guardianship", "tie", &tie).await["outcome"], "CREATED");
    }

    async fn one_tie_is_set_without_touching_the_others(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let second = json!({ "givenName": "Lord", "familyName": "Byron" });
        let second = written(&sis, "guardian", "h", &second).await;
        let tied = set(&sis, &ids.student, &second, "PARENT").await;
        assert_eq!(tied["guardianship"]["guardian"]["givenName"], "Lord");
        let again = set(&sis, &ids.student, &second, "PARENT").await;
        assert_eq!(again, tied);
        let changed = set(&sis, &ids.student, &second, "OTHER").await;
        let tie = &changed["guardianship"];
        assert_eq!((&tie["id"], &tie["version"]), (&tied["guardianship"]["id"], &json!("2")));
        let query = "query($id: ID!) { student(id: $id) { guardians(first: 9) {
          totalCount { value } nodes { relationship guardian { email } }
        } } }";
        let found = sis.ok(query, json!({ "id": ids.student })).await;
        assert_eq!(found["student"]["guardians"]["totalCount"]["value"], 2);
    }
}
