//! Agreements, and what partners offer year by year.

use chrono::NaiveDate;
use entity::{affiliation_agreement, opportunity};

use super::{Story, book::written};
use crate::{
    demo::{
        calendar::{day, shifted},
        partners::{Agreement, Opening},
        plan::YEARS,
    },
    error::Result,
    partners::service::{
        affiliation::{self, AgreementDraft},
        opportunity::{self as service, OpportunityDraft},
    },
};

/// Liability cover that districts ask for, in cents.
const COVER: i64 = 200_000_000;

impl Story<'_> {
    /// The agreements with which the story begins.
    pub async fn sign_agreements(&mut self) -> Result<()> {
        let plan = self.plan;
        let first = day(plan.years[0].ends - 1, 7, 1);
        let last = self.last_covered_day();
        for (partner, planned) in plan.partners.iter().enumerate() {
            for (district, agreement) in planned.agreements.iter().enumerate() {
                let until = match agreement {
                    Agreement::Nothing => continue,
                    // Talks began long ago and have not come to an end.
                    Agreement::Renewed => self.renewal().pred_opt().unwrap_or(last),
                    _ => last,
                };
                let is_signed = *agreement != Agreement::Drafted;
                self.agree((partner, district), first, until, is_signed).await?;
            }
        }
        Ok(())
    }

    /// Renews the agreements that run out, from the day after.
    pub async fn renew_agreements(&mut self) -> Result<()> {
        for (partner, planned) in self.plan.partners.iter().enumerate() {
            for (district, agreement) in planned.agreements.iter().enumerate() {
                if *agreement == Agreement::Renewed {
                    let (from, until) = (self.renewal(), self.last_covered_day());
                    self.agree((partner, district), from, until, true).await?;
                }
            }
        }
        Ok(())
    }

    /// Ends the agreements that were to end.
    pub async fn end_agreements(&mut self) -> Result<()> {
        for (partner, planned) in self.plan.partners.iter().enumerate() {
            for (district, agreement) in planned.agreements.iter().enumerate() {
                if *agreement == Agreement::Ended {
                    let id = written(self.book.agreements.get(&(partner, district)))?;
                    let caller = self.book.districts[district].actor.caller(&self.app);
                    let wind_down = Some(shifted(caller.today(), 30));
                    affiliation::terminate(&self.app, &caller, id, None, wind_down).await?;
                }
            }
        }
        Ok(())
    }

    /// The first day of the renewed agreements.
    fn renewal(&self) -> NaiveDate {
        day(self.plan.years[1].ends, 7, 1)
    }

    /// Placements of the running year may reach into the next one.
    fn last_covered_day(&self) -> NaiveDate {
        day(self.plan.years[YEARS - 1].ends + 1, 6, 30)
    }

    async fn agree(
        &mut self,
        (partner, district): (usize, usize),
        from: NaiveDate,
        until: NaiveDate,
        is_signed: bool,
    ) -> Result<()> {
        let (of, with) = (&self.book.districts[district], &self.book.partners[partner]);
        let actor = of.actor;
        let profile = self.plan.partners[partner].profile;
        let draft = AgreementDraft {
            district: Some(of.id),
            partner: Some(with.id),
            starts_on: Some(from),
            ends_on: Some(until),
            max_students: Some(Some(40 * i32::try_from(profile.sites.len()).unwrap_or(1))),
            insurance_minor: Some(Some(COVER)),
            insurance_currency: Some(Some("USD".to_owned())),
            programs: Some(Some("Internships, apprenticeships, clinical practice".to_owned())),
            terms: Some(Some(
                "The partner names a mentor who works in the industry for each student.".to_owned(),
            )),
        };
        let key = actor.key(format!("agreement-{}-{from}", profile.key));
        let rows = self.write::<affiliation_agreement::Entity>(actor, vec![(key, draft)]).await?;
        for row in rows.iter().filter(|_| is_signed) {
            affiliation::activate(&self.app, &actor.caller(&self.app), row.id, None).await?;
            self.book.agreements.insert((partner, district), row.id);
        }
        Ok(())
    }

    /// Each partner closes what it offered last year and opens what it offers now.
    pub async fn offer(&mut self, year: usize) -> Result<()> {
        for partner in 0..self.plan.partners.len() {
            let actor = self.book.partners[partner].actor;
            let openings = self.plan.partners[partner].profile.openings;
            for opening in 0..openings.len() {
                let last_year = year.checked_sub(1).map(|year| (partner, opening, year));
                if let Some(id) = last_year.and_then(|key| self.book.opportunities.get(&key)) {
                    service::close(&self.app, &actor.caller(&self.app), *id, None).await?;
                }
            }
            let mut drafts: Vec<_> = (0..openings.len()).map(|opening| (opening, year)).collect();
            // Next year's first offer is in the making.
            drafts.extend((year + 1 == YEARS).then_some((0, YEARS)));
            let drafts = drafts.iter().map(|(opening, year)| {
                let ends = self.plan.years[0].ends + i32::try_from(*year).unwrap_or_default();
                let key = actor.key(format!("opp-{ends}-{:02}", opening + 1));
                (key, self.opportunity(partner, *opening, *year, ends))
            });
            let ids = self.write_ids::<opportunity::Entity, _>(actor, drafts.collect()).await?;
            for (opening, id) in ids.into_iter().take(openings.len()).enumerate() {
                service::open(&self.app, &actor.caller(&self.app), id, None).await?;
                self.book.opportunities.insert((partner, opening, year), id);
            }
        }
        Ok(())
    }

    fn opportunity(
        &self,
        partner: usize,
        opening: usize,
        year: usize,
        ends: i32,
    ) -> OpportunityDraft {
        let rows = &self.book.partners[partner];
        let offer: &Opening = &self.plan.partners[partner].profile.openings[opening];
        OpportunityDraft {
            partner: Some(rows.id),
            site: Some(Some(rows.sites[offer.site])),
            title: Some(offer.title.to_owned()),
            description: Some(Some(offer.description.to_owned())),
            kind: Some(offer.kind),
            occupation_code: Some(Some(offer.occupation.to_owned())),
            is_paid: Some(offer.wage.is_some()),
            hourly_wage_minor: Some(offer.wage),
            wage_currency: Some(offer.wage.map(|_| "USD".to_owned())),
            minimum_age: Some(Some(offer.minimum_age)),
            weekly_minutes: Some(Some(offer.weekly_hours * 60)),
            starts_on: Some(Some(day(ends - 1, 8, 5))),
            ends_on: Some(Some(day(ends, 8, 4))),
            seats: Some(self.seats(partner, opening, year)),
        }
    }

    /// As many seats as placements will hold, and as a rule one or two more.
    fn seats(&self, partner: usize, opening: usize, year: usize) -> i32 {
        let holds = self.plan.placements.iter().filter(|one| {
            (one.partner, one.opening, one.year) == (partner, opening, year) && one.is_matched()
        });
        let spare = (partner + opening + year) % 3;
        i32::try_from(holds.count() + spare).unwrap_or(i32::MAX).max(1)
    }
}
