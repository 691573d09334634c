//! Which pathways suit students, with the reasons: six statements for any page, and those of
//! interest profiles where the caller may read them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;
use entity::{
    career_cluster::ClusterFramework,
    id::{CareerClusterId, PathwayId, StudentId},
    pathway, pathway_enrollment,
    status::RecordStatus,
    student,
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{progress::is_on, records::Records};
use crate::{
    app::App,
    auth::{Caller, Class, Scope},
    error::Result,
    interests::{
        rules::fit::{Fit, hundredths},
        service::{
            profile::{self, From},
            standing,
        },
    },
    pathways::rules::{
        levels::Level,
        progress::Progress,
        recommend::{Reasons, ranked},
    },
    roster::service::owned::keys,
    store::{Reader, any_of, visible},
};

/// A pathway that suits a student.
#[derive(Debug, Clone)]
pub struct Recommended {
    /// The pathway.
    pub pathway: PathwayId,
    /// Its place, from 0.
    pub rank: usize,
    /// What speaks for it.
    pub reasons: Reasons,
    /// How far the student has come on it already.
    pub progress: Arc<Progress>,
    /// How its cluster fits the student's interests; none when it does not, or may not be known.
    pub interest: Option<Interest>,
}

/// How a cluster fits a profile.
#[derive(Debug, Clone)]
pub struct Interest {
    /// The cluster.
    pub cluster: CareerClusterId,
    /// Its place among the clusters of its framework, from 0.
    pub rank: usize,
    /// The fit.
    pub fit: Fit,
    /// The profile.
    pub profile: Arc<profile::Known>,
}

/// The recommendations for each of these students, no more than `most` for each.
pub async fn of(
    app: &App,
    reader: Reader<'_>,
    caller: &Caller,
    students: &[&student::Model],
    most: usize,
) -> Result<Vec<Vec<Recommended>>> {
    let today = caller.today();
    let (offered, interests) = futures_util::try_join!(
        Offered::of(reader, caller, students, today),
        interests(app, reader, caller, students, today)
    )?;
    let of_student = |(at, student): (usize, &&student::Model)| {
        let interests = interests.get(at);
        offered.to(student, interests, today, most)
    };
    Ok(students.iter().enumerate().map(of_student).collect())
}

/// How clusters fit one student.
type Fitting = HashMap<CareerClusterId, Interest>;

/// How clusters fit each student; nothing at all for a caller who may not read interests.
async fn interests(
    app: &App,
    reader: Reader<'_>,
    caller: &Caller,
    students: &[&student::Model],
    today: NaiveDate,
) -> Result<Vec<Fitting>> {
    if !caller.scopes.contains(Scope::InterestsRead) || !caller.may_see(Class::Interest) {
        return Ok(Vec::new());
    }
    let ids: Vec<StudentId> = students.iter().map(|row| row.id).collect();
    let known = profile::of(app, From::Answer(reader, caller), &ids, today).await?;
    Ok(known.into_iter().map(|profile| fitting(&Arc::new(profile))).collect())
}

fn fitting(profile: &Arc<profile::Known>) -> Fitting {
    let mut fitting = Fitting::new();
    for framework in [ClusterFramework::Sixteen, ClusterFramework::Fourteen] {
        let clusters = standing::clusters(profile, framework, usize::MAX);
        for (rank, (at, fit)) in clusters.into_iter().enumerate() {
            let cluster = profile.release.catalogue.clusters[at].id;
            fitting.insert(cluster, Interest { cluster, rank, fit, profile: profile.clone() });
        }
    }
    fitting
}

/// What districts offer, and who is on it.
struct Offered {
    pathways: Vec<pathway::Model>,
    on: HashSet<(StudentId, PathwayId)>,
    records: Records,
}

impl Offered {
    async fn of(
        reader: Reader<'_>,
        caller: &Caller,
        students: &[&student::Model],
        today: NaiveDate,
    ) -> Result<Self> {
        let districts = keys(students.iter().map(|row| row.district_id));
        let students: Vec<Uuid> = students.iter().map(|row| row.id.0).collect();
        let counts = pathway::Column::Status.eq(RecordStatus::Active);
        let among = any_of(reader.backend, pathway::Column::DistrictId, &districts);
        let pathways = reader.all(visible::<pathway::Entity>(caller).filter(counts), among).await?;
        let ids: Vec<Uuid> = pathways.iter().map(|row| row.id.0).collect();
        let counts = pathway_enrollment::Column::Status.eq(RecordStatus::Active);
        let among = any_of(reader.backend, pathway_enrollment::Column::StudentId, &students);
        let enrollments = visible::<pathway_enrollment::Entity>(caller).filter(counts);
        let (enrollments, records) = futures_util::try_join!(
            reader.all(enrollments, among),
            Records::of(reader, caller, &ids, &students, &districts)
        )?;
        let on = enrollments.iter().filter(|row| is_on(row, today));
        let on = on.map(|row| (row.student_id, row.pathway_id)).collect();
        Ok(Self { pathways, on, records })
    }

    /// What suits one student.
    fn to(
        &self,
        student: &student::Model,
        interests: Option<&Fitting>,
        today: NaiveDate,
        most: usize,
    ) -> Vec<Recommended> {
        let definition = self.records.definition(student.district_id, today);
        let of_district = self.pathways.iter().filter(|row| row.district_id == student.district_id);
        let open = of_district.filter(|row| !self.on.contains(&(student.id, row.id)));
        let weighed = open.filter_map(|row| {
            let who = (student.id, row.id);
            let progress = self.records.progress(who, &definition, today);
            let interest = interests.and_then(|all| all.get(&row.cluster_id));
            (progress.level != Level::Completer).then(|| {
                let reasons = reasons(&progress, interest);
                (row, progress, interest, reasons)
            })
        });
        let weighed: Vec<_> = weighed.collect();
        let candidates: Vec<_> = weighed
            .iter()
            .map(|(row, _, _, reasons)| (row.id, row.name.as_str(), *reasons))
            .collect();
        let best = ranked(&candidates, most).into_iter().enumerate();
        let recommended = |(rank, at): (usize, usize)| {
            let (row, progress, interest, reasons) = &weighed[at];
            let progress = Arc::new(progress.clone());
            let interest = interest.cloned();
            Recommended { pathway: row.id, rank, reasons: *reasons, progress, interest }
        };
        best.map(recommended).collect()
    }
}

fn reasons(progress: &Progress, interest: Option<&Interest>) -> Reasons {
    Reasons {
        fit: interest.map_or(0, |interest| hundredths(interest.fit.correlation)),
        completed: progress.completed,
        in_progress: progress.in_progress(),
        courses: i32::try_from(progress.places.len()).unwrap_or(i32::MAX),
    }
}
