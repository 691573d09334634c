//! A town in which things happen: students are placed, agreements come and go, time passes.

use chrono::TimeDelta;
use entity::{api_client::ApiClientKind, id::DistrictId};
use pathbridge::{
    auth::{
        Tenant,
        client::{self, NewClient},
    },
    store::view,
    typeid,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde_json::{Value as Json, json};

use crate::support::TestApp;

/// Two districts and two partners to whom things happen.
pub struct Town<'a> {
    app: &'a TestApp,
    random: ChaCha8Rng,
    pub districts: Vec<DistrictId>,
    pub partners: Vec<String>,
    students: Vec<Vec<String>>,
    staff: Vec<Vec<String>>,
    agreements: Vec<String>,
    offers: Vec<String>,
    placements: Vec<(usize, String)>,
    clients: Vec<String>,
}

impl<'a> Town<'a> {
    pub async fn new(app: &'a TestApp, seed: u64) -> Self {
        let mut town = Self {
            app,
            random: ChaCha8Rng::seed_from_u64(seed),
            districts: Vec::new(),
            partners: Vec::new(),
            students: vec![Vec::new(); 2],
            staff: vec![Vec::new(); 2],
            agreements: Vec::new(),
            offers: Vec::new(),
            placements: Vec::new(),
            clients: Vec::new(),
        };
        for slug in ["north", "south"] {
            let input = json!({ "slug": slug, "name": slug, "kind": "DISTRICT", "timeZone": "America/Denver" });
            let id = town
                .send(None, "districtCreate", "DistrictCreateInput", "district", None, input)
                .await;
            let key = typeid::split(&id.expect("a district")).map(|(_, key)| key);
            town.districts.push(key.expect("a key").into());
        }
        for name in ["Mercy", "Forge"] {
            let input = json!({ "name": name, "kind": "CLINIC" });
            let id =
                town.send(Some(0), "partnerCreate", "PartnerInput", "partner", None, input).await;
            town.partners.push(id.expect("a partner"));
        }
        town
    }

    pub fn draw(&mut self, below: usize) -> usize {
        usize::try_from(self.random.next_u32()).unwrap_or(0) % below.max(1)
    }

    fn one(&mut self, of: &[String]) -> Option<String> {
        let at = self.draw(of.len());
        of.get(at).cloned()
    }

    /// Sends a mutation, which may be refused; gives the row's id.
    async fn send(
        &self,
        district: Option<usize>,
        name: &str,
        input_type: &str,
        noun: &str,
        id: Option<&str>,
        input: Json,
    ) -> Option<String> {
        let tenant = district.map_or(Tenant::Platform, |at| Tenant::District(self.districts[at]));
        let actor = self.app.client(tenant).await;
        let (declared, passed) = match id {
            Some(_) => ("$id: ID!, ", "id: $id, "),
            None => ("", ""),
        };
        let query = format!(
            "mutation({declared}$input: {input_type}!) {{ done: {name}({passed}input: $input) {{ {noun} {{ id }} userErrors {{ code }} }} }}"
        );
        let answer = actor.ok(&query, json!({ "id": id, "input": input })).await;
        answer["done"][noun]["id"].as_str().map(ToOwned::to_owned)
    }

    /// The same for a step of a row that takes nothing.
    async fn step(&self, district: usize, name: &str, noun: &str, id: &str) {
        let actor = self.app.client(Tenant::District(self.districts[district])).await;
        let query = format!(
            "mutation($id: ID!) {{ {name}(id: $id) {{ {noun} {{ id }} userErrors {{ code }} }} }}"
        );
        actor.ok(&query, json!({ "id": id })).await;
    }

    /// A new row under a key of the district's system.
    async fn row(&mut self, district: usize, noun: &str, input: Json) -> Option<String> {
        let actor = self.app.client(Tenant::District(self.districts[district])).await;
        let named = match noun {
            "contact" => "partnerContact",
            noun => noun,
        };
        let input_type = format!("{}{}", named[..1].to_uppercase(), &named[1..]);
        let key =
            json!({ "externalId": { "system": "sis", "value": self.draw(1 << 30).to_string() } });
        let query = format!(
            "mutation($input: [{input_type}UpsertInput!]!) {{ done: {named}BulkUpsert(input: $input) {{ results {{ row: {noun} {{ id }} }} }} }}"
        );
        let input = json!([{ "key": key, noun: input }]);
        let answer = actor.ok(&query, json!({ "input": input })).await;
        answer["done"]["results"][0]["row"]["id"].as_str().map(ToOwned::to_owned)
    }

