use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use tempfile::TempDir;

use super::{Migrator, MigratorTrait, down, pending, status, up};

async fn open(folder: &TempDir) -> DatabaseConnection {
    let file = folder.path().join("test.db");
    let mut options = ConnectOptions::new(format!("sqlite:{}?mode=rwc", file.display()));
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

async fn names(conn: &DatabaseConnection, kind: &str) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' \
               AND tbl_name <> 'seaql_migrations' ORDER BY name";
    let query = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [kind.into()]);
    let rows = conn.query_all_raw(query).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

#[tokio::test]
async fn goes_up_comes_down_and_goes_up_again() {
    let folder = TempDir::new().unwrap();
    let conn = open(&folder).await;
    up(&conn).await.unwrap();
    let (tables, indexes) = (names(&conn, "table").await, names(&conn, "index").await);
    assert!(tables.contains(&"placement".to_owned()), "{tables:?}");
    assert!(indexes.contains(&"ix_student_district_id_family_name".to_owned()), "{indexes:?}");

    down(&conn).await.unwrap();
    assert_eq!(names(&conn, "table").await, Vec::<String>::new());
    assert_eq!(names(&conn, "index").await, Vec::<String>::new());

    up(&conn).await.unwrap();
    assert_eq!((names(&conn, "table").await, names(&conn, "index").await), (tables, indexes));
}

#[tokio::test]
async fn two_at_once_take_turns() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (open(&folder).await, open(&folder).await);
    let (first, second) = tokio::join!(up(&one), up(&other));
    first.unwrap();
    second.unwrap();
    assert_eq!(pending(&other).await.unwrap(), 0);
}

#[tokio::test]
async fn asking_what_is_pending_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let conn = open(&folder).await;
    assert_eq!(pending(&conn).await.unwrap(), Migrator::migrations().len());
    assert!(status(&conn).await.unwrap().iter().all(|(_, applied)| !applied));
    let sql = "SELECT name FROM sqlite_master".to_owned();
    let rows = conn.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    assert_eq!(rows.len(), 0);

    up(&conn).await.unwrap();
    assert_eq!(pending(&conn).await.unwrap(), 0);
    assert!(status(&conn).await.unwrap().iter().all(|(_, applied)| *applied));
}

#[tokio::test]
async fn a_seat_too_many_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let conn = open(&folder).await;
    up(&conn).await.unwrap();
    let sql = "INSERT INTO opportunity (id, partner_id, title, kind, is_paid, seats, seats_taken, \
               state, created_at, updated_at, version) \
               VALUES (x'01', x'02', 't', 'INTERNSHIP', 0, 1, 2, 'OPEN', '', '', 1)";
    let refusal = conn.execute_unprepared(sql).await.unwrap_err().to_string();
    assert!(refusal.contains("ck_opportunity_seats"), "{refusal}");
}
