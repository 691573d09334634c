//! The tables as migrated hold the rows as described.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entity::id::TypedId;
use entity::status::{PersonStatus, RecordStatus};
use entity::wbl::WorkBasedLearningKind;
use entity::{district, partner, partner_contact, placement, student, time_entry};
use sea_orm_migration::sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection,
    DbBackend, EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait,
    PrimaryKeyToColumn, Statement,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::{open, up};

async fn migrated(folder: &TempDir) -> DatabaseConnection {
    let conn = open(folder).await;
    up(&conn).await.unwrap();
    conn
}

/// Name, whether it may be missing, whether it is part of the key.
type Shape = Vec<(String, bool, bool)>;

fn described<E: EntityTrait>() -> Shape {
    let is_key =
        |column: &str| E::PrimaryKey::iter().any(|key| key.into_column().as_str() == column);
    E::Column::iter()
        .map(|column| (column.as_str().to_owned(), column.def().is_null(), is_key(column.as_str())))
        .collect()
}

async fn stored(conn: &DatabaseConnection, table: &str) -> Shape {
    let sql = "SELECT name, \"notnull\" = 0 AS nullable, pk > 0 AS pk \
               FROM pragma_table_info(?) ORDER BY cid";
    let query = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [table.into()]);
    let rows = conn.query_all_raw(query).await.unwrap();
    rows.iter()
        .map(|row| {
            let get = |column: &str| row.try_get("", column).unwrap();
            (row.try_get("", "name").unwrap(), get("nullable"), get("pk"))
        })
        .collect()
}

macro_rules! assert_described {
    ($conn:ident: $($table:ident)+) => {{
        $(
            let table = entity::$table::Entity.table_name();
            assert_eq!(stored(&$conn, table).await, described::<entity::$table::Entity>(), "{table}");
        )+
        [$(stringify!($table)),+]
    }};
}

#[tokio::test]
async fn every_table_has_the_columns_of_its_row_and_no_other() {
    let folder = TempDir::new().unwrap();
    let conn = migrated(&folder).await;
    let described = assert_described!(conn:
        academic_session affiliation_agreement affiliation_view api_client assertion_jti bulk_chunk
        career_cluster career_cluster_map career_exposure career_goal career_survey
        career_survey_question career_survey_response change_log cip_program cip_soc class
        class_session class_teacher course district enrollment external_id feed_state guardian
        guardianship idempotency_key interest_assessment interest_standing job match_result
        match_run occupation occupation_cluster occupation_edition opportunity outbox partner
        partner_contact partner_site pathway pathway_course pathway_credential pathway_definition
        pathway_enrollment placement placement_preference reference_release revoked_token sandbox
        school soc_occupation staff student time_entry webhook_delivery webhook_endpoint
        webhook_secret
    );
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' \
               AND name <> 'seaql_migrations' ORDER BY name";
    let query = Statement::from_string(DbBackend::Sqlite, sql);
    let rows = conn.query_all_raw(query).await.unwrap();
    let tables: Vec<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    assert_eq!(tables, described);
}

fn id<I: TypedId>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 123_456_000).unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, day).unwrap()
}

/// Writes the row and tells what is read back.
async fn kept<M>(conn: &DatabaseConnection, row: &M) -> M
where
    M: ModelTrait + Clone + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelBehavior + Send,
    M::Entity: EntityTrait<Model = M>,
{
    let written = row.clone().into_active_model().reset_all();
    <M::Entity as EntityTrait>::insert(written).exec_without_returning(conn).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test reads every row of the table")]
    let all = <M::Entity as EntityTrait>::find().all(conn).await.unwrap();
    all.into_iter().next_back().unwrap()
}

fn a_district() -> district::Model {
    district::Model {
        id: id(1),
        slug: "mesa".to_owned(),
        name: "Mesa".to_owned(),
        kind: district::DistrictKind::Consortium,
        identifier: None,
        time_zone: "America/Denver".to_owned(),
        is_sandbox: false,
        created_at: at(1),
        updated_at: at(2),
        version: 1,
    }
}

