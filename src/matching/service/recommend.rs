//! What fits one student, of what is offered now.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{self, AgreementState},
    id::{DistrictId, OpportunityId, PartnerId, StudentId},
    opportunity::{self, OpportunityState},
    placement::{self, PlacementState},
    placement_preference,
    status::{PersonStatus, RecordStatus},
    student,
};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::market::days;
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    interests::{
        rules::fit::Fit,
        service::profile::{self, From, Known},
    },
    matching::rules::eligible::{self, refusal},
    partners::rules::cover_blockers,
    store::{Reader, any_of, visible},
};

/// An opportunity that a student may take, and what speaks for it.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// How well its occupation fits the student's profile, from 0 to 1; none when either is not
    /// known, or nothing speaks for it.
    pub interest: Option<f64>,
    /// Its place on the student's own list.
    pub wished: Option<i32>,
    /// Seats that are left.
    pub seats_left: i32,
    /// The first day.
    pub starts_on: NaiveDate,
}

/// What is known for all students of the answer.
struct Bank {
    offers: Vec<opportunity::Model>,
    signed: HashMap<(DistrictId, PartnerId), Vec<affiliation_agreement::Model>>,
    placed: HashSet<(StudentId, OpportunityId)>,
    wished: HashMap<(StudentId, OpportunityId), i32>,
}

/// What fits each of these students, the best first and no more than `most`, in their order.
pub async fn of(
    app: &App,
    (reader, caller): (Reader<'_>, &Caller),
    students: &[student::Model],
    most: usize,
) -> Result<Vec<Vec<Recommendation>>> {
    let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
    let today = caller.today();
    let known = profile::of(app, From::Answer(reader, caller), &ids, today).await?;
    let bank = Bank::read(reader, caller, students).await?;
    let each = students.iter().zip(&known);
    Ok(each.map(|(student, known)| bank.fitting(student, known, (today, most))).collect())
}

impl Bank {
    async fn read(
        reader: Reader<'_>,
        caller: &Caller,
        students: &[student::Model],
    ) -> Result<Self> {
        let districts: HashSet<Uuid> = students.iter().map(|row| row.district_id.into()).collect();
        let districts: Vec<Uuid> = districts.into_iter().collect();
        let students: Vec<Uuid> = students.iter().map(|row| row.id.into()).collect();
        let signed = signed(reader, caller, &districts).await?;
        let partners: HashSet<Uuid> = signed.keys().map(|(_, partner)| (*partner).into()).collect();
        let partners: Vec<Uuid> = partners.into_iter().collect();
        Ok(Self {
            offers: offers(reader, caller, &partners).await?,
            placed: placed(reader, caller, &students).await?,
            wished: wished(reader, caller, &students).await?,
            signed,
        })
    }

    fn fitting(
        &self,
        student: &student::Model,
        known: &Known,
        (today, most): (NaiveDate, usize),
    ) -> Vec<Recommendation> {
        let facts = eligible::Student {
            takes_part: student.status == PersonStatus::Active,
            born_on: student.birth_date,
        };
        let fitting = self.offers.iter().filter_map(|offer| {
            let (starts_on, last) = days(offer, (today, today));
            let signed = self.signed.get(&(student.district_id, offer.partner_id))?;
            let terms = eligible::Offer {
                is_open: starts_on >= today,
                is_covered: cover_blockers(signed, starts_on, last).is_empty(),
                starts_on,
                minimum_age: offer.minimum_age,
            };
            let wish = (student.id, offer.id);
            let refusal = refusal(&facts, &terms, self.placed.contains(&wish));
            refusal.is_none().then(|| Recommendation {
                opportunity: offer.id,
                interest: interest(offer, known),
                wished: self.wished.get(&wish).copied(),
                seats_left: offer.seats_left(),
                starts_on,
            })
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by(better);
        fitting.truncate(most);
        fitting
    }
}

/// What the student's interests say comes first, then the student's own list, then the first day.
fn better(one: &Recommendation, other: &Recommendation) -> std::cmp::Ordering {
    let fit = |row: &Recommendation| row.interest.unwrap_or(0.0);
    let wish = |row: &Recommendation| row.wished.unwrap_or(i32::MAX);
    fit(other)
        .total_cmp(&fit(one))
        .then(wish(one).cmp(&wish(other)))
        .then(one.starts_on.cmp(&other.starts_on))
        .then(one.opportunity.cmp(&other.opportunity))
}

fn interest(offer: &opportunity::Model, known: &Known) -> Option<f64> {
    let release = &known.release;
    let at = release.catalogue.place_of(offer.occupation_code.as_deref()?)?;
    let fit = Fit::of(&known.profile, release.shapes.occupations[at]?)?;
    (fit.correlation > 0.0).then_some(fit.correlation)
}

async fn signed(
    reader: Reader<'_>,
    caller: &Caller,
    districts: &[Uuid],
) -> Result<HashMap<(DistrictId, PartnerId), Vec<affiliation_agreement::Model>>> {
    use affiliation_agreement::Column;
    let select = visible::<affiliation_agreement::Entity>(caller)
        .filter(Column::State.eq(AgreementState::Active));
    let rows = reader.all(select, any_of(reader.backend, Column::DistrictId, districts)).await?;
    let mut signed: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        signed.entry((row.district_id, row.partner_id)).or_default().push(row);
    }
    Ok(signed)
}

/// What can be taken, of these partners.
async fn offers(
    reader: Reader<'_>,
    caller: &Caller,
    partners: &[Uuid],
) -> Result<Vec<opportunity::Model>> {
    use opportunity::Column;
    let select = visible::<opportunity::Entity>(caller)
        .filter(Column::State.eq(OpportunityState::Open))
        .filter(Expr::col(Column::SeatsTaken).lt(Expr::col(Column::Seats)));
    reader.all(select, any_of(reader.backend, Column::PartnerId, partners)).await
}

async fn placed(
    reader: Reader<'_>,
    caller: &Caller,
    students: &[Uuid],
) -> Result<HashSet<(StudentId, OpportunityId)>> {
    use placement::Column;
    let select = visible::<placement::Entity>(caller)
        .filter(Column::State.ne(PlacementState::Cancelled))
        .filter(Column::OpportunityId.is_not_null());
    let rows = reader.all(select, any_of(reader.backend, Column::StudentId, students)).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.student_id, row.opportunity_id?))).collect())
}

async fn wished(
    reader: Reader<'_>,
    caller: &Caller,
    students: &[Uuid],
) -> Result<HashMap<(StudentId, OpportunityId), i32>> {
    use placement_preference::Column;
    let select = visible::<placement_preference::Entity>(caller)
        .filter(Column::Status.eq(RecordStatus::Active));
    let rows = reader.all(select, any_of(reader.backend, Column::StudentId, students)).await?;
    Ok(rows.into_iter().map(|row| ((row.student_id, row.opportunity_id), row.rank)).collect())
}
