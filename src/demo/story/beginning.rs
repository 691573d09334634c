//! How it begins: tenants, their clients, their places and people.

use entity::{
    api_client::ApiClientKind,
    course,
    id::{DistrictId, PartnerId},
    partner, school, staff,
};

use super::{
    Actor, Story,
    actor::Wanted,
    book::{DistrictRows, PartnerRows},
};
use crate::{
    auth::{Scope, Scopes, Tenant},
    bulk::reference::sample,
    demo::{
        cast::{self, Cast},
        names::STREETS,
        plan::{DistrictPlan, PartnerPlan},
    },
    error::Result,
    partners::service::{contact::ContactDraft, site::SiteDraft},
    reference::service::catalogue,
    roster::service::{course::CourseDraft, district, school::SchoolDraft, staff::StaffDraft},
    store::{Write, create_row},
};

/// What somebody who writes an integration needs to look around.
const READING: [Scope; 9] = [
    Scope::RosterRead,
    Scope::StudentsRead,
    Scope::GuardiansRead,
    Scope::EnrollmentsRead,
    Scope::PartnersRead,
    Scope::PlacementsRead,
    Scope::HoursRead,
    Scope::InterestsRead,
    Scope::PathwaysRead,
];

impl Story<'_> {
    pub async fn begin(&mut self) -> Result<()> {
        match self.cast.take() {
            Some(cast) => self.enter(cast).await?,
            None => self.found().await?,
        }
        self.sign_agreements().await
    }

    /// Those who are there bring what is theirs.
    async fn enter(&mut self, cast: Cast) -> Result<()> {
        let plan = self.plan;
        // What students want to become has to be known here.
        if catalogue::current(&self.app).await?.occupations.is_empty() {
            sample::load(&self.app).await?;
        }
        for district in &plan.districts {
            let actor = Actor::of(Tenant::District(cast.district));
            let rows = self.furnish_district(district, cast.district, actor).await?;
            self.book.districts.push(rows);
        }
        for (partner, id) in plan.partners.iter().zip(cast.partners) {
            let rows = self.furnish_partner(partner, id, Actor::of(Tenant::Partner(id))).await?;
            self.book.partners.push(rows);
        }
        Ok(())
    }

    /// All sign up, each with a client.
    async fn found(&mut self) -> Result<()> {
        let plan = self.plan;
        sample::load(&self.app).await?;
        self.register(Wanted {
            kind: ApiClientKind::Platform,
            tenant: Tenant::Platform,
            named: None,
            name: "Operator of the platform".to_owned(),
            scopes: Scopes::all(),
        })
        .await?;
        for district in &plan.districts {
            let rows = self.found_district(district).await?;
            self.book.districts.push(rows);
        }
        for partner in &plan.partners {
            let rows = self.found_partner(partner).await?;
            self.book.partners.push(rows);
        }
        self.register_developer().await
    }

    /// A client that may read what the first district sees, and write nothing.
    async fn register_developer(&mut self) -> Result<()> {
        let Some(first) = self.book.districts.first() else { return Ok(()) };
        let sis = Wanted::sis(first.id, self.plan.districts[0].profile.slug);
        let name = "Developer who looks around".to_owned();
        self.register(Wanted { name, scopes: Scopes::from_iter(READING), ..sis }).await?;
        Ok(())
    }

    async fn found_district(&mut self, plan: &DistrictPlan) -> Result<DistrictRows> {
        let profile = plan.profile;
        let caller = Actor::operator(&self.app).caller(&self.app);
        let write = Write::begin(&self.app, &caller).await?;
        let id = district::create(&write, cast::district(profile)).await?.id;
        write.commit().await?;
        let actor = self.register(Wanted::sis(id, profile.slug)).await?;
        self.furnish_district(plan, id, actor).await
    }

    /// Schools, staff and courses of a district that has nothing yet.
    async fn furnish_district(
        &self,
        plan: &DistrictPlan,
        id: DistrictId,
        actor: Actor,
    ) -> Result<DistrictRows> {
        let mut rows = DistrictRows {
            id,
            actor,
            schools: Vec::new(),
            staff: Vec::new(),
            courses: Vec::new(),
            students: std::collections::HashMap::new(),
            classes: std::collections::HashMap::new(),
            goals: std::collections::HashMap::new(),
            questions: Vec::new(),
            pathways: std::collections::HashMap::new(),
            semesters: Vec::new(),
        };
        rows.schools = self.write_ids::<school::Entity, _>(actor, schools(plan, &rows)).await?;
        rows.staff = self.write_ids::<staff::Entity, _>(actor, staff(plan, &rows)).await?;
        rows.courses = self.write_ids::<course::Entity, _>(actor, courses(plan, id, actor)).await?;
        Ok(rows)
    }

    async fn found_partner(&mut self, plan: &PartnerPlan) -> Result<PartnerRows> {
        let draft = cast::partner(plan.profile);
        let caller = Actor::operator(&self.app).caller(&self.app);
        let id = create_row::<partner::Entity>(&self.app, &caller, Ok(draft)).await?.id;
        let actor = self.register(Wanted::portal(id, plan.profile.name)).await?;
        self.furnish_partner(plan, id, actor).await
    }

    /// Sites and people of a partner that has nothing yet.
    async fn furnish_partner(
        &self,
        plan: &PartnerPlan,
        id: PartnerId,
        actor: Actor,
    ) -> Result<PartnerRows> {
        let mut rows = PartnerRows { id, actor, sites: Vec::new(), people: Vec::new() };
        let sites = sites(plan, &rows);
        rows.sites = self.write_ids::<entity::partner_site::Entity, _>(actor, sites).await?;
        let people = people(plan, &rows);
        rows.people = self.write_ids::<entity::partner_contact::Entity, _>(actor, people).await?;
        Ok(rows)
    }
}

