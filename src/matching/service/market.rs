//! What a run begins with: lists, seats and facts as they stand, read in five statements.
//!
//! Nothing is held: a run is a proposal, and its confirmation looks again.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{self, AgreementState},
    id::{DistrictId, OpportunityId, PartnerId, StudentId},
    opportunity::{self, OpportunityState},
    placement::{self, PlacementState},
    placement_preference::{Column, Entity},
    status::{PersonStatus, RecordStatus},
    student,
};
use sea_orm::{
    ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    auth::Caller,
    error::{Problem, ProblemCode, Result},
    matching::rules::{
        Limits, Lottery,
        deferred::Lists,
        eligible::{self, Refusal, refusal},
        priority::{Priority, Standing, level},
    },
    partners::rules::cover_blockers,
    store::{Reader, any_of, visible},
};

/// Where the facts are read, and for whom.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub reader: Reader<'a>,
    pub caller: &'a Caller,
}

/// What a run is asked.
#[derive(Debug, Clone)]
pub(super) struct Terms<'t> {
    pub district: DistrictId,
    pub seed: &'t str,
    pub priorities: &'t [Priority],
    /// The days of what has no days of its own.
    pub period: (NaiveDate, NaiveDate),
    /// The only opportunities that count, when not all do.
    pub only: Option<&'t [Uuid]>,
}

/// Students, opportunities and wishes, by place.
#[derive(Debug)]
pub(super) struct Market {
    pub students: Vec<Student>,
    pub offers: Vec<Offer>,
}

/// A student with a list.
#[derive(Debug)]
pub(super) struct Student {
    pub id: StudentId,
    pub level: u32,
    pub ticket: u64,
    pub wishes: Vec<Wish>,
}

/// A line of a list.
#[derive(Debug)]
pub(super) struct Wish {
    pub offer: u32,
    pub rank: i32,
    /// Why it may not be.
    pub refusal: Option<Refusal>,
}

/// An opportunity on some list.
#[derive(Debug)]
pub(super) struct Offer {
    pub id: OpportunityId,
    pub seats: u32,
    facts: eligible::Offer,
}

impl Market {
    /// The lists as far as they may come true.
    pub fn lists(&self) -> Lists {
        let mut lists = Lists::default();
        for student in &self.students {
            let wishes = student.wishes.iter().filter(|wish| wish.refusal.is_none());
            lists.push(student.level, student.ticket, wishes.map(|wish| wish.offer));
        }
        lists
    }

    /// Reads everything that the run looks at. A wish for what the district no longer sees does
    /// not count.
    pub async fn read(from: &From<'_>, terms: &Terms<'_>) -> Result<Self> {
        let lines = lines(from, terms).await?;
        let offers = offers(from, terms, &lines).await?;
        let facts = students(from, terms.district).await?;
        let placed = placed(from, terms.district).await?;
        let at: HashMap<_, u32> = (0..).zip(&offers).map(|(at, offer)| (offer.id, at)).collect();
        let mut students: Vec<Student> = Vec::new();
        for Line { student_id, opportunity_id, rank } in lines {
            let known = facts.get(&student_id).zip(at.get(&opportunity_id));
            let Some((facts, offer)) = known else { continue };
            if students.last().is_none_or(|last| last.id != student_id) {
                let standing = facts.standing(placed.contains_key(&student_id));
                students.push(Student::new(student_id, standing, terms));
            }
            let has = placed.get(&student_id).is_some_and(|of| of.contains(&opportunity_id));
            let refusal = refusal(&facts.eligible(), &offers[*offer as usize].facts, has);
            if let Some(student) = students.last_mut() {
                student.wishes.push(Wish { offer: *offer, rank, refusal });
            }
        }
        Ok(Self { students, offers })
    }
}

impl Student {
    fn new(id: StudentId, standing: Standing, terms: &Terms<'_>) -> Self {
        let level = level(terms.priorities, standing);
        let ticket = Lottery { seed: terms.seed }.ticket(id);
        Self { id, level, ticket, wishes: Vec::new() }
    }
}

fn listed(from: &From<'_>, district: DistrictId) -> Select<Entity> {
    visible::<Entity>(from.caller)
        .filter(Column::DistrictId.eq(district))
        .filter(Column::Status.eq(RecordStatus::Active))
}

/// A line of somebody's list.
#[derive(FromQueryResult)]
struct Line {
    student_id: StudentId,
    opportunity_id: OpportunityId,
    rank: i32,
}