fn a_student() -> student::Model {
    student::Model {
        id: id(2),
        district_id: id(1),
        school_id: None,
        given_name: "Ada".to_owned(),
        family_name: "Ōta".to_owned(),
        middle_name: None,
        preferred_given_name: None,
        birth_date: NaiveDate::from_ymd_opt(2010, 2, 28),
        grade_level: Some("10".to_owned()),
        email: None,
        phone: None,
        student_number: None,
        status: PersonStatus::Inactive,
        created_at: at(1),
        updated_at: at(2),
        version: 7,
    }
}

fn a_partner() -> partner::Model {
    partner::Model {
        id: id(3),
        name: "Clinic".to_owned(),
        kind: partner::PartnerKind::Clinic,
        naics: None,
        website: None,
        description: None,
        status: RecordStatus::Active,
        sandbox_id: None,
        created_at: at(1),
        updated_at: at(2),
        version: 1,
    }
}

fn a_contact() -> partner_contact::Model {
    partner_contact::Model {
        id: id(4),
        partner_id: id(3),
        site_id: None,
        given_name: "Bo".to_owned(),
        family_name: "Li".to_owned(),
        email: None,
        phone: None,
        title: None,
        role: partner_contact::ContactRole::Hr,
        status: PersonStatus::Active,
        created_at: at(1),
        updated_at: at(2),
        version: 1,
    }
}

fn a_placement() -> placement::Model {
    placement::Model {
        id: id(5),
        district_id: id(1),
        partner_id: id(3),
        student_id: id(2),
        opportunity_id: None,
        site_id: None,
        mentor_id: Some(id(4)),
        supervisor_id: None,
        coordinator_id: None,
        course_id: None,
        kind: WorkBasedLearningKind::YouthApprenticeship,
        state: placement::PlacementState::Active,
        state_reason: None,
        starts_on: day(1),
        ends_on: day(1),
        started_on: Some(day(1)),
        ended_on: None,
        goal_minutes: Some(400 * 60),
        is_paid: true,
        hourly_wage_minor: Some(5_000_000_000),
        wage_currency: Some("USD".to_owned()),
        created_at: at(1),
        updated_at: at(2),
        version: 3,
    }
}

fn hours() -> time_entry::Model {
    time_entry::Model {
        id: id(6),
        placement_id: id(5),
        district_id: id(1),
        partner_id: id(3),
        student_id: id(2),
        worked_on: day(1),
        starts_at: NaiveTime::from_hms_opt(8, 15, 0).unwrap(),
        ends_at: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
        break_minutes: 15,
        minutes: 210,
        category: time_entry::TimeCategory::Telehealth,
        state: time_entry::TimeEntryState::Approved,
        note: None,
        approved_by: Some(id(4)),
        approved_at: Some(at(3)),
        returned_reason: None,
        corrects_id: None,
        created_at: at(1),
        updated_at: at(2),
        version: 2,
    }
}

#[tokio::test]
async fn what_is_written_is_read_back() {
    let folder = TempDir::new().unwrap();
    let conn = migrated(&folder).await;
    assert_eq!(kept(&conn, &a_district()).await, a_district());
    assert_eq!(kept(&conn, &a_student()).await, a_student());
    assert_eq!(kept(&conn, &a_partner()).await, a_partner());
    assert_eq!(kept(&conn, &a_contact()).await, a_contact());
    assert_eq!(kept(&conn, &a_placement()).await, a_placement());
    assert_eq!(kept(&conn, &hours()).await, hours());

    let nowhere = placement::Model { id: id(9), student_id: id(99), ..a_placement() };
    let refused = nowhere.into_active_model().insert(&conn).await.unwrap_err();
    assert!(refused.to_string().contains("FOREIGN KEY"), "{refused}");
    let backwards = placement::Model { id: id(9), starts_on: day(2), ..a_placement() };
    let refused = backwards.into_active_model().insert(&conn).await.unwrap_err();
    assert!(refused.to_string().contains("ck_placement_dates"), "{refused}");
}
