//! Two districts, two partners, and what a placement needs; one pair has an agreement.

use chrono::{NaiveDate, NaiveTime};
use entity::{
    course,
    id::{
        CourseId, DistrictId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId,
        PlacementId, StaffId, StudentId,
    },
    opportunity::{self, OpportunityState},
    partner_contact::{self, ContactRole},
    partner_site,
    placement::{self, PlacementState},
    staff::{self, StaffKind},
    status::{PersonStatus, RecordStatus},
    student,
    time_entry::{self, TimeCategory},
    wbl::WorkBasedLearningKind,
};
use pathbridge::{
    auth::{Caller, Scopes, Tenant},
    placements::service::draft::{PlacementDraft, TimeEntryDraft},
    store::visible,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter};

use crate::support::TestApp;

/// Everything around a placement.
pub struct World {
    pub app: TestApp,
    /// The district that has the agreement with `partner`.
    pub north: DistrictId,
    /// A district without any.
    pub south: DistrictId,
    pub partner: PartnerId,
    pub other_partner: PartnerId,
    pub student: StudentId,
    pub classmate: StudentId,
    /// Of the south.
    pub stranger: StudentId,
    pub site: PartnerSiteId,
    pub mentor: PartnerContactId,
    pub supervisor: PartnerContactId,
    /// Of the other partner.
    pub outsider: PartnerContactId,
    pub coordinator: StaffId,
    pub course: CourseId,
    /// Open, paid, with a single seat.
    pub opportunity: OpportunityId,
}

/// A day of the autumn of 2026; tests begin on its first of September.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

macro_rules! insert {
    ($app:expr, $table:ident { $($field:ident: $value:expr),+ $(,)? }) => {{
        let (id, now) = ($app.app.clock.id(), $app.app.clock.now());
        let row = $table::ActiveModel {
            id: Set(id),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
            $($field: Set($value),)+
            ..Default::default()
        };
        row.insert($app.app.db.writer()).await.unwrap();
        id
    }};
}

impl World {
    pub async fn new(app: TestApp) -> Self {
        let (north, south) = (app.district("north").await, app.district("south").await);
        let (partner, other_partner) = (app.partner("Mercy").await, app.partner("Forge").await);
        app.affiliate(north, partner).await;
        let mut people = Vec::new();
        for (of, role) in [
            (partner, ContactRole::Mentor),
            (partner, ContactRole::Supervisor),
            (other_partner, ContactRole::Mentor),
        ] {
            let id: PartnerContactId = insert!(
                app,
                partner_contact {
                    partner_id: of,
                    given_name: "Grace".to_owned(),
                    family_name: "Hopper".to_owned(),
                    role: role,
                    status: PersonStatus::Active,
                }
            );
            people.push(id);
        }
        let site = insert!(
            app,
            partner_site {
                partner_id: partner,
                name: "Main".to_owned(),
                country: "US".to_owned(),
                status: RecordStatus::Active,
            }
        );
        let coordinator = insert!(
            app,
            staff {
                district_id: north,
                given_name: "Ann".to_owned(),
                family_name: "Lee".to_owned(),
                kind: StaffKind::Coordinator,
                status: PersonStatus::Active,
            }
        );
        let course = insert!(
            app,
            course { district_id: north, title: "Health".to_owned(), status: RecordStatus::Active }
        );
        let mut students = Vec::new();
        for district in [north, north, south] {
            students.push(student_of(&app, district, PersonStatus::Active).await);
        }
        let opportunity = offer(&app, partner, site, 1).await;
        Self {
            north,
            south,
            partner,
            other_partner,
            student: students[0],
            classmate: students[1],
            stranger: students[2],
            site,
            mentor: people[0],
            supervisor: people[1],
            outsider: people[2],
            coordinator,
            course,
            opportunity,
            app,
        }
    }

    /// A caller of this tenant with every scope, now.
    pub fn caller(&self, tenant: Tenant) -> Caller {
        let clock = &self.app.app.clock;
        Caller {
            client: clock.id(),
            tenant,
            scopes: Scopes::all(),
            now: clock.now(),
            request: None,
            once: None,
        }
    }

    /// The north's system.
    pub fn sis(&self) -> Caller {
        self.caller(Tenant::District(self.north))
    }

