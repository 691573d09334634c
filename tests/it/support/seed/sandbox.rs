//! A sandbox of a district; what is in it is another world, which no walk of this one reaches.

use entity::{
    district::{self, DistrictKind},
    id::DistrictId,
    sandbox::{self, SandboxState},
};

use super::Seed;

pub(super) async fn write(seed: &mut Seed<'_>, owner: DistrictId) {
    let (id, marker) = seed.next();
    let home: DistrictId = seed.app.app.clock.id();
    seed.put(district::Model {
        id: home,
        slug: marker.clone(),
        name: format!("{marker} home"),
        kind: DistrictKind::District,
        identifier: None,
        time_zone: "America/Chicago".to_owned(),
        is_sandbox: true,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    seed.put(sandbox::Model {
        id,
        owner_district_id: Some(owner),
        owner_partner_id: None,
        name: format!("{marker} name"),
        district_id: home,
        partners: "[]".to_owned(),
        students: 5,
        seed: 1,
        state: SandboxState::Ready,
        ready_at: Some(seed.now),
        used_at: seed.now,
        claimed_until: None,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}