type Rows<D> = Vec<(crate::store::RowKey, D)>;

fn schools(plan: &DistrictPlan, rows: &DistrictRows) -> Rows<SchoolDraft> {
    let identifier = |at: usize| format!("{}{:05}", plan.profile.identifier, at + 1);
    let draft = |(at, school): (usize, &crate::demo::districts::School)| {
        let draft = SchoolDraft {
            district: rows.id,
            name: Some(school.name.to_owned()),
            identifier: Some(Some(identifier(at))),
            status: None,
        };
        (rows.actor.key(school.key), draft)
    };
    plan.profile.schools.iter().enumerate().map(draft).collect()
}

fn staff(plan: &DistrictPlan, rows: &DistrictRows) -> Rows<StaffDraft> {
    let draft = |member: &crate::demo::plan::StaffPlan| {
        let draft = StaffDraft {
            district: rows.id,
            school: Some(member.school.map(|at| rows.schools[at])),
            given_name: Some(member.name.given.clone()),
            family_name: Some(member.name.family.clone()),
            email: Some(Some(member.email.clone())),
            kind: Some(member.kind),
            status: None,
        };
        (rows.actor.key(member.key.as_str()), draft)
    };
    plan.staff.iter().map(draft).collect()
}

fn courses(plan: &DistrictPlan, district: DistrictId, actor: Actor) -> Rows<CourseDraft> {
    let draft = |course: &crate::demo::courses::Course| {
        let levels = (course.grade > 0).then(|| plan.profile.grade_level(course.grade));
        let subject = course.area.map_or(course.subject, crate::demo::courses::Area::title);
        let draft = CourseDraft {
            district,
            school: None,
            title: Some(course.title.to_owned()),
            course_code: Some(Some(course.code.to_owned())),
            subject: Some(Some(subject.to_owned())),
            grade_levels: Some(levels),
            school_year: None,
            status: None,
        };
        (actor.key(format!("crs-{}", course.code)), draft)
    };
    plan.courses.iter().map(draft).collect()
}

fn sites(plan: &PartnerPlan, rows: &PartnerRows) -> Rows<SiteDraft> {
    let draft = |(at, site): (usize, &crate::demo::partners::Site)| {
        // A number and a street that follow from the name, so that they stay the same.
        let number = 100 + 17 * site.name.len() + at;
        let street = STREETS[(site.name.len() + at) % STREETS.len()];
        let draft = SiteDraft {
            partner: Some(rows.id),
            name: Some(site.name.to_owned()),
            street: Some(Some(format!("{number} {street}"))),
            city: Some(Some(site.city.to_owned())),
            region: Some(Some(site.region.to_owned())),
            postal_code: Some(Some(site.postal_code.to_owned())),
            country: Some("US".to_owned()),
            status: None,
        };
        (rows.actor.key(format!("site-{}", at + 1)), draft)
    };
    plan.profile.sites.iter().enumerate().map(draft).collect()
}

fn people(plan: &PartnerPlan, rows: &PartnerRows) -> Rows<ContactDraft> {
    let posts = plan.profile.people.iter().zip(&plan.people).enumerate();
    let draft = |(at, (post, person)): (usize, _)| {
        let (post, person): (&crate::demo::partners::Post, &crate::demo::plan::ContactPlan) =
            (post, person);
        let draft = ContactDraft {
            partner: Some(rows.id),
            site: Some(Some(rows.sites[post.site])),
            given_name: Some(person.name.given.clone()),
            family_name: Some(person.name.family.clone()),
            email: Some(Some(person.email.clone())),
            phone: Some(Some(person.phone.clone())),
            title: Some(Some(post.title.to_owned())),
            role: Some(post.role),
            status: None,
        };
        (rows.actor.key(format!("contact-{}", at + 1)), draft)
    };
    posts.map(draft).collect()
}