    /// Something happens.
    pub async fn happen(&mut self) {
        let district = self.draw(2);
        let partner = self.partners[self.random.next_u32() as usize % 2].clone();
        let of_agreement = |town: &mut Self| {
            let all = town.agreements.clone();
            town.one(&all)
        };
        match self.draw(14) {
            0 => {
                let student = json!({ "givenName": "Ada", "familyName": "Byron" });
                let student = self.row(district, "student", student).await;
                self.students[district].extend(student);
            }
            1 => {
                let staff =
                    json!({ "givenName": "Mary", "familyName": "Lee", "kind": "COORDINATOR" });
                let staff = self.row(district, "staff", staff).await;
                self.staff[district].extend(staff);
            }
            2 | 3 => self.propose(district, &partner).await,
            4 => self.change_placement().await,
            5 => self.agree(district, &partner).await,
            6 => {
                if let Some(id) = of_agreement(self) {
                    self.step(
                        district,
                        "affiliationAgreementActivate",
                        "affiliationAgreement",
                        &id,
                    )
                    .await;
                }
            }
            7 => {
                if let Some(id) = of_agreement(self) {
                    self.step(
                        district,
                        "affiliationAgreementTerminate",
                        "affiliationAgreement",
                        &id,
                    )
                    .await;
                }
            }
            8 => {
                if let Some(id) = of_agreement(self) {
                    let last = (self.app.app.clock.now() + TimeDelta::days(5)).date_naive();
                    let input = json!({ "endsOn": last.to_string() });
                    self.send(
                        Some(district),
                        "affiliationAgreementUpdate",
                        "AffiliationAgreementUpdateInput",
                        "affiliationAgreement",
                        Some(&id),
                        input,
                    )
                    .await;
                }
            }
            9 => {
                let status = ["ACTIVE", "RETIRED"][self.draw(2)];
                let input = json!({ "status": status });
                self.send(
                    Some(district),
                    "partnerUpdate",
                    "PartnerInput",
                    "partner",
                    Some(&partner),
                    input,
                )
                .await;
            }
            10 => {
                let contact = json!({ "partnerId": partner, "givenName": "Grace", "familyName": "Hopper", "role": "MENTOR" });
                self.row(district, "contact", contact).await;
            }
            11 => {
                let offer = json!({ "partnerId": partner, "title": "Aide", "kind": "INTERNSHIP", "seats": 3 });
                let offer = self
                    .send(
                        Some(district),
                        "opportunityCreate",
                        "OpportunityInput",
                        "opportunity",
                        None,
                        offer,
                    )
                    .await;
                self.offers.extend(offer);
                let all = self.offers.clone();
                if let (Some(id), 0) = (self.one(&all), self.draw(2)) {
                    self.step(district, "opportunityOpen", "opportunity", &id).await;
                }
            }
            12 => self.keep(&partner).await,
            _ => {
                self.app.clock.advance(TimeDelta::days(3));
                view::sweep(&self.app.app).await.expect("a sweep");
            }
        }
    }

    async fn propose(&mut self, district: usize, partner: &str) {
        let (students, staff) = (self.students[district].clone(), self.staff[district].clone());
        let (Some(student), coordinator) = (self.one(&students), self.one(&staff)) else { return };
        let today = self.app.app.clock.now().date_naive();
        let input = json!({ "studentId": student, "coordinatorId": coordinator, "partnerId": partner,
            "kind": "INTERNSHIP", "startsOn": today.to_string(),
            "endsOn": (today + TimeDelta::days(60)).to_string() });
        let id = self
            .send(Some(district), "placementPropose", "PlacementInput", "placement", None, input)
            .await;
        self.placements.extend(id.map(|id| (district, id)));
    }

    async fn change_placement(&mut self) {
        let at = self.draw(self.placements.len());
        let Some((district, id)) = self.placements.get(at).cloned() else { return };
        let (students, staff) = (self.students[district].clone(), self.staff[district].clone());
        let input = json!({ "studentId": self.one(&students), "coordinatorId": self.one(&staff) });
        self.send(
            Some(district),
            "placementUpdate",
            "PlacementInput",
            "placement",
            Some(&id),
            input,
        )
        .await;
    }

    async fn agree(&mut self, district: usize, partner: &str) {
        let today = self.app.app.clock.now().date_naive();
        let from = today + TimeDelta::days(i64::try_from(self.draw(8)).unwrap_or(0) - 4);
        let input = json!({ "partnerId": partner, "startsOn": from.to_string(),
            "endsOn": (from + TimeDelta::days(12)).to_string() });
        let id = self
            .send(
                Some(district),
                "affiliationAgreementCreate",
                "AffiliationAgreementCreateInput",
                "affiliationAgreement",
                None,
                input,
            )
            .await;
        if let Some(id) = id {
            self.step(district, "affiliationAgreementActivate", "affiliationAgreement", &id).await;
            self.agreements.push(id);
        }
    }

    /// The partner begins to keep its own record, or ceases to.
    async fn keep(&mut self, partner: &str) {
        if let Some(client) = self.clients.pop() {
            client::revoke(&self.app.app, &client).await.expect("a client");
            return;
        }
        let new = NewClient {
            kind: ApiClientKind::Partner,
            tenant: Some(partner.to_owned()),
            name: "portal".to_owned(),
            scopes: client::grantable(ApiClientKind::Partner),
            public_key: None,
        };
        let created = client::create(&self.app.app, new).await.expect("a client");
        self.clients.push(created.client_id);
    }
}
