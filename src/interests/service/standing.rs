//! Where each student stands, kept beside the signals for counting whole schools.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    career_cluster::ClusterFramework,
    id::{DistrictId, StudentId},
    interest_standing::{Column, Entity, Model},
    student,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use super::profile::{self, From, Known};
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    interests::rules::{fit, profile::FORMULA},
    store::{Visible, Write, any_of, visible},
};

/// Clusters are counted in the newer framework.
pub const FRAMEWORK: ClusterFramework = ClusterFramework::Fourteen;

/// Students that are worked out in one go.
const AT_ONCE: usize = 500;

/// Works out the students anew of whom a signal was written in this transaction; each row comes
/// with the instant of its last change.
pub(super) async fn follow(
    write: &Write<'_>,
    written: impl Iterator<Item = (StudentId, DateTime<Utc>)>,
) -> Result<()> {
    let changed = written.filter(|(_, updated_at)| *updated_at == write.now);
    let students: BTreeSet<Uuid> = changed.map(|(student, _)| student.0).collect();
    let students: Vec<Uuid> = students.into_iter().collect();
    for some in students.chunks(AT_ONCE) {
        work_out(write, some).await?;
    }
    Ok(())
}

async fn work_out(write: &Write<'_>, students: &[Uuid]) -> Result<()> {
    let owners = hold(write, students).await?;
    let ids: Vec<StudentId> = owners.iter().map(|(student, _)| *student).collect();
    // Signals never lie in the future, so all of them count.
    let known = profile::of(write.app, From::Write(write), &ids, NaiveDate::MAX).await?;
    let rows = owners.iter().zip(&known).map(|((student, district), known)| {
        standing(*student, *district, known, write.now).into_active_model().reset_all()
    });
    let rows: Vec<_> = rows.collect();
    let among = any_of(write.backend(), Column::StudentId, students);
    Entity::delete_many().filter(among).exec(&write.tx).await?;
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(&write.tx).await?;
    }
    Ok(())
}

/// Holds the students until the end, in the order of their keys: of two who write signals of one
/// student at the same time, the second sees what the first has written.
async fn hold(write: &Write<'_>, students: &[Uuid]) -> Result<Vec<(StudentId, DistrictId)>> {
    let among = any_of(write.backend(), student::Column::Id, students);
    let select = visible::<student::Entity>(write.caller)
        .filter(among)
        .order_by_asc(student::Column::Id)
        // Rows that refer to the student may be written meanwhile.
        .lock(LockType::NoKeyUpdate);
    let rows = select.all(&write.tx).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.district_id)).collect())
}

fn standing(
    student_id: StudentId,
    district_id: DistrictId,
    known: &Known,
    updated_at: DateTime<Utc>,
) -> Model {
    let catalogue = &known.release.catalogue;
    let best = clusters(known, FRAMEWORK, 1).into_iter().next();
    Model {
        student_id,
        district_id,
        primary_area: known.profile.primary(),
        primary_cluster_id: best.map(|(at, _)| catalogue.clusters[at].id),
        onet_release_id: catalogue.onet.as_ref().map(|release| release.id),
        cluster_release_id: catalogue.grouping.as_ref().map(|release| release.id),
        formula: FORMULA,
        updated_at,
    }
}

/// The clusters of a framework that fit, the best first, by place.
#[must_use]
pub fn clusters(known: &Known, framework: ClusterFramework, most: usize) -> Vec<(usize, fit::Fit)> {
    let release = &known.release;
    let of_framework = release.catalogue.clusters_of(framework);
    let shapes = of_framework.filter_map(|(at, _)| Some((at, release.shapes.clusters[at]?)));
    fit::ranked(&known.profile, shapes, most)
}

/// The occupations that fit, the best first, by place.
#[must_use]
pub fn occupations(known: &Known, most: usize) -> Vec<(usize, fit::Fit)> {
    let shapes = known.release.shapes.occupations.iter().enumerate();
    let shapes = shapes.filter_map(|(at, shape)| Some((at, (*shape)?)));
    fit::ranked(&known.profile, shapes, most)
}

/// Works everybody out anew whose standing was made with another release or formula; tells how many.
///
/// It can be broken off and begun again, and writers may go on meanwhile.
pub async fn renew(app: &App, caller: &Caller) -> Result<usize> {
    let (mut renewed, mut last) = (0, Uuid::nil());
    loop {
        let release = profile::Release::current(app).await?;
        let write = Write::begin(app, caller).await?;
        let catalogue = &release.catalogue;
        let onet = catalogue.onet.as_ref().map(|release| release.id);
        let grouping = catalogue.grouping.as_ref().map(|release| release.id);
        let rows = visible::<Entity>(caller)
            .filter(Column::StudentId.gt(last))
            .order_by_asc(Entity::id_column())
            .limit(u64::try_from(AT_ONCE).unwrap_or(u64::MAX))
            .all(&write.tx)
            .await?;
        let Some(end) = rows.last().map(Entity::id) else { return Ok(renewed) };
        last = end;
        let is_old = |row: &&Model| {
            (row.onet_release_id, row.cluster_release_id, row.formula) != (onet, grouping, FORMULA)
        };
        let old: Vec<Uuid> = rows.iter().filter(is_old).map(Entity::id).collect();
        renewed += old.len();
        if !old.is_empty() {
            work_out(&write, &old).await?;
        }
        write.commit().await?;
    }
}
