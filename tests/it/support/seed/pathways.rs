//! A pathway of a district, with a student on it.

use entity::{
    id::PathwayId,
    pathway, pathway_course, pathway_credential, pathway_definition,
    pathway_enrollment::{self, PathwayExitReason},
    status::RecordStatus,
};

use super::{Seed, day, reference::Public, roster::Roster};

pub(super) async fn write(seed: &mut Seed<'_>, roster: &Roster, public: &Public) {
    let pathway = write_pathway(seed, roster, public).await;
    write_course(seed, roster, pathway).await;
    write_credential(seed, roster, pathway).await;
    write_enrollment(seed, roster, pathway).await;
    write_definition(seed, roster).await;
}

async fn write_pathway(seed: &mut Seed<'_>, roster: &Roster, public: &Public) -> PathwayId {
    let (id, marker) = seed.next();
    seed.put(pathway::Model {
        id,
        district_id: roster.district,
        name: format!("{marker} name"),
        code: Some(format!("{marker} code")),
        cluster_id: public.cluster,
        cip_code: Some("51.3801".to_owned()),
        description: Some(format!("{marker} description")),
        wbl_minutes: Some(2400),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_course(seed: &mut Seed<'_>, roster: &Roster, pathway_id: PathwayId) {
    let (id, _) = seed.next();
    seed.put(pathway_course::Model {
        id,
        district_id: roster.district,
        pathway_id,
        course_id: roster.course,
        position: 1,
        is_required: true,
        credits_hundredths: Some(100),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_credential(seed: &mut Seed<'_>, roster: &Roster, pathway_id: PathwayId) {
    let (id, marker) = seed.next();
    seed.put(pathway_credential::Model {
        id,
        district_id: roster.district,
        pathway_id,
        name: format!("{marker} name"),
        issuer: Some(format!("{marker} issuer")),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_enrollment(seed: &mut Seed<'_>, roster: &Roster, pathway_id: PathwayId) {
    let (id, _) = seed.next();
    seed.put(pathway_enrollment::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        pathway_id,
        started_on: day(1, 10),
        ended_on: Some(day(12, 10)),
        exit_reason: Some(PathwayExitReason::Other),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

async fn write_definition(seed: &mut Seed<'_>, roster: &Roster) {
    let (id, marker) = seed.next();
    seed.put(pathway_definition::Model {
        id,
        district_id: roster.district,
        jurisdiction: format!("{marker} jurisdiction"),
        citation: format!("{marker} citation"),
        effective_from: day(1, 1),
        effective_to: Some(day(12, 31)),
        participant_courses: 1,
        concentrator_courses: Some(2),
        concentrator_credits_hundredths: Some(1200),
        completer_courses: Some(3),
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}
