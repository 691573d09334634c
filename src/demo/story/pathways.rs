//! The pathways of a district, a road of courses for each field of work, and who is on which.

use chrono::NaiveDate;
use entity::{
    career_cluster::ClusterFramework,
    id::{CareerClusterId, PathwayId},
    pathway, pathway_course, pathway_credential, pathway_definition,
    pathway_enrollment::{self, PathwayExitReason},
};

use super::{Story, book::written};
use crate::{
    demo::{
        courses::Area,
        pathways::{self, Programme},
        plan::{DistrictPlan, StudentPlan},
    },
    error::Result,
    pathways::service::{
        course::PathwayCourseDraft, credential::CredentialDraft, definition::DefinitionDraft,
        enrollment::PathwayEnrollmentDraft, pathway::PathwayDraft,
    },
    reference::service::catalogue,
    store::RowKey,
};

/// A pathway that is there, with its field.
type Road = (Area, PathwayId);

impl Story<'_> {
    /// Sets up the pathways of a district and what it calls a concentrator.
    pub async fn lay_pathways(&mut self, district: usize) -> Result<()> {
        let known = catalogue::current(&self.app).await?;
        let (home, actor) = {
            let rows = &self.book.districts[district];
            (rows.id, rows.actor)
        };
        // A release may have clusters of other names; a field whose cluster is not there waits.
        let cluster = |area: Area| -> Option<CareerClusterId> {
            let at = known.cluster(ClusterFramework::Fourteen, pathways::of(area).cluster)?;
            Some(known.clusters[at].id)
        };
        let fields: Vec<_> =
            Area::ALL.into_iter().filter_map(|area| Some((area, cluster(area)?))).collect();
        let draft = |(area, cluster): &(Area, CareerClusterId)| {
            let Programme { cip_code, wbl_hours, .. } = pathways::of(*area);
            let draft = PathwayDraft {
                district: home,
                name: Some(area.title().to_owned()),
                code: Some(Some(key(*area))),
                cluster: Some(*cluster),
                cip_code: Some(Some(cip_code.to_owned())),
                description: Some(Some(format!("Courses and practice in {}.", area.title()))),
                wbl_minutes: Some(Some(wbl_hours * 60)),
                status: None,
            };
            (actor.key(key(*area)), draft)
        };
        let drafts = fields.iter().map(draft).collect();
        let ids: Vec<PathwayId> = self.write_ids::<pathway::Entity, _>(actor, drafts).await?;
        let roads: Vec<Road> = fields.into_iter().map(|(area, _)| area).zip(ids).collect();
        self.write::<pathway_course::Entity>(actor, self.places(district, &roads)).await?;
        self.write::<pathway_credential::Entity>(actor, self.credentials(district, &roads)).await?;
        self.write::<pathway_definition::Entity>(actor, vec![self.definition(district)]).await?;
        self.book.districts[district].pathways = roads.into_iter().collect();
        Ok(())
    }

    /// Those who begin the road of their field come to its pathway, those who have left go.
    pub async fn walk_pathways(&mut self, year: usize, district: usize) -> Result<()> {
        if year == 0 {
            self.lay_pathways(district).await?;
        }
        let students = self.plan.districts[district].students.iter().enumerate();
        let mut drafts = Vec::new();
        for (at, student) in students {
            drafts.extend(self.move_along(year, district, at, student)?);
        }
        let actor = self.book.districts[district].actor;
        self.write::<pathway_enrollment::Entity>(actor, drafts).await?;
        Ok(())
    }

    fn places(&self, district: usize, roads: &[Road]) -> Vec<(RowKey, PathwayCourseDraft)> {
        let rows = &self.book.districts[district];
        let courses = &self.plan.districts[district].courses;
        let mut drafts = Vec::new();
        for (area, pathway) in roads {
            let mut road: Vec<_> = courses
                .iter()
                .zip(&rows.courses)
                .filter(|(course, _)| course.area == Some(*area))
                .collect();
            road.sort_by_key(|(course, _)| course.grade);
            drafts.extend((1..).zip(road).map(|(position, (course, id))| {
                let draft = PathwayCourseDraft {
                    district: rows.id,
                    pathway: Some(*pathway),
                    course: Some(*id),
                    position: Some(position),
                    is_required: Some(true),
                    credits_hundredths: None,
                    status: None,
                };
                (rows.actor.key(format!("{}-{}", key(*area), course.code)), draft)
            }));
        }
        drafts
    }

    fn credentials(&self, district: usize, roads: &[Road]) -> Vec<(RowKey, CredentialDraft)> {
        let rows = &self.book.districts[district];
        let draft = |(area, pathway): &Road| {
            let (name, issuer) = pathways::of(*area).credential;
            let draft = CredentialDraft {
                district: rows.id,
                pathway: Some(*pathway),
                name: Some(name.to_owned()),
                issuer: Some(Some(issuer.to_owned())),
                status: None,
            };
            (rows.actor.key(format!("{}-credential", key(*area))), draft)
        };
        roads.iter().map(draft).collect()
    }

    /// Schools count courses, a college counts credits.
    fn definition(&self, district: usize) -> (RowKey, DefinitionDraft) {
        let rows = &self.book.districts[district];
        let is_college = self.plan.districts[district].profile.is_college();
        let part = if is_college { "(B)" } else { "(A)" };
        let draft = DefinitionDraft {
            district: rows.id,
            jurisdiction: Some("US".to_owned()),
            citation: Some(format!("Perkins V, Sec. 3(12){part}, 20 U.S.C. 2302")),
            effective_from: NaiveDate::from_ymd_opt(2019, 7, 1),
            effective_to: None,
            participant_courses: Some(1),
            concentrator_courses: Some((!is_college).then_some(2)),
            concentrator_credits_hundredths: Some(is_college.then_some(1200)),
            completer_courses: None,
            status: None,
        };
        (rows.actor.key("levels-perkins"), draft)
    }

    /// What a new year changes for a student: the beginning of the road, or its end.
    fn move_along(
        &self,
        year: usize,
        district: usize,
        at: usize,
        student: &StudentPlan,
    ) -> Result<Option<(RowKey, PathwayEnrollmentDraft)>> {
        let plan = &self.plan.districts[district];
        let rows = &self.book.districts[district];
        let Some(pathway) = rows.pathways.get(&student.area) else { return Ok(None) };
        let was_on = year.checked_sub(1).is_some_and(|before| is_on_road(plan, student, before));
        let is_on = is_on_road(plan, student, year);
        let mut draft = PathwayEnrollmentDraft {
            district: rows.id,
            student: None,
            pathway: None,
            started_on: None,
            ended_on: None,
            exit_reason: None,
            status: None,
        };
        match (was_on, is_on) {
            (false, true) => {
                draft.student = Some(written(rows.students.get(&at))?);
                draft.pathway = Some(*pathway);
                draft.started_on = Some(self.plan.years[year].whole().from);
            }
            (true, false) => {
                let last = self.plan.years[year - 1].whole().until.pred_opt();
                draft.ended_on = Some(last);
                let reason = if has_passed_all(plan, at, student) {
                    PathwayExitReason::Completed
                } else {
                    PathwayExitReason::Graduated
                };
                draft.exit_reason = Some(Some(reason));
            }
            _ => return Ok(None),
        }
        Ok(Some((rows.actor.key(format!("{}-pathway", student.key)), draft)))
    }
}

/// The key and code of the pathway of a field.
fn key(area: Area) -> String {
    format!("path-{}", area.title().to_lowercase().replace(' ', "-"))
}

/// Whether the student is in a grade in which the road of the field has a course.
fn is_on_road(plan: &DistrictPlan, student: &StudentPlan, year: usize) -> bool {
    let mut courses = plan.courses.iter();
    student.grade(year).is_some_and(|grade| {
        courses.any(|course| course.area == Some(student.area) && course.grade == grade)
    })
}

/// Whether the student has passed every course of the road, as far as the story tells.
fn has_passed_all(plan: &DistrictPlan, at: usize, student: &StudentPlan) -> bool {
    let courses = plan.courses.iter().enumerate();
    let mut road = courses.filter(|(_, course)| course.area == Some(student.area));
    road.all(|(course, _)| {
        let mut classes = plan.classes.iter().flatten().filter(|class| class.course == course);
        classes
            .any(|class| class.seats.iter().any(|(student, grade)| *student == at && *grade != "F"))
    })
}
