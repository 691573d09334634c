//! By hand into PostgreSQL: arrays in binary form, one statement for a thousand rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use tokio_postgres::{NoTls, Statement, Transaction};
use uuid::Uuid;

use super::{
    AT_ONCE, DISTRICT, SYSTEM, new_key,
    users::{Bundle, School, User},
};

/// What of a row is there already keeps its key; what differs is updated, what is equal is left.
const SCHOOLS: &str = "
WITH sent AS (
    SELECT * FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[])
        AS sent (id, value, name, identifier)
), tied AS (
    INSERT INTO external_id (id, tenant_id, kind, system, value, entity_id, created_at)
    SELECT gen_random_uuid(), $1, 'school', $7, value, id, $2 FROM sent
    ON CONFLICT (tenant_id, kind, system, value) DO NOTHING
)
INSERT INTO school AS stored (id, district_id, name, identifier, status, created_at, updated_at, version)
SELECT coalesce(known.entity_id, sent.id), $1, name, identifier, 'ACTIVE', $2, $2, 1
FROM sent LEFT JOIN external_id known
    ON known.tenant_id = $1 AND known.kind = 'school' AND known.system = $7 AND known.value = sent.value
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, identifier = excluded.identifier, status = excluded.status,
    updated_at = excluded.updated_at, version = stored.version + 1
WHERE (stored.name, stored.identifier, stored.status)
    IS DISTINCT FROM (excluded.name, excluded.identifier, excluded.status)";

const STUDENTS: &str = "
WITH sent AS (
    SELECT * FROM unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::text[], $11::text[])
        AS sent (id, value, school_id, given, family, middle, grade, email, number)
), tied AS (
    INSERT INTO external_id (id, tenant_id, kind, system, value, entity_id, created_at)
    SELECT gen_random_uuid(), $1, 'student', $12, value, id, $2 FROM sent
    ON CONFLICT (tenant_id, kind, system, value) DO NOTHING
)
INSERT INTO student AS stored (id, district_id, school_id, given_name, family_name, middle_name,
    grade_level, email, student_number, status, created_at, updated_at, version)
SELECT coalesce(known.entity_id, sent.id), $1, school_id, given, family, middle, grade, email,
    number, 'ACTIVE', $2, $2, 1
FROM sent LEFT JOIN external_id known
    ON known.tenant_id = $1 AND known.kind = 'student' AND known.system = $12 AND known.value = sent.value
ON CONFLICT (id) DO UPDATE SET
    school_id = excluded.school_id, given_name = excluded.given_name,
    family_name = excluded.family_name, middle_name = excluded.middle_name,
    grade_level = excluded.grade_level, email = excluded.email,
    student_number = excluded.student_number, status = excluded.status,
    updated_at = excluded.updated_at, version = stored.version + 1
WHERE (stored.school_id, stored.given_name, stored.family_name, stored.middle_name,
        stored.grade_level, stored.email, stored.student_number, stored.status)
    IS DISTINCT FROM (excluded.school_id, excluded.given_name, excluded.family_name,
        excluded.middle_name, excluded.grade_level, excluded.email, excluded.student_number,
        excluded.status)";

const SCHOOL_KEYS: &str = "SELECT value, entity_id FROM external_id \
                           WHERE tenant_id = $1 AND kind = 'school' AND system = $2";

/// Imports in one transaction.
pub(super) async fn import(url: &str, bundle: Bundle) -> anyhow::Result<()> {
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let speaking = tokio::spawn(connection);
    let district = client.query_one("SELECT id FROM district WHERE slug = $1", &[&DISTRICT]);
    let district: Uuid = district.await?.get(0);
    #[expect(clippy::disallowed_methods, reason = "a bench has no clock to be told the time by")]
    let now = Utc::now();
    let tx = client.transaction().await?;
    schools(&tx, district, now, &bundle.schools).await?;
    let keys = tx.query(SCHOOL_KEYS, &[&district, &SYSTEM]).await?;
    let keys: HashMap<String, Uuid> = keys.iter().map(|row| (row.get(0), row.get(1))).collect();
    let statement = tx.prepare(STUDENTS).await?;
    let mut batch = Vec::with_capacity(AT_ONCE);
    for student in bundle.students {
        batch.push(student?);
        if batch.len() == AT_ONCE {
            students(&tx, &statement, (district, now), &keys, &batch).await?;
            batch.clear();
        }
    }
    students(&tx, &statement, (district, now), &keys, &batch).await?;
    tx.commit().await?;
    drop(client);
    Ok(speaking.await??)
}

async fn schools(
    tx: &Transaction<'_>,
    district: Uuid,
    now: DateTime<Utc>,
    schools: &[School],
) -> anyhow::Result<()> {
    let ids: Vec<Uuid> = schools.iter().map(|_| new_key()).collect();
    let values: Vec<&str> = schools.iter().map(|school| school.sourced_id.as_str()).collect();
    let names: Vec<&str> = schools.iter().map(|school| school.name.as_str()).collect();
    let identifiers: Vec<_> = schools.iter().map(|school| school.identifier.as_deref()).collect();
    tx.execute(SCHOOLS, &[&district, &now, &ids, &values, &names, &identifiers, &SYSTEM]).await?;
    Ok(())
}

async fn students(
    tx: &Transaction<'_>,
    statement: &Statement,
    (district, now): (Uuid, DateTime<Utc>),
    schools: &HashMap<String, Uuid>,
    batch: &[User],
) -> anyhow::Result<()> {
    let ids: Vec<Uuid> = batch.iter().map(|_| new_key()).collect();
    let schools: Vec<_> = batch.iter().map(|one| schools.get(&one.school).copied()).collect();
    let text = |of: fn(&User) -> &str| batch.iter().map(of).collect::<Vec<&str>>();
    let maybe = |of: fn(&User) -> Option<&str>| batch.iter().map(of).collect::<Vec<_>>();
    let values = text(|one| &one.sourced_id);
    let (given, family) = (text(|one| &one.given_name), text(|one| &one.family_name));
    let middle = maybe(|one| one.middle_name.as_deref());
    let grade = maybe(|one| one.grade_level.as_deref());
    let email = maybe(|one| one.email.as_deref());
    let number = maybe(|one| one.student_number.as_deref());
    tx.execute(
        statement,
        &[
            &district, &now, &ids, &values, &schools, &given, &family, &middle, &grade, &email,
            &number, &SYSTEM,
        ],
    )
    .await?;
    Ok(())
}
