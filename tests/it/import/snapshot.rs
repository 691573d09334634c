//! Every row of the roster as it stands, versions and times included.

use entity::{
    academic_session, class, class_session, class_teacher, course, district, enrollment,
    external_id, guardian, guardianship,
    id::{DistrictId, TypedId},
    school, staff, student,
};
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::TestApp;

macro_rules! all {
    ($app:expr, $($table:ident by $key:ident),+) => {{
        let mut lines = Vec::new();
        $(for row in rows::<$table::Entity>($app, $table::Column::$key).await {
            lines.push(format!("{row:?}"));
        })+
        lines.sort();
        lines
    }};
}

/// All rows of one table.
#[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
pub async fn rows<E: EntityTrait>(app: &TestApp, key: E::Column) -> Vec<E::Model> {
    let rows = E::find().order_by_asc(key).all(app.app.db.writer()).await;
    rows.expect("rows")
}

/// All rows of all tables that an import may touch.
pub async fn snapshot(app: &TestApp) -> Vec<String> {
    all!(
        app, academic_session by Id, class by Id, class_session by ClassId,
        class_teacher by ClassId, course by Id, district by Id, enrollment by Id,
        external_id by Id, guardian by Id, guardianship by Id, school by Id, staff by Id,
        student by Id
    )
}

/// The student behind a key of the other system.
pub async fn student_of(app: &TestApp, district: DistrictId, key: &str) -> student::Model {
    let ids = rows::<external_id::Entity>(app, external_id::Column::Id).await;
    let named = |id: &&external_id::Model| {
        id.tenant_id == district.0 && id.kind == entity::id::StudentId::PREFIX && id.value == key
    };
    let id = ids.iter().find(named).expect("the key").entity_id;
    let students = rows::<student::Entity>(app, student::Column::Id).await;
    students.into_iter().find(|student| student.id.0 == id).expect("the student")
}