    /// The partner's system.
    pub fn hr(&self) -> Caller {
        self.caller(Tenant::Partner(self.partner))
    }

    /// What every new placement says.
    pub fn draft(&self, student: StudentId) -> PlacementDraft {
        PlacementDraft {
            student: Some(student),
            partner: Some(self.partner),
            kind: Some(WorkBasedLearningKind::Internship),
            starts_on: Some(day(9, 1)),
            ends_on: Some(day(12, 18)),
            ..PlacementDraft::default()
        }
    }

    /// A placement in this state, with a seat of its own where the state holds one.
    pub async fn placement_in(&self, state: PlacementState) -> PlacementId {
        self.placement(self.student, state, day(9, 1), day(12, 18)).await
    }

    /// A placement of this student and time.
    pub async fn placement(
        &self,
        student: StudentId,
        state: PlacementState,
        starts_on: NaiveDate,
        ends_on: NaiveDate,
    ) -> PlacementId {
        let opportunity = offer(&self.app, self.partner, self.site, 1).await;
        if !matches!(state, PlacementState::Proposed | PlacementState::Cancelled) {
            let row = opportunity::ActiveModel {
                id: Set(opportunity),
                seats_taken: Set(1),
                ..Default::default()
            };
            row.update(self.app.app.db.writer()).await.unwrap();
        }
        let started = !matches!(
            state,
            PlacementState::Proposed | PlacementState::Matched | PlacementState::Cancelled
        );
        let ended = matches!(state, PlacementState::Completed | PlacementState::Terminated);
        insert!(
            self.app,
            placement {
                district_id: self.north,
                partner_id: self.partner,
                student_id: student,
                opportunity_id: Some(opportunity),
                kind: WorkBasedLearningKind::Internship,
                state: state,
                starts_on: starts_on,
                ends_on: ends_on,
                started_on: started.then_some(starts_on),
                ended_on: ended.then_some(ends_on),
                is_paid: false,
            }
        )
    }

    /// The placement as it is stored.
    pub async fn stored(&self, id: PlacementId) -> placement::Model {
        let everything = visible::<placement::Entity>(&self.caller(Tenant::Platform));
        let select = everything.filter(placement::Column::Id.eq(id));
        select.one(self.app.app.db.writer()).await.unwrap().unwrap()
    }

    /// How many seats placements hold of the opportunity.
    pub async fn seats_taken(&self, id: OpportunityId) -> i32 {
        let everything = visible::<opportunity::Entity>(&self.caller(Tenant::Platform));
        let select = everything.filter(opportunity::Column::Id.eq(id));
        select.one(self.app.app.db.writer()).await.unwrap().unwrap().seats_taken
    }

    /// Hours from eight to twelve of this day.
    pub fn morning(placement: PlacementId, worked_on: NaiveDate) -> TimeEntryDraft {
        TimeEntryDraft {
            placement: Some(placement),
            worked_on: Some(worked_on),
            starts_at: Some(time(8, 0)),
            ends_at: Some(time(12, 0)),
            category: Some(TimeCategory::Direct),
            ..TimeEntryDraft::default()
        }
    }

    /// How many rows of hours are stored.
    pub async fn count_hours(&self) -> usize {
        let everything = visible::<time_entry::Entity>(&self.caller(Tenant::Platform));
        everything.all(self.app.app.db.writer()).await.unwrap().len()
    }
}

/// A student of a district.
pub async fn student_of(app: &TestApp, district: DistrictId, status: PersonStatus) -> StudentId {
    insert!(
        app,
        student {
            district_id: district,
            given_name: "Ada".to_owned(),
            family_name: "Lovelace".to_owned(),
            status: status,
        }
    )
}

/// An open, paid opportunity.
pub async fn offer(
    app: &TestApp,
    partner: PartnerId,
    site: PartnerSiteId,
    seats: i32,
) -> OpportunityId {
    insert!(
        app,
        opportunity {
            partner_id: partner,
            site_id: Some(site),
            title: "Ward".to_owned(),
            kind: WorkBasedLearningKind::Clinical,
            is_paid: true,
            hourly_wage_minor: Some(1750),
            wage_currency: Some("USD".to_owned()),
            seats: seats,
            seats_taken: 0,
            state: OpportunityState::Open,
        }
    )
}
