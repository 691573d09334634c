//! By hand into SQLite: prepared statements, one row after the other, in one transaction.

use std::{collections::HashMap, path::Path};

use chrono::Utc;
use rusqlite::{Connection, OptionalExtension, Statement, TransactionBehavior, params};
use uuid::Uuid;

use super::{DISTRICT, SYSTEM, new_key, users::Bundle};

const KEY: &str = "SELECT entity_id FROM external_id \
                   WHERE tenant_id = ?1 AND kind = ?2 AND system = ?3 AND value = ?4";
const TIE: &str = "INSERT INTO external_id \
                   (id, tenant_id, kind, system, value, entity_id, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const SCHOOL: &str = "
INSERT INTO school (id, district_id, name, identifier, status, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, 'ACTIVE', ?5, ?5, 1)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, identifier = excluded.identifier, status = excluded.status,
    updated_at = excluded.updated_at, version = version + 1
WHERE (name, identifier, status)
    IS NOT (excluded.name, excluded.identifier, excluded.status)";
const STUDENT: &str = "
INSERT INTO student (id, district_id, school_id, given_name, family_name, middle_name,
    grade_level, email, student_number, status, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'ACTIVE', ?10, ?10, 1)
ON CONFLICT (id) DO UPDATE SET
    school_id = excluded.school_id, given_name = excluded.given_name,
    family_name = excluded.family_name, middle_name = excluded.middle_name,
    grade_level = excluded.grade_level, email = excluded.email,
    student_number = excluded.student_number, status = excluded.status,
    updated_at = excluded.updated_at, version = version + 1
WHERE (school_id, given_name, family_name, middle_name, grade_level, email, student_number, status)
    IS NOT (excluded.school_id, excluded.given_name, excluded.family_name, excluded.middle_name,
        excluded.grade_level, excluded.email, excluded.student_number, excluded.status)";

/// Imports in one transaction.
pub(super) fn import(file: &Path, bundle: Bundle) -> anyhow::Result<()> {
    let mut connection = Connection::open(file)?;
    connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let find = "SELECT id FROM district WHERE slug = ?1";
    let district: Uuid = tx.query_row(find, [DISTRICT], |row| row.get(0))?;
    #[expect(clippy::disallowed_methods, reason = "a bench has no clock to be told the time by")]
    let now = Utc::now();
    {
        let mut keys = Keys { find: tx.prepare(KEY)?, tie: tx.prepare(TIE)?, district };
        let mut school = tx.prepare(SCHOOL)?;
        let mut schools = HashMap::new();
        for one in &bundle.schools {
            let id = keys.of("school", &one.sourced_id, now)?;
            school.execute(params![id, district, one.name, one.identifier, now])?;
            schools.insert(one.sourced_id.clone(), id);
        }
        let mut student = tx.prepare(STUDENT)?;
        for one in bundle.students {
            let one = one?;
            let id = keys.of("student", &one.sourced_id, now)?;
            student.execute(params![
                id,
                district,
                schools.get(&one.school),
                one.given_name,
                one.family_name,
                one.middle_name,
                one.grade_level,
                one.email,
                one.student_number,
                now
            ])?;
        }
    }
    tx.commit()?;
    Ok(())
}

/// The keys of the other system.
struct Keys<'a> {
    find: Statement<'a>,
    tie: Statement<'a>,
    district: Uuid,
}

impl Keys<'_> {
    /// The key of the row, which is new when the other system's is.
    fn of(&mut self, kind: &str, value: &str, now: chrono::DateTime<Utc>) -> anyhow::Result<Uuid> {
        let found =
            self.find.query_row(params![self.district, kind, SYSTEM, value], |row| row.get(0));
        if let Some(id) = found.optional()? {
            return Ok(id);
        }
        let id = new_key();
        self.tie.execute(params![new_key(), self.district, kind, SYSTEM, value, id, now])?;
        Ok(id)
    }
}
