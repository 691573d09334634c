//! What progress is worked out of, read for many students at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    class, enrollment,
    id::{CourseId, DistrictId, PathwayId, StudentId},
    pathway_course, pathway_definition,
    status::RecordStatus,
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    auth::Caller,
    error::Result,
    pathways::rules::{
        levels::Definition,
        progress::{Progress, Seat, Step},
    },
    roster::service::owned::keys,
    store::{Reader, any_of, visible},
};

/// The courses of pathways, by pathway.
pub(super) type Steps = HashMap<PathwayId, Vec<Step>>;

/// Courses and results, with the definitions of the districts.
pub(super) struct Records {
    steps: Steps,
    seats: HashMap<StudentId, Vec<Seat>>,
    definitions: Vec<pathway_definition::Model>,
}

impl Records {
    /// Everything about these students on these pathways, in four statements.
    pub async fn of(
        reader: Reader<'_>,
        caller: &Caller,
        pathways: &[Uuid],
        students: &[Uuid],
        districts: &[Uuid],
    ) -> Result<Self> {
        let courses_and_seats = async {
            let steps = steps(reader, caller, pathways).await?;
            let seats = seats(reader, caller, &steps, students).await?;
            Ok((steps, seats))
        };
        let definitions = definitions(reader, caller, districts);
        let ((steps, seats), definitions) =
            futures_util::try_join!(courses_and_seats, definitions)?;
        Ok(Self { steps, seats, definitions })
    }

    /// What a district goes by on a day.
    pub fn definition(&self, district: DistrictId, on: NaiveDate) -> Definition {
        Definition::in_force(&self.definitions, district, on)
    }

    /// How far a student has come on a pathway.
    pub fn progress(
        &self,
        (student, pathway): (StudentId, PathwayId),
        definition: &Definition,
        as_of: NaiveDate,
    ) -> Progress {
        let steps = self.steps.get(&pathway).map_or(&[][..], Vec::as_slice);
        let seats = self.seats.get(&student).map_or(&[][..], Vec::as_slice);
        Progress::of(steps, seats, definition, as_of)
    }
}

/// The courses of these pathways that count.
async fn steps(reader: Reader<'_>, caller: &Caller, pathways: &[Uuid]) -> Result<Steps> {
    let among = any_of(reader.backend, pathway_course::Column::PathwayId, pathways);
    let counts = pathway_course::Column::Status.eq(RecordStatus::Active);
    let rows = reader.all(visible::<pathway_course::Entity>(caller).filter(counts), among).await?;
    let mut steps = Steps::new();
    for row in rows {
        steps.entry(row.pathway_id).or_default().push(Step {
            row: row.id,
            course: row.course_id,
            position: row.position,
            is_required: row.is_required,
            credits: row.credits_hundredths,
        });
    }
    Ok(steps)
}

/// The seats of these students in classes of these courses.
async fn seats(
    reader: Reader<'_>,
    caller: &Caller,
    steps: &Steps,
    students: &[Uuid],
) -> Result<HashMap<StudentId, Vec<Seat>>> {
    let courses = keys(steps.values().flatten().map(|step| step.course));
    let among = any_of(reader.backend, class::Column::CourseId, &courses);
    let classes = reader.all(visible::<class::Entity>(caller), among).await?;
    let course_of: HashMap<Uuid, CourseId> =
        classes.iter().map(|row| (row.id.0, row.course_id)).collect();
    let classes: Vec<Uuid> = course_of.keys().copied().collect();
    let counts = enrollment::Column::Status.eq(RecordStatus::Active);
    let rows = visible::<enrollment::Entity>(caller).filter(counts).filter(any_of(
        reader.backend,
        enrollment::Column::ClassId,
        &classes,
    ));
    let among = any_of(reader.backend, enrollment::Column::StudentId, students);
    let mut seats: HashMap<StudentId, Vec<Seat>> = HashMap::new();
    for row in reader.all(rows, among).await? {
        let Some(course) = course_of.get(&row.class_id.0) else { continue };
        seats.entry(row.student_id).or_default().push(Seat {
            row: row.id,
            course: *course,
            from: row.begin_date,
            until: row.end_date,
            completed_on: row.completed_on,
            credits: row.credits_hundredths,
        });
    }
    Ok(seats)
}

/// The definitions of these districts that count.
async fn definitions(
    reader: Reader<'_>,
    caller: &Caller,
    districts: &[Uuid],
) -> Result<Vec<pathway_definition::Model>> {
    let among = any_of(reader.backend, pathway_definition::Column::DistrictId, districts);
    let counts = pathway_definition::Column::Status.eq(RecordStatus::Active);
    reader.all(visible::<pathway_definition::Entity>(caller).filter(counts), among).await
}
