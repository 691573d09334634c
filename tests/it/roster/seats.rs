//! A student has one seat in a class.

use serde_json::json;

use super::world::{World, batch, refusals, row, send, update, written};
use crate::support::both;

both! {
    async fn a_second_seat_is_refused_and_names_the_first(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let seat = json!({ "classId": ids.class, "studentId": ids.student });
        let result = send(&sis, "enrollment", "another", &seat).await;
        let error = json!([{ "__typename": "DuplicateError", "code": "ALREADY_EXISTS",
            "path": ["input", "0", "enrollment", "studentId"], "existing": { "id": ids.enrollment } }]);
        assert_eq!(result["userErrors"], error);
    }

    async fn one_batch_seats_a_student_once(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let student = json!({ "givenName": "Alan", "familyName": "Turing" });
        let student = written(&sis, "student", "b", &student).await;
        let seat = json!({ "classId": ids.class, "studentId": student });
        let rows = vec![row("enrollment", "1", &seat), row("enrollment", "2", &seat)];
        let payload = batch(&sis, "enrollment", rows, "REJECT_FAILED_ROWS").await;
        assert_eq!(payload["results"][0]["outcome"], "CREATED");
        let twice = [("DUPLICATE_IN_INPUT".to_owned(), "studentId".to_owned())];
        assert_eq!(refusals(&payload["results"][1], 3), twice);
    }

    async fn a_seat_keeps_its_result(app: TestApp) {
        let World { sis, ids } = World::new(&app, "north").await;
        let id = format!("id: \"{}\"", ids.enrollment);
        let fields = json!({ "resultGrade": "B+", "credits": "1.25", "completedOn": "2027-06-01" });
        assert_eq!(update(&sis, "enrollment", &id, &fields).await["row"]["version"], "2");
        let query = format!("{{ enrollment({id}) {{
          beginDate resultGrade credits completedOn isPrimary status
        }} }}");
        let expected = json!({ "beginDate": "2026-08-20", "resultGrade": "B+", "credits": "1.25",
            "completedOn": "2027-06-01", "isPrimary": false, "status": "ACTIVE" });
        assert_eq!(sis.ok(&query, json!({})).await["enrollment"], expected);
    }
}
