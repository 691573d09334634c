//! What partners offer.

use async_graphql::Enum;
use entity::{
    id::{OpportunityId, PartnerId, PartnerSiteId},
    opportunity,
};

use super::{Partner, PartnerSite, WorkBasedLearningKind, WorkBasedLearningKindFilter};
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateFilter, DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Declaration, Graph},
        scalars::Decimal,
    },
    leaf_enums, object, order, tracked,
};

/// Whether students can be matched to an opportunity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "opportunity::OpportunityState")]
pub enum OpportunityState {
    /// Not yet shown to districts.
    Draft,
    /// Takes students.
    Open,
    /// Takes no more students; may be opened again.
    Closed,
}

leaf_enums!(OpportunityState);
enum_filter!(pub OpportunityStateFilter of OpportunityState as opportunity::OpportunityState);

filter! {
    pub OpportunityWhere on opportunity::Entity as opportunity::Column {
        /// The global id.
        id: IdFilter => Id of OpportunityId,
        /// The partner that offers it.
        partner: IdFilter => PartnerId of PartnerId,
        /// The site where it takes place.
        site: IdFilter => SiteId of PartnerSiteId,
        /// What it is called.
        title: StringFilter => Title,
        /// Which form of work-based learning it is.
        kind: WorkBasedLearningKindFilter => Kind,
        /// The O*NET-SOC code of the occupation; a whole group by `startsWith`.
        occupation_code: StringFilter => OccupationCode,
        /// Whether students can be matched to it.
        state: OpportunityStateFilter => State,
        /// The first day.
        starts_on: DateFilter => StartsOn,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub OpportunityOrder, OpportunityOrderField on opportunity::Entity as opportunity::Column {
        /// By the title.
        Title,
        /// By the first day; those without one come first.
        StartsOn [?],
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// Something that a partner offers to students, with a number of seats: a visit, an internship,
    /// a practicum.
    pub Opportunity(opportunity::Entity) is OpportunityId, needs Scope::PartnersRead, by OpportunityWhere, OpportunityOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let opportunity = graph.node::<Opportunity>();
    declare_offer(opportunity);
    declare_terms(opportunity);
    opportunity.belongs_to::<Partner>(
        "partner",
        |row| Some(row.partner_id.into()),
        "The partner that offers it.",
    );
    opportunity.belongs_to::<PartnerSite>(
        "site",
        |row| row.site_id.map(Into::into),
        "The site where it takes place.",
    );
    opportunity.external_ids();
    tracked!(opportunity);
}

fn declare_offer(opportunity: &mut Declaration<Opportunity>) {
    opportunity.column("id", |row| Key(row.id), "The global id.");
    opportunity.column("title", |row| row.title.clone(), "What it is called.");
    opportunity.column(
        "description",
        |row| row.description.clone(),
        "What it is about, for students.",
    );
    opportunity.column(
        "kind",
        |row| WorkBasedLearningKind::from(row.kind),
        "Which form of work-based learning it is.",
    );
    opportunity.column(
        "occupationCode",
        |row| row.occupation_code.clone(),
        "The occupation by its O*NET-SOC code, as `29-1141.00`.",
    );
    opportunity.column(
        "state",
        |row| OpportunityState::from(row.state),
        "Whether students can be matched to it.",
    );
    opportunity.column("seats", |row| row.seats, "How many students can come.");
    opportunity.column("seatsTaken", |row| row.seats_taken, "How many seats placements hold.");
    opportunity
        .column("seatsLeft", opportunity::Model::seats_left, "How many more students can come.")
        .reads([opportunity::Column::Seats, opportunity::Column::SeatsTaken]);
}

fn declare_terms(opportunity: &mut Declaration<Opportunity>) {
    opportunity.column("isPaid", |row| row.is_paid, "Whether students are paid.");
    opportunity
        .column(
            "hourlyWage",
            |row| row.hourly_wage_minor.map(|hundredths| Decimal { hundredths }),
            "The wage of an hour, when one is told.",
        )
        .reads([opportunity::Column::HourlyWageMinor]);
    opportunity.column(
        "wageCurrency",
        |row| row.wage_currency.clone(),
        "The ISO 4217 code of the wage, as `USD`.",
    );
    opportunity.column("minimumAge", |row| row.minimum_age, "The youngest age, in years.");
    opportunity.column(
        "weeklyMinutes",
        |row| row.weekly_minutes,
        "The time expected in a week, in minutes.",
    );
    opportunity.column("startsOn", |row| row.starts_on, "The first day.");
    opportunity.column("endsOn", |row| row.ends_on, "The last day.");
}