/// Every line that counts: list after list, each in its order.
async fn lines(from: &From<'_>, terms: &Terms<'_>) -> Result<Vec<Line>> {
    let most = Limits::USUAL.wishes;
    let mut select = listed(from, terms.district)
        .select_only()
        .columns([Column::StudentId, Column::OpportunityId, Column::Rank])
        .order_by_asc(Column::StudentId)
        .order_by_asc(Column::Rank)
        .limit(most + 1);
    if let Some(only) = terms.only {
        select = select.filter(any_of(from.reader.backend, Column::OpportunityId, only));
    }
    let lines = from.reader.sums::<_, Line>(select).await?;
    if u64::try_from(lines.len()).is_ok_and(|found| found > most) {
        let message = format!("one run takes at most {most} wishes: name fewer opportunities");
        return Err(
            Problem::field(ProblemCode::LimitExceeded, "input.opportunityIds", message).into()
        );
    }
    Ok(lines)
}

/// The opportunities on the lists, in the order of their keys.
async fn offers(from: &From<'_>, terms: &Terms<'_>, lines: &[Line]) -> Result<Vec<Offer>> {
    let ids: HashSet<Uuid> = lines.iter().map(|line| line.opportunity_id.into()).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let among = any_of(from.reader.backend, opportunity::Column::Id, &ids);
    let select = visible::<opportunity::Entity>(from.caller);
    let rows = from.reader.all(select.order_by_asc(opportunity::Column::Id), among).await?;
    let signed = signed(from, terms.district).await?;
    let offer = |row: opportunity::Model| {
        let (first, last) = days(&row, terms.period);
        let signed = signed.get(&row.partner_id).map_or(&[][..], Vec::as_slice);
        let facts = eligible::Offer {
            is_open: row.state == OpportunityState::Open && first <= last,
            is_covered: cover_blockers(signed, first, last).is_empty(),
            starts_on: first,
            minimum_age: row.minimum_age,
        };
        let seats = u32::try_from(row.seats - row.seats_taken).unwrap_or_default();
        Offer { id: row.id, seats, facts }
    };
    Ok(rows.into_iter().map(offer).collect())
}

/// The days of a placement of this opportunity.
pub(super) fn days(
    row: &opportunity::Model,
    (first, last): (NaiveDate, NaiveDate),
) -> (NaiveDate, NaiveDate) {
    (row.starts_on.unwrap_or(first), row.ends_on.unwrap_or(last))
}

/// The signed agreements of the district, by partner.
pub(super) async fn signed(
    from: &From<'_>,
    district: DistrictId,
) -> Result<HashMap<PartnerId, Vec<affiliation_agreement::Model>>> {
    use affiliation_agreement::Column;
    let select = visible::<affiliation_agreement::Entity>(from.caller)
        .filter(Column::DistrictId.eq(district));
    let rows = from.reader.all(select, Column::State.eq(AgreementState::Active)).await?;
    let mut signed: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        signed.entry(row.partner_id).or_default().push(row);
    }
    Ok(signed)
}

/// What the run looks at of a student.
#[derive(FromQueryResult)]
struct Facts {
    id: StudentId,
    status: PersonStatus,
    birth_date: Option<NaiveDate>,
    grade_level: Option<String>,
}

impl Facts {
    fn eligible(&self) -> eligible::Student {
        let takes_part = self.status == PersonStatus::Active;
        eligible::Student { takes_part, born_on: self.birth_date }
    }

    fn standing(&self, has_been_placed: bool) -> Standing {
        let grade = self.grade_level.as_deref().and_then(|grade| grade.trim().parse().ok());
        Standing { has_been_placed, grade }
    }
}

/// Those who have a list.
async fn students(from: &From<'_>, district: DistrictId) -> Result<HashMap<StudentId, Facts>> {
    use student::Column;
    let select = visible::<student::Entity>(from.caller)
        .filter(Column::Id.in_subquery(whose(from, district)))
        .select_only()
        .columns([Column::Id, Column::Status, Column::BirthDate, Column::GradeLevel]);
    let rows = from.reader.sums::<_, Facts>(select).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[derive(FromQueryResult)]
struct Placed {
    student_id: StudentId,
    opportunity_id: Option<OpportunityId>,
}

/// What those who have a list have done or are to do, and was not given up.
async fn placed(
    from: &From<'_>,
    district: DistrictId,
) -> Result<HashMap<StudentId, HashSet<OpportunityId>>> {
    use placement::Column;
    let select = visible::<placement::Entity>(from.caller)
        .filter(Column::StudentId.in_subquery(whose(from, district)))
        .filter(Column::State.ne(PlacementState::Cancelled))
        .select_only()
        .columns([Column::StudentId, Column::OpportunityId]);
    let mut placed: HashMap<_, HashSet<_>> = HashMap::new();
    for row in from.reader.sums::<_, Placed>(select).await? {
        placed.entry(row.student_id).or_default().extend(row.opportunity_id);
    }
    Ok(placed)
}

fn whose(from: &From<'_>, district: DistrictId) -> SelectStatement {
    listed(from, district).select_only().column(Column::StudentId).into_query()
}
